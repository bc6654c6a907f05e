import { canonical, sha256Of } from '../../derive/canonical.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { withoutConfidential } from '../../derive/confidential.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../../derive/history.ts';
import { ownPart } from '../../derive/note-item.ts';
import { stageName } from '../../model/note.ts';
import { contradictedNote } from '../contradicted-note.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const publishedNoteUnchanged = defineRule({
  id: 'published-note-unchanged',
  obligations: ['C-138', 'C-080'],
  summary: 'A published note stays as it was published; what must change is published as an erratum.',
  about: 'records',
  *check(whole) {
    const catalog = withoutConfidential(whole);
    const logged = new Set<string>();
    for (const release of catalog.releases) {
      const notes = entriesOf(release, 'publish');
      let erratum = 0;
      for (const entry of notes) {
        if (entry.line.note === 'erratum') erratum += 1;
        const stage = stageName(entry.line.note, erratum);
        logged.add(`${release.id}/${stage}`);
        yield* tampered(catalog, release, entry, stage, entry === notes.at(-1));
      }
    }
    for (const { file, release, stage, number, publishedAt } of catalog.published) {
      const isHidden = publishedAt > catalog.asOf && catalog.isChosen;
      if (isHidden || catalog.unread.includes(release) || logged.has(`${release}/${stageName(stage, number)}`))
        continue;
      yield {
        at: at({ file }, 'release'),
        message: `No line of the log of ${release} published this note.`,
        hint: 'Notes are written by ccmt publish only: restore the line that published it.',
        release,
      };
    }
  },
});

function* tampered(
  catalog: Catalog,
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  stage: string,
  isLast: boolean,
): Generator<RuleFinding> {
  const shared = { when: entry.at, release: release.id };
  const place = at(release.record, 'log', entry.index, 'sha256');
  const found = catalog.published.find(
    (note) => note.release === release.id && stageName(note.stage, note.number) === stage,
  );
  if (!found) {
    if (!catalog.unread.includes(`${release.id}/${stage}`))
      yield {
        at: place,
        message: `The note published/${release.id}/${stage}.json is missing.`,
        hint: 'Restore it from the history: a published note is never removed.',
        obligation: 'C-080',
        ...shared,
      };
    return;
  }
  const digest = sha256Of(found.note);
  if (digest !== found.sha256)
    yield {
      at: at(found, 'sha256'),
      message: 'The note was changed after it was published: its digest does not fit.',
      hint: `Restore the file from the history; a correction is an erratum: ccmt publish ${release.id} erratum --reason "…".`,
      ...shared,
    };
  else if (digest !== entry.line.sha256)
    yield {
      at: place,
      message: 'The digest in the log is not that of the published note.',
      hint: 'Restore the line or the file from the history.',
      related: [{ at: at(found, 'sha256'), message: 'the note' }],
      ...shared,
    };
  else if (isLast && entry.line.note !== 'provisional') {
    yield* edited(catalog, release, entry, found);
    yield* contradictedNote(release, entry, found.note, catalog);
  }
}

/** The last confirmed note against what the release's own file says now about that moment. */
function* edited(
  catalog: Catalog,
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  { note }: Catalog['published'][number],
): Generator<RuleFinding> {
  const own = ownPart(catalog, release, snapshotAtEntry(release, entry));
  // What was withdrawn whole owes no erratum, and its slot is decided in the schedule.
  const isEmptied = release.now.contents.length === 0 && release.now.live.length === 0;
  const hint = isEmptied
    ? 'Undo the edit.'
    : `Undo the edit, or publish it: ccmt publish ${release.id} erratum --reason "…".`;
  const shared = { hint, when: entry.at, release: release.id };
  for (const field of ['title', 'summary', 'type', 'phase', 'slot', 'bau', 'requires', 'documents', 'body'] as const) {
    if (canonical(own[field] ?? null) === canonical(note[field] ?? null)) continue;
    if (field === 'slot' && isEmptied) continue;
    if (field === 'body' && isOfReading(release.record.body, note)) continue;
    yield {
      at: at(release.record, field === 'body' ? 'id' : field),
      message:
        field === 'body'
          ? 'The text below the fields differs from the published note.'
          : `"${field}" differs from the published note.`,
      ...shared,
    };
  }
  for (const item of own.items) {
    const published = note.items.find(({ id }) => id === item.id);
    const index = release.record.items.findIndex(({ id }) => id === item.id);
    const words = (given: typeof item) =>
      canonical([
        given.note,
        given.kind,
        given.action.id,
        given.fileFormat.id,
        given.interfaces,
        given.retest ?? null,
        given.line ?? null,
        given.reason ?? null,
      ]);
    if (!published || words(published) !== words(item))
      yield {
        at: at(release.record, 'items', Math.max(index, 0)),
        message: `${item.id} differs from the published note.`,
        item: item.id,
        ...shared,
      };
  }
  const removed = note.items.filter(({ id }) => !own.items.some((item) => item.id === id)).map(({ id }) => id);
  if (removed.length > 0)
    yield {
      at: at(release.record, 'items'),
      message: `The published note lists ${removed.join(', ')}, and the log no longer does.`,
      ...shared,
    };
}

/**
 * True where the text was not edited: it cannot be read at present, or the note was frozen when it was read in another
 * way.
 */
function isOfReading(
  { isUnread, before }: ReleaseHistory['record']['body'],
  note: Catalog['published'][number]['note'],
): boolean {
  return isUnread === true || (before !== undefined && canonical(before) === canonical(note.body));
}
