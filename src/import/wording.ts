/** The beginning of a text, for a message. */
export function shorten(text: string): string {
  const line = text.split('\n')[0] as string;
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

/** A value of a record in a message: in quotes, and no longer than a glance. */
export function quoted(text: string): string {
  const line = text.split('\n')[0] as string;
  return text === '' ? 'empty' : `"${line.length > 40 || line !== text ? `${line.slice(0, 40)}…` : line}"`;
}

/** The first of some words, and how many more there are. */
export function listed(words: readonly string[], most: number): string {
  return words.length > most ? `${words.slice(0, most).join(', ')} and ${words.length - most} more` : words.join(', ');
}

/** A size in bytes as whole megabytes. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
