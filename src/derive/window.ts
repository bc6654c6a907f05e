import { type Instant, toInstant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Entry } from './entry.ts';
import type { ReleaseHistory } from './history.ts';

/** The window that was last requested for a release. */
export function windowOf(
  { now }: Pick<ReleaseHistory, 'now'>,
  { programme: { zone } }: Policy,
): { from: Instant; until: Instant; effect: Entry<'request'>['line']['effect'] } | undefined {
  if (!now.request) return undefined;
  const { from, until, effect } = now.request.line;
  return { from: toInstant(from, zone), until: toInstant(until, zone), effect };
}
