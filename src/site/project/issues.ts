import type { Catalog } from '../../derive/catalog.ts';
import { isSettled, knownIssues, valueAt } from '../../derive/known-issues.ts';
import { type Affected, affectedByDefect } from './affected.ts';
import { type IssueToday, todayOf } from './note/issues.ts';
import { type Reference, referenceTo } from './reference.ts';

/** An open defect that participants can meet, as it stands at the moment of looking. */
export type PublicIssue = Affected & {
  item: Reference;
  summary: string;
  severity?: string | undefined;
  workaround?: string | undefined;
  raised: string;
  today: IssueToday;
};

/** The known issues at the moment of looking, in the order of their ids. */
export function projectIssues(catalog: Catalog): PublicIssue[] {
  const { programme } = catalog.policy;
  return knownIssues(catalog, catalog.asOf, []).map(({ defect }) => {
    const { tracker } = defect;
    return {
      ...affectedByDefect(catalog, defect),
      item: referenceTo(catalog, 'item', defect.id, tracker.title),
      summary: defect.summary as string,
      severity: valueAt(defect, 'severity', catalog.asOf, programme.zone),
      workaround: defect.workaround,
      raised: tracker.raised.slice(0, 10),
      today: todayOf(catalog, defect.id),
    };
  });
}

/** Why an open defect is not among the known issues; nothing for one that is, or that is settled. */
export function notKnownBecause(
  catalog: Catalog,
  defect: Catalog['defects'][number],
  issues: ReadonlySet<string>,
): string | undefined {
  if (issues.has(defect.id) || isSettled(catalog, defect.id)) return undefined;
  const { confidential, permission } = catalog.policy.programme.classification;
  if (!permission && confidential.includes('defect.summary')) return 'what happens is not public';
  if (defect.summary === undefined) return 'the release team has not described it for participants yet';
  const brought = catalog.releases.find(({ state, now }) => state === 'complete' && now.contents.includes(defect.id));
  if (brought) return `${brought.id} brought its fix, and the tracker has not closed it yet`;
  return 'no version of its component is where participants test';
}
