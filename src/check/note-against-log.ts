import type { Catalog } from '../derive/catalog.ts';
import { withheld } from '../derive/confidential.ts';
import { foldedUntil } from '../derive/folded-until.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { buildNote } from '../derive/note.ts';
import { policyAt } from '../derive/policy-at.ts';
import type { LoggedNote } from '../derive/publications.ts';
import type { Path } from '../diagnostic.ts';
import type { LineKind } from '../model/log.ts';
import type { Note } from '../model/note.ts';
import type { PublishedNote } from '../model/published-note.ts';
import { type Instant, toInstant } from '../model/time.ts';

/**
 * A field of a note that says something else than the log above its publication, or than the record of a defect, which
 * may have been worded anew; `line` counts from 0.
 */
export type Contradiction = { path: Path; told: unknown; written: unknown; line: number; isOfRecord: boolean };

/**
 * What a note says that follows from the log of its release, against the log up to the publication: items and
 * versions, window, tests, decisions, who published, who was consulted and told, and, where the note before is known,
 * what was dropped and added.
 */
export function contradictionsOf(
  catalog: Catalog,
  release: ReleaseHistory,
  logged: LoggedNote,
  { note, format }: Pick<PublishedNote, 'note' | 'format'>,
  before: { note?: Note | undefined; isKnown: boolean },
): Contradiction[] {
  const name = presentName(catalog);
  const told = loggedPart(note, name);
  const { built, versions } = asLogged(catalog, release, logged, before.note);
  const written = { ...loggedPart(built, name), versions: asListed(versions, told.versions) };
  const isClassed = catalog.policy.programme.classification.confidential.length > 0;
  const fields = Object.keys(told) as (keyof LoggedPart)[];
  return fields
    .filter((field) => format > 1 || (field !== 'contacts' && field !== 'informed'))
    .filter((field) => field !== 'stopped' || !note.items.some(({ id }) => catalog.unread.includes(id)))
    .filter((field) => before.isKnown || (field !== 'dropped' && field !== 'added'))
    .flatMap((field) => {
      const found = firstDifference(told[field], written[field], [field]);
      // What needs permission was told before, or is told since.
      if (!found || (isClassed && (found.told === withheld || found.written === withheld))) return [];
      const path = field === 'stopped' ? ['emergency', ...found.path] : found.path;
      return [{ ...found, path, line: lineOf(release, logged, field), isOfRecord: field === 'stopped' }];
    });
}

type LoggedPart = ReturnType<typeof loggedPart>;

type Naming = (name: string) => string;

/** The name that somebody or something has today, from one that it had. */
function presentName({ policy: { people, raci, environments } }: Catalog): Naming {
  const former = new Map([
    ...people.people.flatMap(({ initials, formerly }) => formerly.map((name) => [name, initials] as const)),
    ...[...people.parties, ...raci.roles].flatMap(({ name: now, formerly }) =>
      formerly.map((name) => [name, now] as const),
    ),
    ...environments.flatMap(({ name: now, aliases }) => aliases.map((name) => [name, now] as const)),
  ]);
  return (name) => former.get(name) ?? name;
}

/** The fields of a note that the log decides, under the names that they have there; people and bodies as of today. */
function loggedPart(note: Note, name: Naming) {
  type Actor = Note['publishedBy'][number];
  const optional = (text: string | undefined) => (text === undefined ? undefined : name(text));
  const actor = ({ initials, role, for: grantor }: Actor) => ({
    initials: name(initials),
    role: optional(role),
    for: optional(grantor),
  });
  const decision = (given: Note['review']) => given && { ...given, by: given.by.map(actor) };
  const review = note.emergency?.review;
  return {
    kind: note.kind,
    publishedAt: note.publishedAt,
    publishedBy: note.publishedBy.map(actor),
    informed: note.informed.map(name),
    reason: note.reason,
    window: note.window,
    items: note.items.map(({ id, result }) => ({ id, result })),
    versions: note.versions.map(({ component, to }) => ({ component, to })),
    dropped: note.dropped.map(({ id, reason, target }) => ({ id, reason, target })),
    added: note.added.map(({ id, agreedBy }) => ({ id, agreedBy: agreedBy.map(actor) })),
    emergency: note.emergency && { review: review && { ...review, attendees: review.attendees.map(name) } },
    stopped: note.emergency?.stopped.map(({ id, what }) => ({ id, what })),
    review: decision(note.review),
    tests: note.tests.map((test) => ({ ...test, environment: name(test.environment) })),
    approval: decision(note.approval),
    contacts: note.contacts.map(({ consulted, informed, ...contact }) => ({
      ...contact,
      consulted: consulted.map(name),
      informed: informed.map(name),
    })),
  };
}

/** The note as it would be built today from the lines that were there, and the versions that they deliver. */
function asLogged(
  catalog: Catalog,
  release: ReleaseHistory,
  { index, line, number }: LoggedNote,
  before: Note | undefined,
): { built: Note; versions: Record<string, string> } {
  const asOf: Instant = toInstant(line.at, catalog.policy.programme.zone);
  const then = {
    ...catalog,
    asOf,
    policy: policyAt(catalog, asOf),
    events: catalog.events.filter(({ at }) => at <= asOf),
  };
  const folded = foldedUntil(then, release, index);
  const built = buildNote(then, {
    release: folded,
    stage: line.note,
    number,
    publishedAt: asOf,
    publishedBy: [line.by].flat(),
    informed: line.informed ?? [],
    reason: line.reason,
    before,
    clauseOf: () => undefined,
  });
  return { built, versions: folded.now.versions };
}

/** The line that says it, or else the one that published the note. */
function lineOf({ record }: ReleaseHistory, { index }: LoggedNote, field: keyof LoggedPart): number {
  const kinds: Partial<Record<keyof LoggedPart, LineKind>> = {
    window: 'request',
    versions: 'deliver',
    dropped: 'withdraw',
    added: 'agree',
    emergency: 'review',
    review: 'review',
    tests: 'test',
    approval: 'approve',
    items: 'propose',
  };
  const found = record.log.slice(0, index).findLastIndex(({ did }) => did === kinds[field]);
  return found === -1 ? index : found;
}

type Difference = Pick<Contradiction, 'path' | 'told' | 'written'>;

/** The first place at which two values differ; the field that holds it where one of them has nothing there. */
export function firstDifference(told: unknown, written: unknown, path: Path): Difference | undefined {
  if (!isRecord(told) || !isRecord(written)) return told === written ? undefined : { path, told, written };
  const keys = [...new Set([...Object.keys(told), ...Object.keys(written)])];
  for (const key of keys) {
    const found = firstDifference(told[key], written[key], [...path, Array.isArray(told) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * The versions of a log in the order of a note, which is that of the programme's components of its day; a component of
 * the note without a version has none here either.
 */
function asListed(
  versions: Readonly<Record<string, string>>,
  rows: readonly { component: string }[],
): { component: string; to: string | undefined }[] {
  const listed = rows.map(({ component }) => component);
  const others = Object.keys(versions).filter((component) => !listed.includes(component));
  return [...listed, ...others].map((component) => ({ component, to: versions[component] }));
}
