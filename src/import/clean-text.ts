import { hidesText, visible } from '../model/visible.ts';

/** Text as it is kept: lines end in one way, no space at either end, and everything can be seen. */
export function cleanText(text: string): string {
  return cleaned(text).text;
}

/** The same, and whether something had to be written out. */
export function cleaned(text: string): { text: string; isWrittenOut: boolean } {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const isWrittenOut = hidesText(lines);
  return { text: (isWrittenOut ? visible(lines) : lines).trim(), isWrittenOut };
}

/** Text of one line: line ends and tabs become spaces. */
export function oneLine(text: string): string {
  return /[\n\t]/.test(text) ? text.replace(/[\n\t]+/g, ' ') : text;
}
