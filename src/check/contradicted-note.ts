import { canonical } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Entry } from '../derive/entry.ts';
import { environmentsFor } from '../derive/environments.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../derive/history.ts';
import { actorIn } from '../derive/names.ts';
import { windowOf } from '../derive/window.ts';
import type { LineKind } from '../model/log.ts';
import type { Note } from '../model/note.ts';
import { toInstant } from '../model/time.ts';
import { at, type RuleFinding } from './rule.ts';

/**
 * What the last note of a release tells of the log, and the log above it no longer says: versions, tests, the window
 * that was requested, review and approval. A line written below the note that corrects one above it, or that is dated
 * back, has rules of its own.
 */
export function* contradictedNote(
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  note: Note,
  catalog: Catalog,
): Generator<RuleFinding> {
  const { record } = release;
  const { zone } = catalog.policy.programme;
  const hint = `Undo the edit; what happened since is a line of its own, and then an erratum: ccmt publish ${release.id} erratum --reason "…".`;
  const shared = { hint, when: entry.at, release: release.id, since: 2 };
  const isAsWritten = (kind: LineKind) =>
    !record.log.some(
      (line, index) =>
        index > entry.index &&
        line.did === kind &&
        (line.replaces !== undefined || toInstant(line.at, zone) <= entry.at),
    );
  const found = [
    ...(isAsWritten('deliver') ? versionsThatDiffer(release, entry, note) : []),
    ...(isAsWritten('test') ? testsThatDiffer(release, entry, note, catalog) : []),
    ...decisionsThatDiffer(release, entry, note, catalog).filter(({ kind }) => isAsWritten(kind)),
  ];
  for (const { index, field, message } of found)
    yield { at: at(record, 'log', index, ...(field ?? [])), message, ...shared };
}

/** A line of the log that is not as the note has it, or the one that published the note where the line is gone. */
type Difference = { kind: LineKind; index: number; field?: string[]; message: string };

function versionsThatDiffer(release: ReleaseHistory, entry: Entry<'publish'>, note: Note): Difference[] {
  const { versions } = snapshotAtEntry(release, entry);
  const deliveries = entriesOf(release, 'deliver').filter(({ index }) => index < entry.index);
  return note.versions
    .filter(({ component, to }) => to !== versions[component])
    .map(({ component, name, to }): Difference => {
      const own = deliveries.findLast(({ line }) => line.versions?.[component] !== undefined) ?? deliveries.at(-1);
      const message = `The published note says ${name} ${to ?? 'without a version'}, and the log above it ${versions[component] ?? 'delivers none'}.`;
      if (!own) return { kind: 'deliver', index: entry.index, message };
      return { kind: 'deliver', index: own.index, field: ['versions', component], message };
    });
}

/** The first test above the note that it does not tell of in this way, else that one is gone. */
function testsThatDiffer(
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  note: Note,
  { policy }: Catalog,
): Difference[] {
  const market = environmentsFor(policy, 'market');
  const tests = entriesOf(release, 'test').filter(
    ({ index, line }) => index < entry.index && !market.includes(line.in),
  );
  const wordsOf = (when: string, outcome: string, items: readonly string[]) => `${when} ${outcome} ${items.join(' ')}`;
  const told = note.tests.map(({ at: when, outcome, items }) => wordsOf(when, outcome, items));
  const other = tests.find(({ at: when, line }) => !told.includes(wordsOf(when, line.outcome, line.items ?? [])));
  const kind = 'test';
  if (other) return [{ kind, index: other.index, message: 'The published note tells otherwise of this test.' }];
  if (tests.length === told.length) return [];
  return [
    { kind, index: entry.index, message: `The note tells of ${told.length} tests, and the log has ${tests.length}.` },
  ];
}

function decisionsThatDiffer(
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  note: Note,
  catalog: Catalog,
): Difference[] {
  const now = snapshotAtEntry(release, entry);
  const pairs: [LineKind, string, Entry | undefined, [unknown, unknown]][] = [
    ['request', 'window that was requested', now.request, [note.window, windowOf({ now }, catalog.policy)]],
    ['review', 'release review', now.review, decisionOf(note.review, now.review, catalog)],
    ['review', 'emergency review', now.review, emergencyOf(note, now.review, catalog)],
    ['approve', 'approval', now.approval, decisionOf(note.approval, now.approval, catalog)],
  ];
  return pairs
    .filter(([, , , [told, written]]) => told !== undefined && canonical(told) !== canonical(written ?? null))
    .map(([kind, name, own]) =>
      own
        ? { kind, index: own.index, message: `The ${name} is not the one that the published note tells.` }
        : { kind, index: entry.index, message: `The note tells of the ${name}, and the log above it has none.` },
    );
}

/** What an emergency review decided beside its outcome, and how many were heard. */
function emergencyOf(note: Note, entry: Entry<'review'> | undefined, { policy }: Catalog): [unknown, unknown] {
  const told = note.emergency?.review;
  const moment = (time: string | undefined) => time && toInstant(time, policy.programme.zone);
  const { immediate, from, until, consulted = [] } = entry?.line ?? {};
  return [
    told && [told.immediate, told.from ?? '', told.until ?? '', told.attendees.length],
    entry && [immediate ?? false, moment(from) ?? '', moment(until) ?? '', consulted.length],
  ];
}

/** A decision as the note tells it and as the log does; by whom, where those have the same initials to this day. */
function decisionOf(
  told: Note['review'],
  entry: Entry<'review' | 'approve'> | undefined,
  catalog: Catalog,
): [unknown, unknown] {
  const { people } = catalog.policy.people;
  const by = told?.by.map(({ initials }) => initials) ?? [];
  const areKnown = by.every((name) => people.some(({ initials }) => initials === name));
  const written = entry && [entry.at, entry.line.decision];
  const who = entry?.actors.map((actor) => actorIn(catalog, actor).initials) ?? [];
  return [told && [told.at, told.decision, ...(areKnown ? by : [])], written && [...written, ...(areKnown ? who : [])]];
}
