import type { Finding, Path } from '../diagnostic.ts';
import { decode } from '../load/decode.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { SourceFile, Sources } from '../load/read-content.ts';
import { parseJson } from '../load/json.ts';
import { parseYaml } from '../load/yaml.ts';
import type { Change } from '../model/change.ts';
import type { Component } from '../model/component.ts';
import type { Defect } from '../model/defect.ts';
import type { Environment } from '../model/environment.ts';
import type { People } from '../model/people.ts';
import type { Obligation, Plan } from '../model/plan.ts';
import type { Programme, ProgrammeFile } from '../model/programme.ts';
import type { Raci, RaciFile } from '../model/raci.ts';
import type { Release } from '../model/release.ts';
import type { Schedule, ScheduleFile } from '../model/schedule.ts';
import type { Waiver } from '../model/waiver.ts';
import type { PublishedNote } from '../model/note.ts';
import type { Profile } from '../model/profile.ts';
import { type Body, checkMarkdown, parseBody } from './body.ts';
import { frozenBodyFindings, frozenNoteExcess } from './frozen-body.ts';
import { nearest } from './nearest.ts';
import { idOfPath, type RecordKind, recordKinds } from './record-kinds.ts';
import { schemaFindings } from './schema-findings.ts';

/** A record and the file it came from. */
export type Located<Value> = Value & { file: string };
export type ReleaseRecord = Located<Release> & { body: Body };
/** Plain Markdown, read only when a page is made of it. */
export type WithText<Value> = Located<Value> & { text: string };

/**
 * The files that say how the programme works, as they are written; nothing can be derived without all of them. What may
 * change with the plan stands in them version by version: `policyFor` reads it.
 */
export type PolicyFiles = {
  programme: ProgrammeFile;
  environments: Environment[];
  components: Component[];
  people: People;
  raci: RaciFile;
  schedule: ScheduleFile;
  plan: Plan & { text: string };
  obligations: Obligation[];
  about?: { title: string; text: string };
};

/** How the programme works by one version of its plan; this is what rules and pages ask. */
export type Policy = Omit<PolicyFiles, 'programme' | 'raci' | 'schedule'> & {
  programme: Programme;
  raci: Raci;
  schedule: Schedule;
  /** Where in its file each field stands that may change with the plan. */
  places: Record<VersionedName, Path>;
  /** The roles that have no place in the programme for the time being, so that nothing asks for them. */
  idle: string[];
  /** Every version of the plan that such a field names, and where. */
  versions: { file: string; path: Path; version: string }[];
};

/** The fields that may change with the plan. */
export type VersionedName =
  | 'severities'
  | 'types'
  | 'limits'
  | 'waiversBy'
  | 'slot'
  | 'deadlines'
  | 'pattern'
  | 'processes'
  | 'kinds'
  | 'informedBySite';

export type Records = {
  policy: PolicyFiles | undefined;
  releases: ReleaseRecord[];
  defects: WithText<Defect>[];
  changes: WithText<Change>[];
  waivers: WithText<Waiver>[];
  published: Located<PublishedNote>[];
  profiles: Located<Profile>[];
  /** Ids whose file could not be read: they exist, so that nothing else is blamed for naming them. */
  unread: string[];
  /** Where they stand, in the same order: what these files say is unknown, and never absent. */
  unreadFiles: string[];
};

/** Sources to records: everything that can be read, and a finding for everything that cannot. */
export function validate(sources: Sources): { records: Records; findings: Finding[] } {
  const findings: Finding[] = [];
  const policy: Record<string, unknown> = {};
  const lists: Record<string, unknown[]> = {
    release: [],
    defect: [],
    change: [],
    waiver: [],
    published: [],
    profile: [],
  };
  const unread: string[] = [];
  for (const finding of sources.unread ?? []) {
    findings.push(finding);
    unread.push(finding.at.file);
  }
  for (const file of sources.files) {
    if (explains(file)) continue;
    const kind = recordKinds.find((candidate) => candidate.path.test(file.path));
    if (!kind) {
      findings.push(...misplaced(file));
      continue;
    }
    const read = readRecord(file, kind);
    findings.push(...read.findings);
    if (read.value === undefined) unread.push(file.path);
    else if (lists[kind.kind]) lists[kind.kind]?.push(read.value);
    else policy[kind.kind] = read.value;
  }
  findings.push(...absent(sources));
  const { release: releases, defect: defects, change: changes, waiver: waivers, published, profile: profiles } = lists;
  // Of a folder that is not read nothing is known, and everything else would be blamed for what stands there.
  const isWhole = recordKinds.every(
    (kind) =>
      (!kind.required || policy[kind.kind] !== undefined) &&
      !(sources.unread ?? []).some(({ at }) => isAbove(at.file, kind.place)),
  );
  return {
    records: {
      policy: isWhole ? policy : undefined,
      releases,
      defects,
      changes,
      waivers,
      published,
      profiles,
      unread: unread.flatMap((path) => idOfPath(path) ?? []),
      unreadFiles: unread.filter((path) => idOfPath(path) !== undefined),
    } as unknown as Records,
    findings,
  };
}

/** True for a folder on the path to the records of a kind. */
function isAbove(folder: string, place: string): boolean {
  const [parts, steps] = [folder.split('/'), place.split('/')];
  return parts[0] === steps[0] && parts.length < steps.length;
}

/** The programme alone, for deciding the moment of looking before anything else is read. */
export function programmeOf(sources: Sources): ProgrammeFile | undefined {
  const kind = recordKinds.find((candidate) => candidate.kind === 'programme') as RecordKind;
  const file = sources.files.find((candidate) => kind.path.test(candidate.path));
  return file && (readRecord(file, kind).value as ProgrammeFile | undefined);
}

