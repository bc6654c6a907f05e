import type { Finding, Path } from '../diagnostic.ts';
import type { SourceFile, Sources } from '../load/read-content.ts';
import type { Adoption } from '../model/adoption.ts';
import type { Change } from '../model/change.ts';
import type { Component } from '../model/component.ts';
import type { Defect } from '../model/defect.ts';
import type { Environment } from '../model/environment.ts';
import type { KeptAddresses } from '../model/kept-addresses.ts';
import type { People } from '../model/people.ts';
import type { Obligation, Plan } from '../model/plan.ts';
import type { Programme, ProgrammeFile } from '../model/programme.ts';
import type { Raci, RaciFile } from '../model/raci.ts';
import type { Release } from '../model/release.ts';
import type { Schedule, ScheduleFile } from '../model/schedule.ts';
import type { VersionedName } from '../model/versioned.ts';
import type { Waiver } from '../model/waiver.ts';
import { type PublishedNote, readPublished } from '../model/published-note.ts';
import type { Profile } from '../model/profile.ts';
import type { Body } from './body.ts';
import { frozenBodyFindings, frozenNoteExcess } from './frozen-body.ts';
import { withExamples } from './missing-fields.ts';
import { type Document, type RecordReader, recordReader } from './read-record.ts';
import { idOfPath, kinds } from './record-kinds.ts';
import { absent, isFolderUnread, isReadme, misplaced } from './record-places.ts';

/** A record and the file it came from. */
export type Located<Value> = Value & { file: string };
export type ReleaseRecord = Located<Release> & {
  body: Body;
  /** The lines of the log as they were parsed, before the schema had its say: this is what a seal covers. */
  rawLog: unknown[];
};
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
  addresses?: KeptAddresses;
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

export type Records = {
  policy: PolicyFiles | undefined;
  releases: ReleaseRecord[];
  defects: WithText<Defect>[];
  changes: WithText<Change>[];
  waivers: WithText<Waiver>[];
  published: Located<PublishedNote>[];
  adopted: Located<Adoption>[];
  profiles: Located<Profile>[];
  /** Ids whose file could not be read: they exist, so that nothing else is blamed for naming them. */
  unread: string[];
  /** Where they stand, in the same order: what these files say is unknown, and never absent. */
  unreadFiles: string[];
};

const dataOf = <Value>({ data }: Document<Value>): Value => data;
const located = <Value extends object>({ data, file }: Document<Value>): Located<Value> => ({ ...data, file });
const withText = <Value extends object>({ data, file, text }: Document<Value>): WithText<Value> => ({
  ...data,
  file,
  text,
});

/** How each kind of file becomes a record. */
const readers = {
  programme: recordReader(kinds.programme, dataOf),
  environments: recordReader(kinds.environments, dataOf),
  components: recordReader(kinds.components, dataOf),
  people: recordReader(kinds.people, dataOf),
  raci: recordReader(kinds.raci, dataOf),
  schedule: recordReader(kinds.schedule, dataOf),
  plan: recordReader(kinds.plan, ({ data, text }) => ({ ...data, text })),
  obligations: recordReader(kinds.obligations, dataOf),
  addresses: recordReader(kinds.addresses, dataOf),
  about: recordReader(kinds.about, ({ data, text }) => ({ ...data, text })),
  releases: recordReader(kinds.releases, ({ data, raw, file, body }): ReleaseRecord => ({
    ...data,
    file,
    body,
    rawLog: (raw as { log?: unknown[] }).log ?? [],
  })),
  defects: recordReader(kinds.defects, withText),
  changes: recordReader(kinds.changes, withText),
  waivers: recordReader(kinds.waivers, withText),
  profiles: recordReader(kinds.profiles, located),
  adopted: recordReader(kinds.adopted, located),
  published: recordReader(kinds.published, ({ data, raw, file }) => ({ ...readPublished(data, raw), file }), {
    before: frozenNoteExcess,
    after: (file, { note }) => frozenBodyFindings(file, note.body, ['note', 'body']),
  }),
};

/** Sources to records: everything that can be read, and a finding for everything that cannot. */
export function validate(sources: Sources): { records: Records; findings: Finding[] } {
  const files = sources.files.filter((file) => !isReadme(file));
  const unread = (sources.unread ?? []).map(({ at }) => at.file);
  const found = new Map<SourceFile, Finding[]>();
  const take = <Result>({ kind, read }: RecordReader<Result>): Result[] => {
    const all = files.filter(({ path }) => kind.path.test(path)).map((file) => ({ file, ...read(file) }));
    const values = all.flatMap(({ value }) => (value === undefined ? [] : [value]));
    for (const { file, value, raw, findings } of all) {
      found.set(file, withExamples(findings, [raw, ...values]));
      if (value === undefined) unread.push(file.path);
    }
    return values;
  };
  const policy = takePolicy(take);
  const records: Records = {
    // Of a folder that is not read nothing is known, and everything else would be blamed for what stands there.
    policy: isFolderUnread(sources) ? undefined : policy,
    releases: take(readers.releases),
    defects: take(readers.defects),
    changes: take(readers.changes),
    waivers: take(readers.waivers),
    published: take(readers.published),
    adopted: take(readers.adopted),
    profiles: take(readers.profiles),
    unread: unread.flatMap((path) => idOfPath(path) ?? []),
    unreadFiles: unread.filter((path) => idOfPath(path) !== undefined),
  };
  const read = files.flatMap((file) => found.get(file) ?? misplaced(file));
  return { records, findings: [...(sources.unread ?? []), ...read, ...absent(sources)] };
}

/** The programme alone, for deciding the moment of looking before anything else is read. */
export function programmeOf(sources: Sources): ProgrammeFile | undefined {
  const file = sources.files.find(({ path }) => kinds.programme.path.test(path));
  return file && readers.programme.read(file).value;
}

/** What the programme is; none while a file that every programme has cannot be read. */
function takePolicy(take: <Result>(reader: RecordReader<Result>) => Result[]): PolicyFiles | undefined {
  const [programme] = take(readers.programme);
  const [environments] = take(readers.environments);
  const [components] = take(readers.components);
  const [people] = take(readers.people);
  const [raci] = take(readers.raci);
  const [schedule] = take(readers.schedule);
  const [plan] = take(readers.plan);
  const [obligations] = take(readers.obligations);
  const [about] = take(readers.about);
  const [addresses] = take(readers.addresses);
  if (!programme || !environments || !components || !people || !raci || !schedule || !plan || !obligations)
    return undefined;
  const every = { programme, environments, components, people, raci, schedule, plan, obligations };
  return { ...every, ...(about && { about }), ...(addresses && { addresses }) };
}
