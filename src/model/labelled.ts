/** An id that records use, and the words that readers see for it. */
export type Labelled = { id: string; name: string };

/** What may be known by its id alone. */
type Named = { id: string; name?: string | undefined };

/** The name of an id in a list; the id itself when the list does not hold it, or has no other name for it. */
export function nameIn(list: readonly Named[], id: string): string;
export function nameIn(list: readonly Named[], id: string | undefined): string | undefined;
export function nameIn(list: readonly Named[], id: string | undefined): string | undefined {
  return list.find((entry) => entry.id === id)?.name ?? id;
}

/** An id with its name in a list. */
export function labelled(id: string, list: readonly Named[]): Labelled {
  return { id, name: nameIn(list, id) };
}

/** Several ids with their names in a list. */
export function labelledAll(ids: readonly string[], list: readonly Labelled[]): Labelled[] {
  return ids.map((id) => labelled(id, list));
}

/** Several ids with their names in a list; nothing where the programme declares no such list. */
export function labelledAmong(ids: readonly string[], list: readonly Labelled[]): Labelled[] | undefined {
  return list.length > 0 ? labelledAll(ids, list) : undefined;
}
