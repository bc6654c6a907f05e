import { isUtf8 } from 'node:buffer';
import { likeliestDelimiter, startOf } from './delimiter.ts';

/** Where a long text is cut in two that are read side by side, and what separates its cells. */
export type Cut = { at: number; delimiter: string };

const quote = 0x22;
const lineFeed = 0x0a;
/** Below this size in bytes one process is done before a second would have started. */
const worthCutting = 16 * 1024 * 1024;

/**
 * A place near the middle of a text where a row ends: after a line end with an even number of quotes before it.
 * Undefined for texts that are short, or not plainly UTF-8.
 */
export function cutBetweenRows(bytes: Uint8Array): Cut | undefined {
  if (bytes.length < worthCutting || bytes[0] === 0xef || bytes.includes(0) || !isUtf8(bytes)) return undefined;
  const start = startOf(bytes, 65_536);
  if (start.startsWith('sep=')) return undefined;
  const middle = bytes.length >> 1;
  let isQuoted = false;
  for (let at = bytes.indexOf(quote); at !== -1 && at < middle; at = bytes.indexOf(quote, at + 1)) isQuoted = !isQuoted;
  for (let at = middle; at < bytes.length - 1; at += 1) {
    if (bytes[at] === quote) isQuoted = !isQuoted;
    else if (bytes[at] === lineFeed && !isQuoted) return { at: at + 1, delimiter: likeliestDelimiter(start) };
  }
  return undefined;
}
