/** An id that records use, and the words that readers see for it. */
export type Labelled = { id: string; name: string };

/** The name of an id in a list; the id itself when the list does not hold it. */
export function nameIn(list: readonly Labelled[], id: string): string {
  return list.find((entry) => entry.id === id)?.name ?? id;
}

/** An id with its name in a list. */
export function labelled(id: string, list: readonly Labelled[]): Labelled {
  return { id, name: nameIn(list, id) };
}

/** Several ids with their names in a list. */
export function labelledAll(ids: readonly string[], list: readonly Labelled[]): Labelled[] {
  return ids.map((id) => labelled(id, list));
}
