import type { Records } from '../../validate/validate.ts';

/** Ids for new defects: they go on from the highest, in the way in which most ids of defects are written. */
export function numbering(defects: Records['defects']): () => string {
  const parts = defects.map(({ id }) => ({ prefix: id.slice(0, numberIn(id)), digits: id.slice(numberIn(id)) }));
  const counts = Map.groupBy(parts, ({ prefix }) => prefix);
  const [prefix, own] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['D-', []];
  const width = Math.max(0, ...own.map(({ digits }) => digits.length)) || 4;
  let last = Math.max(0, ...own.map(({ digits }) => Number(digits)));
  return () => {
    last += 1;
    return `${prefix}${String(last).padStart(width, '0')}`;
  };
}

/** Where the number at the end of an id begins. */
function numberIn(id: string): number {
  let at = id.length;
  while (at > 0 && /\d/.test(id[at - 1] ?? '')) at -= 1;
  return at;
}
