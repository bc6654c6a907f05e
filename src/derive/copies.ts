import { canonical } from './canonical.ts';

/** The entries of a list that equal an earlier one in every field, each with the number of that one, both from 0. */
export function copiesIn(list: readonly unknown[]): Map<number, number> {
  const seen = new Map<string, number>();
  const copies = new Map<number, number>();
  for (const [index, entry] of list.entries()) {
    const key = canonical(entry);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else copies.set(index, first);
  }
  return copies;
}
