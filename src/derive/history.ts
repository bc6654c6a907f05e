import type { LineKind, LogLine } from '../model/log.ts';
import { type Programme, type ReleaseKind, type ReleaseType, releaseKinds } from '../model/programme.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { Policy, ReleaseRecord } from '../validate/validate.ts';
import { type Actor, actorAt, type Offices } from './actors.ts';
import { copiesIn } from './copies.ts';
import { byTime, type Entry, isEntry } from './entry.ts';
import { step } from './fold.ts';
import { type ReleaseState, stateOf } from './release-state.ts';
import { rolesFor } from './roles.ts';
import { emptySnapshot, type FoldContext, type Snapshot } from './snapshot.ts';

/** A release with its log folded: `after[i]` is how things stood after `entries[i]`. */
export type ReleaseHistory = {
  id: string;
  file: string;
  record: ReleaseRecord;
  kind: ReleaseKind;
  type: ReleaseType;
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

/** Folds the log of one release up to a moment. */
export function foldRelease(
  record: ReleaseRecord,
  policy: Policy,
  offices: Offices,
  asOf: Instant,
  componentsOfRecord: FoldContext['componentsOfRecord'],
): ReleaseHistory {
  const type = policy.programme.types[record.type] ?? { meaning: record.type, usesSlot: false, steps: [] };
  const kind = kindOfType(policy.programme, record.type);
  // A line replaces an earlier one of its own kind, or it replaces nothing.
  const replaced = record.log.flatMap(({ did, replaces }, index) =>
    replaces !== undefined && replaces <= index && record.log[replaces - 1]?.did === did ? [replaces] : [],
  );
  const entries = readEntries(record, policy, offices, replaced).filter(
    ({ at, counts }) => at <= asOf && counts <= asOf,
  );
  const context: FoldContext = { kind, type, record, policy, managers: managersOf(policy), componentsOfRecord };
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
    kind,
    type,
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

function readEntries(record: ReleaseRecord, policy: Policy, offices: Offices, replaced: number[]): Entry[] {
  const { zone } = policy.programme;
  // What stands there twice happened once.
  const copies = copiesIn(record.log);
  const entries = record.log.flatMap((line, index): Entry[] => {
    if (replaced.includes(index + 1) || copies.has(index)) return [];
    const at = toInstant(line.at, zone);
    const until = line.did === 'deploy' && line.until ? toInstant(line.until, zone) : at;
    return [{ index, line, at, counts: until > at ? until : at, actors: actorsOf(line, at, offices) } as Entry];
  });
  return entries.sort(byTime);
}

function actorsOf(line: LogLine, at: Instant, offices: Offices): Actor[] {
  const ids = Array.isArray(line.by) ? line.by : [line.by];
  return ids.map((id) => actorAt(offices, id, at, line.did, line.as));
}

function managersOf(policy: Policy): string[] {
  return rolesFor(policy, 'agree').filter((role) => policy.raci.roles.some(({ id }) => id === role));
}
