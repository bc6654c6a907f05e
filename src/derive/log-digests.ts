import { withoutSeal } from '../model/published-note.ts';
import { sha256Of } from './canonical.ts';

/**
 * One SHA-256 for each of the first lines of a log, over the line as parsed; the last of them is the line that
 * publishes the note, and its own digest is left out of it.
 */
export function logDigests(lines: readonly unknown[]): string[] {
  return lines.map((line, index) => sha256Of(index === lines.length - 1 ? withoutSeal(line as object) : line));
}
