import type { LineKind, LogLine } from '../model/log.ts';
import { type Programme, type ReleaseKind, type ReleaseType, releaseKinds } from '../model/programme.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { Policy, ReleaseRecord } from '../validate/validate.ts';
import { type Actor, actorAt, actsForItself, type Offices } from './actors.ts';
import { copiesIn } from './copies.ts';
import { byTime, type Entry, isEntry } from './entry.ts';
import { step } from './fold.ts';
import { periodAt, type PolicyPeriod } from './policy-at.ts';
import { routeOf } from './route.ts';
import { type ReleaseState, stateOf } from './release-state.ts';
import { rolesFor } from './roles.ts';
import { emptySnapshot, type FoldContext, type Snapshot } from './snapshot.ts';
import type { CellEvent } from './timeline.ts';

/** A release with its log folded: `after[i]` is how things stood after `entries[i]`. */
export type ReleaseHistory = {
  id: string;
  file: string;
  record: ReleaseRecord;
  /**
   * The policy by which its steps and deadlines are judged: of the moment when the managers first agreed to it, else
   * when it was first proposed, else of looking. Its environments are those of the release's own route.
   */
  policy: Policy;
  kind: ReleaseKind;
  type: ReleaseType;
  /** Item to the components that it names itself, else those of its defect or change. */
  components: Record<string, readonly string[]>;
  /** The lines that count: not replaced, not later than the moment of looking, in order of time. */
  entries: Entry[];
  after: Snapshot[];
  now: Snapshot;
  state: ReleaseState;
  /** While a release is failed: how far its correction is. */
  nextAttempt?: ReleaseState;
  /** Numbers of lines, from 1, that a later line replaces. */
  replaced: number[];
};

/** The lines of one release that count at a moment: not replaced, not later, in order of time. */
export type ReleaseLines = { id: string; record: ReleaseRecord; entries: Entry[]; replaced: number[] };

/** Reads the log of one release up to a moment. */
export function readLines(record: ReleaseRecord, zone: string, offices: Offices, asOf: Instant): ReleaseLines {
  // A line replaces an earlier one of its own kind, or it replaces nothing.
  const replaced = record.log.flatMap(({ did, replaces }, index) =>
    replaces !== undefined && replaces <= index && record.log[replaces - 1]?.did === did ? [replaces] : [],
  );
  const entries = readEntries(record, zone, offices, replaced).filter(({ at, counts }) => at <= asOf && counts <= asOf);
  return { id: record.id, record, entries, replaced };
}

/** Folds the lines of one release; `events` are those of all releases, which share the environments. */
export function foldRelease(
  { record, entries, replaced }: ReleaseLines,
  periods: readonly PolicyPeriod[],
  asOf: Instant,
  events: readonly CellEvent[],
  componentsOfRecord: (item: string) => readonly string[],
): ReleaseHistory {
  const { policy, type } = routeOf(periodAt(periods, commitmentOf(entries) ?? asOf).policy, record);
  const kind = kindOfType(policy.programme, record.type);
  const managersAt = ({ line, at }: Entry) => managersOf(line.did === 'agree' ? periodAt(periods, at).policy : policy);
  const components = Object.fromEntries(
    record.items.map(({ id, components: own }) => [id, own ?? componentsOfRecord(id)]),
  );
  const context: FoldContext = { kind, type, record, policy, managersAt, entries, events, components };
  const after: Snapshot[] = [];
  let now = emptySnapshot;
  for (const entry of entries) {
    now = step(now, entry, context);
    after.push(now);
  }
  const state = stateOf(now, entries, context);
  const nextAttempt = state === 'failed' ? stateOf(now, entries, context, { isNextAttempt: true }) : undefined;
  return {
    id: record.id,
    file: record.file,
    record,
    policy,
    kind,
    type,
    components,
    entries,
    after,
    now,
    state,
    ...(nextAttempt ? { nextAttempt } : {}),
    replaced,
  };
}

/** The kind of a release type: what it says, else its own name when that is one of the three. */
export function kindOfType(programme: Programme, type: string): ReleaseKind {
  return programme.types[type]?.kind ?? releaseKinds.find((kind) => kind === type) ?? 'regular';
}

/** The snapshot that held just before a moment; lines of that very moment do not count. */
export function snapshotBefore(release: ReleaseHistory, moment: Instant): Snapshot {
  let found = emptySnapshot;
  for (const [order, entry] of release.entries.entries()) {
    if (entry.counts >= moment) break;
    found = release.after[order] as Snapshot;
  }
  return found;
}

/** The snapshot that held when an entry was written, before it took effect. */
export function snapshotAtEntry({ entries, after }: ReleaseHistory, { index }: Entry): Snapshot {
  return after[entries.findIndex((entry) => entry.index === index) - 1] ?? emptySnapshot;
}

/** The snapshot that held once an entry had taken effect. */
export function snapshotAfter({ entries, after }: ReleaseHistory, { index }: Entry): Snapshot {
  return after[entries.findIndex((entry) => entry.index === index)] ?? emptySnapshot;
}

/** The entries of one kind. */
export function entriesOf<Kind extends LineKind>(release: ReleaseHistory, kind: Kind): Entry<Kind>[] {
  return release.entries.filter((entry) => isEntry(entry, kind));
}

/** When the managers first agreed to a release, else when it was first proposed; an emergency has no such agreement. */
function commitmentOf(entries: readonly Entry[]): Instant | undefined {
  const agreed = entries.find(
    ({ line, actors }) =>
      line.did === 'agree' && actors.some((actor) => actor.kind !== 'unknown' && !actsForItself(actor)),
  );
  return (agreed ?? entries.find(({ line }) => line.did === 'propose'))?.at;
}

function readEntries(record: ReleaseRecord, zone: string, offices: Offices, replaced: number[]): Entry[] {
  // What stands there twice happened once.
  const copies = copiesIn(record.log);
  const entries = record.log.flatMap((line, index): Entry[] => {
    if (replaced.includes(index + 1) || copies.has(index)) return [];
    const at = toInstant(line.at, zone);
    const until = line.did === 'deploy' && line.until ? toInstant(line.until, zone) : at;
    return [
      { index, line, at, counts: until > at ? until : at, actors: actorsOf(line, at, offices, record.phase) } as Entry,
    ];
  });
  return entries.sort(byTime);
}

function actorsOf(line: LogLine, at: Instant, offices: Offices, phase: string): Actor[] {
  const ids = Array.isArray(line.by) ? line.by : [line.by];
  return ids.map((id) => actorAt(offices, id, { at, kind: line.did, as: line.as, phase }));
}

const managers = new WeakMap<Policy, string[]>();
/** The roles that commit items together; asked for every line, so found once for a policy. */
function managersOf(policy: Policy): string[] {
  const known =
    managers.get(policy) ?? rolesFor(policy, 'agree').filter((role) => policy.raci.roles.some(({ id }) => id === role));
  managers.set(policy, known);
  return known;
}
