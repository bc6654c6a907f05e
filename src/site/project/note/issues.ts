import type { Catalog } from '../../../derive/catalog.ts';
import { valueAt } from '../../../derive/known-issues.ts';
import { defectOf } from '../../../derive/lookup.ts';
import { originalOf, type StandingKind, standingOf } from '../../../derive/standing.ts';
import { labelled, nameIn } from '../../../model/labelled.ts';
import type { Note } from '../../../model/note.ts';
import { type Reference, referenceTo } from '../reference.ts';

/** A known issue as a note names it, with how it stands at the moment of looking. */
export type NoteIssueModel = {
  item: Reference;
  summary: string;
  severity?: string | undefined;
  component?: string | undefined;
  impact?: string[] | undefined;
  workaround?: string | undefined;
  raised: string;
  planned?: Reference | undefined;
  today: IssueToday;
};

/** How a known issue stands after its note: the word of the tracker, and the release that has it or brought it. */
export type IssueToday = { status?: string | undefined; kind: StandingKind; release?: Reference | undefined };

export function issueOf(catalog: Catalog, issue: Note['knownIssues'][number]): NoteIssueModel {
  return {
    item: referenceTo(catalog, 'item', issue.id),
    summary: issue.summary,
    severity: nameIn(catalog.policy.programme.severities, issue.severity),
    component: issue.component,
    impact: issue.impact?.map(({ name }) => name),
    workaround: issue.workaround,
    raised: issue.raised,
    planned: issue.planned === undefined ? undefined : referenceTo(catalog, 'release', issue.planned),
    today: todayOf(catalog, issue.id),
  };
}

/** How a defect stands at the moment of looking. */
export function todayOf(catalog: Catalog, id: string): IssueToday {
  const { kind, release } = standingOf(catalog, originalOf(catalog, id));
  const { zone, statuses } = catalog.policy.programme;
  const defect = defectOf(catalog, id);
  const status = defect && labelled(valueAt(defect, 'status', catalog.asOf, zone), statuses).name;
  return { status, kind, release: release && referenceTo(catalog, 'release', release.id) };
}
