import type { Note } from '../model/note.ts';
import type { Programme } from '../model/programme.ts';
import { canonical } from './canonical.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { actorIn } from './names.ts';
import { itemOf } from './note-item.ts';
import { type NoteRow, noteRows } from './note-rows.ts';

/** Items of the note before that are gone, with the reason of their withdrawal (release-note field 16). */
export function droppedSince(release: ReleaseHistory, before: Note): Note['dropped'] {
  return before.items
    .filter(({ id }) => !release.now.bundle.includes(id))
    .map(({ id, title }) => {
      const line = release.now.withdrawn[id]?.line;
      return {
        id,
        title,
        reason: line?.reason ?? '',
        target: line?.target ?? 'none',
      };
    });
}

/** Items that the note before did not have, and who agreed to them (release-note field 17). */
export function addedSince(catalog: Catalog, release: ReleaseHistory, before: Note): Note['added'] {
  const known = new Set(before.items.map(({ id }) => id));
  return release.now.bundle
    .filter((id) => !known.has(id))
    .map((id) => {
      const agreement = release.entries.findLast(
        ({ line }) => line.did === 'agree' && (line.items?.includes(id) ?? true),
      );
      return {
        id,
        title: itemOf(catalog, release, id).title,
        agreedBy: agreement?.actors.map((actor) => actorIn(catalog, actor)) ?? [],
      };
    });
}

/** Every field that differs from the note before, in the order in which a note tells them (release-note field 18). */
export function changedSince(
  note: Omit<Note, 'changed'>,
  before: Note,
  programme: Pick<Programme, 'terms' | 'zone'>,
): Note['changed'] {
  const [now, then] = [note, before].map((each) => new Map(noteRows(each, programme).map((row) => [keyOf(row), row])));
  const keys = new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])]);
  const both = new Set(note.items.filter(({ id }) => before.items.some((item) => item.id === id)).map(({ id }) => id));
  const rows = [...keys].flatMap((key): Note['changed'] => {
    const [from, to] = [then?.get(key), now?.get(key)];
    const { part, item, what } = (to ?? from) as NoteRow;
    // What is dropped or added is told as such.
    if (
      (from?.text === to?.text && from?.ids === to?.ids) ||
      (part === 'items' && item !== undefined && !both.has(item))
    )
      return [];
    return [{ part, item, what, from: from?.text, to: to?.text }];
  });
  const isSameText = canonical(note.body) === canonical(before.body);
  return isSameText ? rows : [...rows, { part: 'release', what: 'The words of the release team' }];
}

const keyOf = ({ part, item = '', what, key = '' }: NoteRow) => [part, item, what, key].join('\n');
