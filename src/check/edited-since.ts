import { canonical } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Entry } from '../derive/entry.ts';
import { type ReleaseHistory, snapshotAtEntry } from '../derive/history.ts';
import { ownPart } from '../derive/note-item.ts';
import type { LoggedNote } from '../derive/publications.ts';
import type { Note, NoteItem } from '../model/note.ts';
import { at, type RuleFinding } from './rule.ts';

/** What the release's own file says of an item. */
const wordsOfItem = ['note', 'kind', 'actions', 'fileFormat', 'interfaces', 'retest', 'line', 'reason'] as const;

function wordIn(item: NoteItem, field: (typeof wordsOfItem)[number]): string {
  // The names of actions and file formats are the programme's, and may be reworded.
  if (field === 'actions') return canonical(item.actions.map(({ id, text, by }) => ({ id, text, by })));
  return canonical((field === 'fileFormat' ? item.fileFormat?.id : item[field]) ?? null);
}

/** The field of the release's own file that says it. */
const fieldOf = (word: (typeof wordsOfItem)[number]) => (word === 'actions' ? 'action' : word);

/** The line that published a note, as it counts today. */
function entryOf({ entries }: ReleaseHistory, { index, corrections }: LoggedNote): Entry | undefined {
  return entries.find((entry) => entry.index === index || corrections.includes(entry.index));
}

/** The last confirmed note against what the release's own file says now about that moment. */
export function* editedSince(
  catalog: Catalog,
  release: ReleaseHistory,
  logged: LoggedNote,
  note: Note,
): Generator<RuleFinding> {
  const entry = entryOf(release, logged);
  if (!entry) return;
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
    const exception = catalog.policy.schedule.slots.findIndex(({ date }) => date === own.slot?.date);
    if (field === 'slot' && own.slot?.date === note.slot?.date && exception !== -1) {
      yield {
        at: at({ file: 'schedule.yaml' }, 'slots', exception, 'date'),
        message: `The published note of ${release.id} says that this slot is on ${note.slot?.day}, and here it is decided otherwise.`,
        ...shared,
      };
      continue;
    }
    yield {
      at: at(release.record, field === 'body' ? 'id' : field),
      message:
        field === 'body'
          ? 'The text below the fields differs from the published note.'
          : `"${field}" differs from the published note.`,
      ...shared,
    };
  }
  yield* editedItems(release, own.items, note.items, shared);
  const removed = note.items.filter(({ id }) => !own.items.some((item) => item.id === id)).map(({ id }) => id);
  if (removed.length > 0)
    yield {
      at: at(release.record, 'items'),
      message: `The published note lists ${removed.join(', ')}, which the release no longer holds.`,
      ...shared,
    };
}

function* editedItems(
  { record }: ReleaseHistory,
  own: readonly NoteItem[],
  told: readonly NoteItem[],
  shared: Pick<RuleFinding, 'hint' | 'when' | 'release'>,
): Generator<RuleFinding> {
  for (const item of own) {
    const index = record.items.findIndex(({ id }) => id === item.id);
    const path = index === -1 ? [] : [index];
    const published = told.find(({ id }) => id === item.id);
    const word = published && wordsOfItem.find((name) => wordIn(published, name) !== wordIn(item, name));
    const field = word && fieldOf(word);
    if (!published)
      yield {
        at: at(record, 'items', ...path),
        message: `The published note does not list ${item.id}.`,
        item: item.id,
        ...shared,
      };
    else if (field)
      yield {
        at: at(record, 'items', ...path, ...(record.items[index]?.[field] === undefined ? [] : [field])),
        message: `"${field}" of ${item.id} differs from the published note.`,
        item: item.id,
        ...shared,
      };
  }
}

/**
 * True where the text was not edited: it cannot be read at present, or the note was frozen when it was read in another
 * way.
 */
function isOfReading({ isUnread, before }: ReleaseHistory['record']['body'], note: Note): boolean {
  return isUnread === true || (before !== undefined && canonical(before) === canonical(note.body));
}
