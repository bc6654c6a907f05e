/** Where a phrase can be in a text: so many characters before its first word it begins, and so long it is. */
type Form = { lead: number; length: number };

const word = /[\p{L}\p{N}_]+/gu;

/**
 * Tells whether a text holds one of many phrases, each as a whole: no letter, digit or underscore stands right before
 * or after it. Phrases are looked up by their first word, so a hundred thousand of them take no longer than a few; one
 * pattern of them all would try each at every character.
 */
export function phraseFinder(given: readonly string[]): (text: string) => boolean {
  const phrases = new Set(given.filter((phrase) => phrase.trim() !== ''));
  const forms = new Map<string, Map<string, Form>>();
  for (const phrase of phrases) {
    // A phrase of signs alone has no word to be found by.
    const [first = '', lead = 0] = firstWordOf(phrase);
    const known = forms.get(first) ?? new Map<string, Form>();
    forms.set(first, known.set(`${lead} ${phrase.length}`, { lead, length: phrase.length }));
  }
  const formsOf = (first: string) => [...(forms.get(first)?.values() ?? [])];
  const isAt = (text: string, start: number, length: number) =>
    start >= 0 &&
    start + length <= text.length &&
    phrases.has(text.slice(start, start + length)) &&
    isParted(text, start) &&
    isParted(text, start + length, true);
  const signs = formsOf('');
  return (text) =>
    [...text.matchAll(word)].some(({ 0: found, index }) =>
      formsOf(found).some(({ lead, length }) => isAt(text, index - lead, length)),
    ) ||
    signs.some(({ length }) =>
      Array.from({ length: text.length }, (_, start) => start).some((start) => isAt(text, start, length)),
    );
}

function firstWordOf(phrase: string): [string, number] | [] {
  const [match] = phrase.matchAll(word);
  return match ? [match[0], match.index] : [];
}

/** True when no word goes on across a place: none ends right before a beginning, and none begins right after an end. */
function isParted(text: string, place: number, isEnd = false): boolean {
  const pattern = isEnd ? /(?![\p{L}\p{N}_])/uy : /(?<![\p{L}\p{N}_])/uy;
  pattern.lastIndex = place;
  return pattern.test(text);
}
