/** Control characters, spaces without width, marks that turn the direction of text, and what is no character at all. Tabs and line ends are seen. */
export const invisible = /[\0-\x08\v\f\x0E-\x1F\x7F-\x9F\u200B\u202A-\u202E\u2060\u2066-\u2069\uFDD0-\uFDEF\uFEFF\uFFFE\uFFFF]/;

const all = new RegExp(invisible.source, 'g');

/** Text in which everything can be seen: what cannot is written out as `⟨U+202E⟩`. */
export function visible(text: string): string {
  return text.replace(all, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}