type Read = { value?: unknown; findings: Finding[] };

/** What was read of the very same bytes: freezing notes and watching look at nearly the same files again and again. */
const remembered = new WeakMap<Uint8Array, { path: string; read: Read }>();

function readRecord(file: SourceFile, kind: RecordKind): Read {
  const known = remembered.get(file.bytes);
  if (known?.path === file.path) return known.read;
  const read = withinTheStack(file, kind);
  remembered.set(file.bytes, { path: file.path, read });
  return read;
}

/**
 * The limits keep every parser from running out of stack. If one does all the same, that is a fault of the file, and no
 * other finding is lost.
 */
function withinTheStack(file: SourceFile, kind: RecordKind): Read {
  try {
    return readAnew(file, kind);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const at = { file: file.path, position: { line: 1, column: 1 } };
    return {
      findings: [
        {
          rule: 'readable-file',
          at,
          message: 'The file is too large, or nested too deep, to be read.',
          hint: 'Write it with fewer lists, records, quotes and components within each other.',
        },
      ],
    };
  }
}

/**
 * What a file says when all that hides in it is deleted; the places of what is found are those in the file as it
 * stands.
 */
function readAnew({ path, bytes }: SourceFile, kind: RecordKind): Read {
  const decoded = decode(path, bytes);
  if ('finding' in decoded) return { findings: [decoded.finding] };
  const { text, hidden, placeIn } = decoded;
  const read = readText(path, text, kind);
  if (hidden.length === 0) return read;
  const { body } = (read.value ?? {}) as { body?: Body };
  for (const reference of body?.references ?? []) reference.position = placeIn(reference.position);
  const placed = read.findings.map((finding) =>
    'position' in finding.at ? { ...finding, at: { file: path, position: placeIn(finding.at.position) } } : finding,
  );
  return { value: read.value, findings: [...hidden, ...placed] };
}

function readText(path: string, text: string, kind: RecordKind): Read {
  const parts =
    kind.format === 'front-matter' ? splitFrontMatter(path, text) : { yaml: text, yamlLine: 0, body: '', bodyLine: 0 };
  if ('finding' in parts) return { findings: [parts.finding] };
  const parsed = kind.format === 'json' ? parseJson(path, parts.yaml) : parseYaml(path, parts.yaml, parts.yamlLine);
  const body = kind.body === 'mdx' ? parseBody(path, parts.body, parts.bodyLine) : undefined;
  const plain = kind.body === 'markdown' ? checkMarkdown(path, parts.body, parts.bodyLine) : undefined;
  const bodyFindings = (body ?? plain)?.findings ?? [];
  if ('findings' in parsed) return { findings: [...parsed.findings, ...bodyFindings] };
  const findings = [...parsed.hidden, ...bodyFindings];
  const fitted = fit(path, kind, parsed.value);
  if ('findings' in fitted) return { findings: [...fitted.findings, ...findings] };
  return { value: assemble(path, kind, fitted.value, plain?.text ?? '', body?.body), findings };
}

/** A value as its schema reads it. */
function fit(file: string, kind: RecordKind, value: unknown): { value: unknown } | { findings: Finding[] } {
  if (value === null || value === undefined) {
    return {
      findings: [
        {
          rule: 'record-fits-schema',
          at: { file, path: [] },
          message: 'The record has no fields.',
          hint: `Fill it from another ${kind.kind} record.`,
        },
      ],
    };
  }
  const isNote = kind.kind === 'published';
  const excess = isNote ? frozenNoteExcess(file, value) : undefined;
  if (excess) return { findings: [excess] };
  const { success, data, error } = kind.schema.safeParse(value);
  if (!success) return { findings: schemaFindings(file, kind.schema, value, error.issues) };
  const findings = isNote ? frozenBodyFindings(file, (data as PublishedNote).note.body, ['note', 'body']) : [];
  return findings.length > 0 ? { findings } : { value: data };
}

function assemble(file: string, kind: RecordKind, data: unknown, text: string, body: Body | undefined): unknown {
  if (Array.isArray(data)) return data;
  const isRecord = kind.path.source.includes('(');
  return { ...(data as object), ...(isRecord ? { file } : {}), ...(body ? { body } : kind.body ? { text } : {}) };
}

/** A README is for those who write the records, in whichever folder it stands. */
function explains({ path }: SourceFile): boolean {
  return /(?:^|\/)README\.md$/i.test(path);
}

const readable = /\.(?:mdx?|ya?ml|json)$/i;

function misplaced({ path }: SourceFile): Finding[] {
  if (!readable.test(path)) return [];
  const folder = path.split('/')[0] as string;
  const place = recordKinds.find((kind) => kind.place.startsWith(`${folder}/`))?.place;
  const near = nearest(folder, [...new Set(recordKinds.map((kind) => kind.place.split('/')[0] as string))]);
  const hint = place
    ? `The records of this folder are ${place}.`
    : near
      ? `Did you mean "${near}"?`
      : 'Records stand in releases/, defects/, changes/, waivers/ and plan/, and what the programme is in files beside them.';
  return [
    {
      rule: 'record-in-its-place',
      at: { file: path, position: { line: 1, column: 1 } },
      message: 'No record is read from a file of this name.',
      hint,
    },
  ];
}

function absent(sources: Sources): Finding[] {
  return recordKinds
    .filter(
      (kind) =>
        kind.required &&
        !sources.files.some((file) => kind.path.test(file.path)) &&
        !sources.unread?.some(({ at }) => kind.path.test(at.file)),
    )
    .map((kind) => ({
      rule: 'readable-file',
      at: { file: kind.place, position: { line: 1, column: 1 } },
      message: `The file ${kind.place} is missing.`,
      hint: 'Every programme has one: copy it from another programme and change it.',
    }));
}
