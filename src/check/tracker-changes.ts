import type { Catalog } from '../derive/catalog.ts';
import { compareText } from '../diagnostic.ts';
import type { Defect } from '../model/defect.ts';
import { type Instant, toInstant } from '../model/time.ts';

/** A change that the tracker recorded: `index` is its place in the history, `when` its instant. */
export type TrackerChange = Defect['tracker']['history'][number] & { index: number; when: Instant };

/** The changes of one field of a defect up to the moment of looking, in order of time. */
export function trackerChanges(
  { tracker }: Defect,
  wanted: TrackerChange['field'],
  { policy, asOf }: Catalog,
): TrackerChange[] {
  if (tracker.history.length === 0) return [];
  const changes = tracker.history.map((change, index) => ({
    ...change,
    index,
    when: toInstant(change.at, policy.programme.zone),
  }));
  return changes
    .filter(({ field, when }) => field === wanted && when <= asOf)
    .sort((a, b) => compareText(a.when, b.when));
}
