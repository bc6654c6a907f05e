import type { Note } from '../model/note.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { actorIn } from './names.ts';
import { itemOf, type OwnPart } from './note-item.ts';

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

/** Items whose words changed: the one field that readers would miss most, told as before and after. */
export function changedSince(own: OwnPart, before: Note): Note['changed'] {
  return own.items.flatMap((item) => {
    const earlier = before.items.find(({ id }) => id === item.id);
    if (!earlier) return [];
    const fields = [
      ['what it does', earlier.note, item.note],
      ['action', earlier.action.name, item.action.name],
      ['file format', earlier.fileFormat.name, item.fileFormat.name],
      ['severity', earlier.severity ?? 'not rated', item.severity ?? 'not rated'],
    ] as const;
    return fields
      .filter(([, from, to]) => from !== to)
      .map(([what, from, to]) => ({ what: `${item.id}, ${what}`, from, to }));
  });
}
