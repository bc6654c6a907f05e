import type { Catalog } from '../../derive/catalog.ts';
import { notRated, valueAt } from '../../derive/known-issues.ts';
import { heldWhen } from '../../derive/news.ts';
import { environmentName } from '../../derive/environments.ts';
import { compareText } from '../../diagnostic.ts';
import type { Defect } from '../../model/defect.ts';
import { endOfDay, type Instant, isDate, toDay, toInstant } from '../../model/time.ts';
import type { Description } from '../text/description.ts';
import { labelled, type Labelled } from '../../model/labelled.ts';
import { type Affected, affectedByDefect } from './affected.ts';
import { projectPath, type PublicPath } from './duties.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { notKnownBecause, type PublicIssue } from './issues.ts';
import { defectsWithPage, type Reference, referenceTo } from './reference.ts';
import type { Holding } from './holdings.ts';
import { projectStanding, type Standing } from './standing.ts';

/** What happened to a defect: of some things a tracker tells the day, of others the moment. */
export type LifeEvent =
  | { did: 'raised' | 'resolved' | 'closed'; day: string }
  | { did: 'changed'; at: Time; field: 'severity' | 'status'; from: string; to: string };

/**
 * A defect as participants see it. What the tracker keeps for itself (team, assignment, other columns, source) has no
 * place here.
 */
export type PublicDefect = Affected & {
  id: string;
  reference: Reference;
  key: string;
  title: string;
  /** Absent while nobody has rated it. */
  severity?: string | undefined;
  priority?: string | undefined;
  status: Labelled;
  isOpen: boolean;
  /** Why it is no known issue while it is open. */
  notKnown?: string | undefined;
  raised: string;
  /** The moment, or the beginning of the day. */
  raisedAt: Time;
  /** What participants had of its component when it was raised; of a day, all that they had on it. */
  heldWhenRaised: { environment: string; versions: string[]; release?: Reference | undefined }[];
  life: LifeEvent[];
  summary?: string | undefined;
  workaround?: string | undefined;
  stopsTestPhase?: string | undefined;
  description?: Description | undefined;
  markdown: string;
  releases: Holding[];
  standing: Standing;
  path: PublicPath;
};

/** The defects raised by the moment of looking, in the order of their ids. */
export function projectDefects(catalog: Catalog, issues: readonly PublicIssue[]): PublicDefect[] {
  const known = new Set(issues.map(({ item }) => item.id));
  return defectsWithPage(catalog).map((defect) => projectDefect(catalog, defect, known));
}

function projectDefect(catalog: Catalog, defect: Catalog['defects'][number], known: ReadonlySet<string>): PublicDefect {
  const { programme } = catalog.policy;
  const { tracker } = defect;
  const status = valueAt(defect, 'status', catalog.asOf, programme.zone);
  const isOpen = programme.statuses.find(({ id }) => id === status)?.open ?? true;
  return {
    ...affectedByDefect(catalog, defect),
    id: defect.id,
    reference: referenceTo(catalog, 'item', defect.id, tracker.title),
    key: tracker.key,
    title: tracker.title,
    severity: valueAt(defect, 'severity', catalog.asOf, programme.zone),
    priority: tracker.priority,
    status: labelled(status, programme.statuses),
    isOpen,
    notKnown: notKnownBecause(catalog, defect, known),
    raised: tracker.raised.slice(0, 10),
    raisedAt: timeOf(toInstant(tracker.raised, programme.zone), programme.zone),
    heldWhenRaised: heldWhenRaised(catalog, defect),
    life: lifeOf(catalog, defect),
    summary: defect.summary,
    workaround: defect.workaround,
    stopsTestPhase: defect.stopsTestPhase,
    description: tracker.description && { format: tracker.description.format, text: tracker.description.text },
    markdown: defect.text,
    ...projectStanding(catalog, defect.id),
    path: projectPath(catalog, defect),
  };
}

function heldWhenRaised(catalog: Catalog, { tracker: { component, raised } }: Defect): PublicDefect['heldWhenRaised'] {
  if (component === undefined) return [];
  return heldWhen(catalog, component, raised).map(({ environment, versions, release }) => ({
    environment: environmentName(catalog.policy, environment),
    versions,
    release: release === undefined ? undefined : referenceTo(catalog, 'release', release),
  }));
}

/** From being raised to being closed, oldest first; what is later than the moment of looking has not happened. */
function lifeOf({ asOf, policy }: Catalog, { tracker }: Defect): LifeEvent[] {
  const { zone, statuses } = policy.programme;
  const wordOf = (field: string, value: string) =>
    field === 'status' ? labelled(value, statuses).name : value === notRated ? 'not rated' : value;
  const changes = tracker.history.map(({ at: time, field, from, to }) => {
    const at = toInstant(time, zone);
    return {
      at,
      order: at,
      event: { did: 'changed' as const, at: timeOf(at, zone), field, from: wordOf(field, from), to: wordOf(field, to) },
    };
  });
  return [
    ...onDay('raised', tracker.raised),
    ...changes,
    ...onDay('resolved', tracker.resolved),
    ...onDay('closed', tracker.closed),
  ]
    .filter(({ at }) => at <= asOf)
    .sort((a, b) => compareText(a.order, b.order))
    .map(({ event }) => event);

  function onDay(
    did: 'raised' | 'resolved' | 'closed',
    time: string | undefined,
  ): { at: Instant; order: Instant; event: LifeEvent }[] {
    if (time === undefined) return [];
    const at = toInstant(time, zone);
    // An end that is known to the day only comes after what else happened on that day.
    return [
      { at, order: isDate(time) && did !== 'raised' ? endOfDay(time, zone) : at, event: { did, day: toDay(at, zone) } },
    ];
  }
}
