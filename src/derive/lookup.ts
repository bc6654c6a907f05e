import type { Catalog } from './catalog.ts';

const tables = new WeakMap<readonly { id: string }[], Map<string, { id: string }>>();

/** The defect of an id; found by a table that is made once for a list of defects. */
export function defectOf({ defects }: Pick<Catalog, 'defects'>, id: string): Catalog['defects'][number] | undefined {
  return tableOf(defects).get(id);
}

/** The change of an id. */
export function changeOf({ changes }: Pick<Catalog, 'changes'>, id: string): Catalog['changes'][number] | undefined {
  return tableOf(changes).get(id);
}

/** The title of a defect or change; its id when nobody knows it. */
export function titleOf(catalog: Pick<Catalog, 'defects' | 'changes'>, id: string): string {
  return defectOf(catalog, id)?.tracker.title ?? changeOf(catalog, id)?.title ?? id;
}

/** The file of a record that is there and cannot be read: what it says is unknown. */
export function unreadFileOf({ unread, unreadFiles }: Pick<Catalog, 'unread' | 'unreadFiles'>, id: string) {
  const index = unread.indexOf(id);
  return index === -1 ? undefined : unreadFiles[index];
}

/** The files of releases that cannot be read: what any of them holds or aims at is unknown. */
export function unreadReleases({ unreadFiles }: Pick<Catalog, 'unreadFiles'>): string[] {
  return unreadFiles.filter((file) => file.startsWith('releases/'));
}

/** Why something is not known, for the end of a sentence. */
export function unknownBecause(files: readonly string[]): string {
  const [first, ...more] = files;
  return `unknown because ${first}${more.length > 0 ? ` and ${more.length} more` : ''} cannot be read`;
}

function tableOf<Item extends { id: string }>(list: readonly Item[]): Map<string, Item> {
  const known = tables.get(list) as Map<string, Item> | undefined;
  if (known) return known;
  const made = new Map(list.map((item) => [item.id, item]));
  tables.set(list, made);
  return made;
}
