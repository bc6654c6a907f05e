import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, or none when nothing is near: at most a third of its letters may differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // Whatever is longer is not a slip of a name, and comparing it takes long.
  if (known.length === 0 || word === '' || word.length > 100) return undefined;
  const same = known.find((candidate) => plain(candidate) === plain(word));
  if (same) return same;
  // Another number is another record, not a slip; and of two letters any other two are "near".
  if (/\d\d$/.test(word) || word.length < 3) return undefined;
  const lowered = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const found = closest(word.toLowerCase(), [...lowered.keys()]);
  const allowed = Math.max(1, Math.floor(Math.max(found.length, word.length) / 3));
  return distance(word.toLowerCase(), found) <= allowed ? lowered.get(found) : undefined;
}

function plain(word: string): string {
  return word
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(?<!\d)0+(?=\d)/g, '');
}
