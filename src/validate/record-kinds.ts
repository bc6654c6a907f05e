import type { z } from 'zod';
import { adoption } from '../model/adoption.ts';
import { change } from '../model/change.ts';
import { components } from '../model/component.ts';
import { defect } from '../model/defect.ts';
import { environments } from '../model/environment.ts';
import { keptAddresses } from '../model/kept-addresses.ts';
import { people } from '../model/people.ts';
import { about, obligations, plan } from '../model/plan.ts';
import { profile } from '../model/profile.ts';
import { programme } from '../model/programme.ts';
import { publishedNote } from '../model/published-note.ts';
import { raci } from '../model/raci.ts';
import { release } from '../model/release.ts';
import { schedule } from '../model/schedule.ts';
import { withoutHidden } from '../model/visible.ts';
import { waiver } from '../model/waiver.ts';

/** One kind of file in the content folder: where it stands, how it is written, what it must hold. */
export type RecordKind<Value = unknown> = {
  kind: string;
  /** Matches the path; a group catches the id that the record must carry. */
  path: RegExp;
  /** The path in words, for messages. */
  place: string;
  format: 'yaml' | 'front-matter' | 'json';
  body?: 'mdx' | 'markdown';
  schema: z.ZodType<Value>;
  /** The content folder must have it. */
  required?: boolean;
};

function json<Value>(kind: string, path: RegExp, place: string, schema: z.ZodType<Value>) {
  return { kind, path, place, format: 'json' as const, schema };
}

/** A file of the programme that has its name from what it holds; every programme has one. */
function file<Value>(kind: string, schema: z.ZodType<Value>) {
  const path = new RegExp(`^${kind}\\.yaml$`);
  return { kind, path, place: `${kind}.yaml`, format: 'yaml' as const, schema, required: true };
}

/**
 * Every kind of file, under the name of what is read from it. The schemas of this table give the records their types.
 */
export const kinds = {
  programme: file('programme', programme),
  environments: file('environments', environments),
  components: file('components', components),
  people: file('people', people),
  raci: file('raci', raci),
  schedule: file('schedule', schedule),
  plan: {
    kind: 'plan',
    path: /^plan\/plan\.md$/,
    place: 'plan/plan.md',
    format: 'front-matter',
    body: 'markdown',
    schema: plan,
    required: true,
  },
  obligations: {
    kind: 'obligations',
    path: /^plan\/obligations\.yaml$/,
    place: 'plan/obligations.yaml',
    format: 'yaml',
    schema: obligations,
    required: true,
  },
  addresses: { ...file('addresses', keptAddresses), required: false },
  about: {
    kind: 'about',
    path: /^plan\/about\.md$/,
    place: 'plan/about.md',
    format: 'front-matter',
    body: 'markdown',
    schema: about,
  },
  releases: {
    kind: 'release',
    path: /^releases\/([^/]+)\.mdx$/,
    place: 'releases/<id>.mdx',
    format: 'front-matter',
    body: 'mdx',
    schema: release,
  },
  defects: {
    kind: 'defect',
    path: /^defects\/([^/]+)\.md$/,
    place: 'defects/<id>.md',
    format: 'front-matter',
    body: 'markdown',
    schema: defect,
  },
  changes: {
    kind: 'change',
    path: /^changes\/([^/]+)\.md$/,
    place: 'changes/<id>.md',
    format: 'front-matter',
    body: 'markdown',
    schema: change,
  },
  waivers: {
    kind: 'waiver',
    path: /^waivers\/([^/]+)\.md$/,
    place: 'waivers/<id>.md',
    format: 'front-matter',
    body: 'markdown',
    schema: waiver,
  },
  profiles: {
    kind: 'profile',
    path: /^profiles\/([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml$/,
    place: 'profiles/<name>.yaml',
    format: 'yaml',
    schema: profile,
  },
  published: json(
    'published',
    /^published\/([^/]+\/(?:provisional|final|erratum-\d+))\.json$/,
    'published/<release>/<stage>.json',
    publishedNote,
  ),
  adopted: json('adoption', /^published\/(adopted-\d{4}-\d{2}-\d{2})\.json$/, 'published/adopted-<day>.json', adoption),
} satisfies Record<string, RecordKind>;

export const recordKinds: readonly RecordKind[] = Object.values(kinds);

/** The id that the record of a path has, whether the file can be read or not; nothing for a file that is no record. */
export function idOfPath(path: string): string | undefined {
  const name = withoutHidden(path);
  return recordKinds.flatMap((kind) => kind.path.exec(name)?.[1] ?? [])[0];
}
