import type { Catalog } from '../../derive/catalog.ts';
import { valueAt } from '../../derive/known-issues.ts';
import { defectOf } from '../../derive/lookup.ts';
import { type Retest, type RetestOutcome, retestsOf } from '../../derive/retests.ts';
import { labelled } from '../../model/labelled.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { type Affected, affectedBy } from './affected.ts';
import { type Reference, referenceTo } from './reference.ts';

/** A fix or change that participants have: what they are asked, since when, and what came of it. */
export type PublicRetest = Affected & {
  item: Reference;
  /** What readers are told of the defect or change; its title where nothing is. */
  summary: string;
  note: string;
  /** What is asked; nothing when it is empty. */
  actions: string[];
  /** How it can be retested. */
  how?: string | undefined;
  release: Reference;
  since: Time;
  outcome: RetestOutcome;
  /** The day on which the tracker said so. */
  day?: string | undefined;
  /** The status in the tracker; a change has none. */
  status?: string | undefined;
};

/** Every fix and change in front of participants, the newest first. */
export function projectRetests(catalog: Catalog): PublicRetest[] {
  return retestsOf(catalog).map((retest) => publicRetest(catalog, retest));
}

function publicRetest(catalog: Catalog, { item, release, since, outcome, day }: Retest): PublicRetest {
  const { zone, statuses } = catalog.policy.programme;
  const defect = defectOf(catalog, item.id);
  return {
    ...affectedBy(catalog, item),
    item: referenceTo(catalog, 'item', item.id),
    summary: item.summary ?? item.title,
    note: item.note,
    actions: item.actions.map(({ name }) => name),
    how: item.retest,
    release: referenceTo(catalog, 'release', release.id),
    since: timeOf(since, zone),
    outcome,
    day,
    status: defect && labelled(valueAt(defect, 'status', catalog.asOf, zone), statuses).name,
  };
}
