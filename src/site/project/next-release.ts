import type { Catalog } from '../../derive/catalog.ts';
import { standingOf } from '../../derive/standing.ts';
import { longDay } from '../words/dates.ts';
import { nextSlotIn } from './home.ts';

/** Whether the release of the next slot brings an item; the day is absent while no slot is to come. */
export type NextRelease = { nextSlot?: string | undefined; isInNext: boolean };

/** What the next slot means for an item. */
export function nextReleaseFor(catalog: Catalog, item: string): NextRelease {
  const slot = nextSlotIn(catalog);
  const { kind, release } = standingOf(catalog, item);
  return {
    nextSlot: slot?.day,
    isInNext: kind === 'coming' && release !== undefined && (slot?.releases.includes(release.id) ?? false),
  };
}

/** What the gates of an item answer, as a heading: `Why it is not in the release of Thursday 26 November 2020`. */
export function questionOf(
  { nextSlot, isInNext }: NextRelease,
  gates: readonly { isMet: boolean }[],
  markets: string,
): string {
  if (gates.every(({ isMet }) => isMet)) return `How it came to ${markets}`;
  if (nextSlot === undefined) return `What stands between it and ${markets}`;
  return `Why it is ${isInNext ? '' : 'not '}in the release of ${longDay(nextSlot)}`;
}
