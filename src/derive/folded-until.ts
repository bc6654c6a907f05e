import type { Catalog } from './catalog.ts';
import { foldRelease, readLines, type ReleaseHistory } from './history.ts';

/** A release as it stood when the first lines of its log were written, and no other. */
export function foldedUntil(
  { periods, offices, asOf, events, policy }: Pick<Catalog, 'periods' | 'offices' | 'asOf' | 'events' | 'policy'>,
  { record, components }: Pick<ReleaseHistory, 'record' | 'components'>,
  lines: number,
): ReleaseHistory {
  const read = readLines({ ...record, log: record.log.slice(0, lines) }, policy.programme.zone, offices, asOf);
  return foldRelease(read, periods, asOf, events, (item) => components[item] ?? []);
}
