import type { Line, LineKind } from '../model/log.ts';
import type { Instant } from '../model/time.ts';
import type { Actor } from './actors.ts';
import { compareText } from '../diagnostic.ts';

/**
 * A line of the log as the fold reads it: `index` is its place in the file, counted from 0, and `counts` the moment
 * from which it holds, which for a deployment is its end.
 */
export type Entry<Kind extends LineKind = LineKind> = Extract<AnyEntry, { line: { did: Kind } }>;

type AnyEntry = {
  [Kind in LineKind]: { index: number; line: Line<Kind>; at: Instant; counts: Instant; actors: Actor[] };
}[LineKind];

/** True when an entry is of one of the given kinds. */
export function isEntry<Kind extends LineKind>(entry: Entry, ...kinds: Kind[]): entry is Entry<Kind> {
  return (kinds as LineKind[]).includes(entry.line.did);
}

/** The order in which the lines of one log hold: by time, and at the same moment as they stand in the file. */
export function byTime(a: Entry, b: Entry): number {
  return compareText(a.counts, b.counts) || a.index - b.index;
}

/** The order in which the lines of one log began: a deployment stands where it started. */
export function byStart(a: Entry, b: Entry): number {
  return compareText(a.at, b.at) || a.index - b.index;
}

/** True when one line of a log holds before another one. */
export function isBefore(a: Entry, b: Entry): boolean {
  return byTime(a, b) < 0;
}
