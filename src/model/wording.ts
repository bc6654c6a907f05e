/** The beginning of the first line of a text, for a message. */
export function shorten(text: string, most = 40): string {
  return cut(text.split('\n')[0] as string, most);
}

/** So many signs of a text, and a mark where there are more. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** A word as it begins a sentence or a label. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Words one after the other: `Tuesday`, `Tuesday and Thursday`, `Monday, Tuesday or Thursday`. */
export function inSeries(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** A number and its noun: `1 row`, `100,000 rows`. The noun of many is given where it is not the one with an s. */
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${inGroups(count)} ${count === 1 ? noun : many}`;
}

/** A number as people here write it, `100,000`, whatever the machine is set to. */
export function inGroups(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}
