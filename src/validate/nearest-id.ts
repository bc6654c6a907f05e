import { distance } from 'fastest-levenshtein';
import { nearest } from './nearest.ts';

/**
 * The id of a short list that was probably meant: written otherwise, or with one sign wrong or two of them swapped, and
 * the only one that is so near. In a long list another number is another record, and no slip.
 */
export function nearestId(id: string, known: readonly string[]): string | undefined {
  const same = nearest(id, known);
  if (same) return same;
  const near = known.filter((other) => distance(id, other) <= 1 || isSwapped(id, other));
  return near.length === 1 ? near[0] : undefined;
}

function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && distance(a, b) === 2 && [...a].sort().join('') === [...b].sort().join('');
}
