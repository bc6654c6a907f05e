import { sha256Of } from '../../derive/canonical.ts';
import type { Tracker } from '../row.ts';

/**
 * The SHA-256 of what an import wrote into a tracker block: all of it but where it came from, and the explanations that
 * people add to its history. `without` leaves out fields that the import never wrote.
 */
export function digestOf(tracker: Tracker, without: readonly string[] = []): string {
  const { source: _, history, ...rest } = tracker;
  const own = Object.fromEntries(Object.entries(rest).filter(([field]) => !without.includes(field)));
  return sha256Of({ ...own, history: history.map(({ explained: _explained, ...entry }) => entry) });
}

/** A new tracker block with its digest. */
export function sealed(tracker: Tracker): Tracker {
  return tracker.source ? { ...tracker, source: { ...tracker.source, sha256: digestOf(tracker) } } : tracker;
}
