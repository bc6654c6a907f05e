import type { Catalog } from '../../derive/catalog.ts';
import { dutiesOf } from '../../check/duties.ts';
import { defectIsAssigned } from '../../check/rules/defect-is-assigned.ts';
import { type Duty, dutyInWords, isOverdue } from '../../check/duty.ts';
import { type Gate, gatesOfDefect, gatesOfRelease, nameOfAssignment } from '../../derive/gates.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { publicNames } from '../../derive/names.ts';
import { hidesAssignment } from './findings.ts';
import { nextReleaseFor, questionOf } from './next-release.ts';
import { marketsIn } from './programme.ts';
import { type Reference, referenceTo } from './reference.ts';

/** Something owed, by roles and parties and never by name. */
export type PublicDuty = {
  what: string;
  roles: string[];
  due?: Time | undefined;
  isOverdue: boolean;
  /** It belongs to an emergency and comes before all else. */
  isUrgent: boolean;
  /** What is owed cannot be known, because a file cannot be read. */
  isUnknown: boolean;
  release?: Reference | undefined;
};

/** Something that has to be so before a release or defect can go on. */
export type PublicGate = {
  gate: string;
  isMet: boolean;
  at?: Time | undefined;
  note?: string | undefined;
  due?: Time | undefined;
  isOverdue: boolean;
  day?: string | undefined;
};

/** A defect's gates, and the release whose gates they are. */
export type PublicPath = { release?: string | undefined; gates: PublicGate[]; question?: string };

/** What is owed: emergencies first, then what is overdue, then the soonest. */
export function projectDuties(catalog: Catalog): PublicDuty[] {
  // Where nobody outside may know whether a defect is assigned, its duty stays inside.
  const isPublic = ({ rule }: Duty) => rule !== defectIsAssigned.id || !hidesAssignment(catalog);
  return dutiesOf(catalog)
    .filter(isPublic)
    .map((duty) => publicDuty(catalog, duty));
}

/** The gates of a release on its way; none once it is complete, or closed. */
export function projectGates(catalog: Catalog, release: ReleaseHistory): PublicGate[] {
  if (release.state === 'complete' || release.state === 'closed') return [];
  return gatesOfRelease(catalog, release).map((gate) => publicGate(catalog, gate));
}

/** The gates of a defect; none for one that is settled and that no release ever took. */
export function projectPath(catalog: Catalog, defect: Catalog['defects'][number]): PublicPath {
  const { release, gates: known } = gatesOfDefect(catalog, defect.id);
  const isHidden = hidesAssignment(catalog);
  const gates = known.filter(({ gate }) => !isHidden || gate !== nameOfAssignment);
  return {
    release: release?.id,
    gates: gates.map((gate) => publicGate(catalog, gate)),
    ...(gates.length > 0
      ? { question: questionOf(nextReleaseFor(catalog, defect.id), gates, marketsIn(catalog)) }
      : {}),
  };
}

function publicDuty(catalog: Catalog, duty: Duty): PublicDuty {
  const { roles, due, release } = duty;
  return {
    what: dutyInWords(duty),
    roles: publicNames(catalog, roles),
    due: timeOf(due, catalog.policy.programme.zone),
    isOverdue: isOverdue(duty, catalog.asOf),
    isUrgent: duty.isUrgent ?? false,
    isUnknown: duty.isUnknown ?? false,
    release: release === undefined ? undefined : referenceTo(catalog, 'release', release),
  };
}

function publicGate(catalog: Catalog, { gate, isMet, at, note, due, day }: Gate): PublicGate {
  const { zone } = catalog.policy.programme;
  return {
    gate,
    isMet,
    at: timeOf(at, zone),
    note,
    due: timeOf(due, zone),
    isOverdue: !isMet && due !== undefined && due <= catalog.asOf,
    day,
  };
}
