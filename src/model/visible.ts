/**
 * Control characters, marks of direction, what has no width or no shape, halves of characters, and what is no
 * character. Tabs and line ends are seen.
 */
const shapeless = String.raw`(?![\t\n])(?!\u200D)(?!\uFE0F)[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB\u2800]`;

/**
 * Two of them are what emoji are made of, and stay there: the joiner between two pictures, and the sign that asks for
 * the colourful form.
 */
const strayForm = String.raw`(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?)(?<![#*\d](?=\uFE0F\u20E3))\uFE0F`;
const strayJoiner = String.raw`(?<!\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D|\u200D(?!\p{Extended_Pictographic})`;

const hidden = new RegExp(`${shapeless}|${strayForm}|${strayJoiner}`, 'gu');
/** Several of them at a time: a text of nothing else has millions. */
const hiddenRun = new RegExp(`(?:${hidden.source}){1,1000}`, 'gu');

/**
 * Anything but letters, signs and punctuation of western languages; a text without it, as almost all are, needs no
 * closer look.
 */
const unusual = /[^\t\n\x20-\x7E\u00A0-\u00AC\u00AE-\u024F\u2010-\u2027\u2030-\u205E\u2070-\u27FF]/;

/** True when something in a text cannot be seen, or turns what stands beside it. */
export function hidesText(text: string): boolean {
  return unusual.test(text) && text.search(hidden) !== -1;
}

/** Text in which everything can be seen: what cannot is written out as `⟨U+202E⟩`. */
export function visible(text: string): string {
  return unusual.test(text) ? text.replace(hidden, writtenOut) : text;
}

/** The same on one line: tabs and line ends are written out, too. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\t\n]/g, writtenOut);
}

/** Text as it reads when all that hides is deleted. */
export function withoutHidden(text: string): string {
  return unusual.test(text) ? text.replace(hidden, '') : text;
}

/** Where something hides in a text: the place of each run, and what it is made of; beyond `most` none is looked for. */
export function hiddenIn(text: string, most = Infinity): { index: number; characters: string }[] {
  const runs: { index: number; characters: string }[] = [];
  if (!unusual.test(text)) return runs;
  for (const { index, 0: characters } of text.matchAll(hiddenRun)) {
    const last = runs.at(-1);
    if (last && last.index + last.characters.length === index) last.characters += characters;
    else if (runs.push({ index, characters }) > most) break;
  }
  return runs;
}

/**
 * A value as JSON, in which what hides is written as an escape: a program reads the same value, and a person sees it.
 */
export function visibleJson(value: unknown): string {
  const escaped = (character: string) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${hexOf(character.charCodeAt(index)).toLowerCase()}`,
    ).join('');
  return JSON.stringify(value, null, 2).replace(hidden, escaped);
}

/** The number of a character as Unicode writes it, `U+202E`. */
export function codePoint(character: string): string {
  return `U+${hexOf(character.codePointAt(0) as number)}`;
}

function writtenOut(character: string): string {
  return `⟨${codePoint(character)}⟩`;
}

function hexOf(number: number): string {
  return number.toString(16).toUpperCase().padStart(4, '0');
}
