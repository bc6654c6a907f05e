import type { LogLine } from '../model/log.ts';
import { type Instant, toInstant } from '../model/time.ts';

/** A line that stands below a publication and is of before it: it was recorded late. Numbers count from 0. */
export type LateLine = { index: number; at: Instant; publication: number };

/** The lines of a log that were recorded late; one that replaces another is a correction, and no late line. */
export function lateLinesOf(log: readonly LogLine[], zone: string): LateLine[] {
  const notes: { index: number; at: Instant }[] = [];
  return log.flatMap((line, index): LateLine[] => {
    const at = toInstant(line.at, zone);
    const note = notes.find((published) => published.at > at);
    if (line.did === 'publish') notes.push({ index, at });
    return note && line.replaces === undefined && line.did !== 'publish'
      ? [{ index, at, publication: note.index }]
      : [];
  });
}
