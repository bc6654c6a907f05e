import type { Catalog } from '../derive/catalog.ts';
import { valueAt } from '../derive/known-issues.ts';
import { toInstant } from '../model/time.ts';
import { labelled, type Labelled, labelledAll } from './names.ts';
import { projectPath, type PublicPath } from './project-duties.ts';
import { type Holding, holdingsOf, type Standing, standingOf } from './project-standing.ts';

/** A defect as participants see it. What the tracker keeps for itself (team, assignment, source) has no place here. */
export type PublicDefect = {
  id: string;
  key: string;
  title: string;
  severity: string;
  priority?: string | undefined;
  status: Labelled;
  isOpen: boolean;
  component: Labelled;
  raised: string;
  history: { at: string; field: 'severity' | 'status'; from: string; to: string }[];
  summary?: string | undefined;
  impact: Labelled[];
  fuel?: Labelled | undefined;
  workaround?: string | undefined;
  stopsTestPhase?: string | undefined;
  markdown: string;
  releases: Holding[];
  standing: Standing;
  path: PublicPath;
};

/** The defects raised by the moment of looking, in the order of their ids. */
export function projectDefects(catalog: Catalog): PublicDefect[] {
  const { zone } = catalog.policy.programme;
  return catalog.defects.filter(({ tracker }) => toInstant(tracker.raised, zone) <= catalog.asOf).map((defect) => projectDefect(catalog, defect));
}

function projectDefect(catalog: Catalog, defect: Catalog['defects'][number]): PublicDefect {
  const { programme, components } = catalog.policy;
  const { tracker } = defect;
  const status = valueAt(defect, 'status', catalog.asOf, programme.zone);
  const isOpen = programme.statuses.find(({ id }) => id === status)?.open ?? true;
  const releases = holdingsOf(catalog, defect.id);
  return {
    id: defect.id,
    key: tracker.key,
    title: tracker.title,
    severity: valueAt(defect, 'severity', catalog.asOf, programme.zone),
    priority: tracker.priority,
    status: labelled(status, programme.statuses),
    isOpen,
    component: labelled(tracker.component, components),
    raised: tracker.raised.slice(0, 10),
    history: historyOf(catalog, defect),
    summary: defect.summary,
    impact: labelledAll(defect.impact, programme.marketRoles),
    fuel: defect.fuel === undefined ? undefined : labelled(defect.fuel, programme.fuels),
    workaround: defect.workaround,
    stopsTestPhase: defect.stopsTestPhase,
    markdown: defect.text,
    releases,
    standing: standingOf(catalog, releases, isOpen),
    path: projectPath(catalog, defect, isOpen),
  };
}

function historyOf(catalog: Catalog, { tracker }: Catalog['defects'][number]): PublicDefect['history'] {
  const { zone, statuses } = catalog.policy.programme;
  return tracker.history
    .map(({ at, field, from, to }) => ({ at: toInstant(at, zone), field, from: wordOf(field, from), to: wordOf(field, to) }))
    .filter(({ at }) => at <= catalog.asOf)
    .sort((a, b) => (a.at < b.at ? -1 : 1));

  function wordOf(field: string, value: string): string {
    return field === 'status' ? labelled(value, statuses).name : value;
  }
}
