import { endOfDay, type Instant, toInstant } from '../model/time.ts';
import type { Defect } from '../model/defect.ts';
import { assignmentOf } from './assignment.ts';
import type { Catalog } from './catalog.ts';
import { environmentsFor, environmentName } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { defectOf, unknownBecause, unreadReleases } from './lookup.ts';
import { standingOf } from './standing.ts';
import { ownDue } from './step-deadlines.ts';
import { ifVersionsChange } from './step-words.ts';
import { type StepState, stepsOf } from './steps.ts';

/**
 * Something that has to be so before a defect or release can go on: whether it is, since when, what is missing, and by
 * when it has to be, or the day on which it can be next.
 */
export type Gate = { gate: string; isMet: boolean; at?: Instant; note?: string; due?: Instant; day?: string };

/** The gate of a defect that nobody outside may know of where assignments are confidential. */
export const nameOfAssignment = 'Assigned to a team';

/** The gates of a release in the order of its steps. */
export function gatesOfRelease(catalog: Catalog, release: ReleaseHistory): Gate[] {
  return stepsOf(catalog, release).map(gateOf);
}

function gateOf(state: StepState): Gate {
  const { name, isMet, since, due } = state;
  const note = noteOf(state);
  return { gate: name, isMet, ...(since ? { at: since } : {}), ...(note ? { note } : {}), ...(due ? { due } : {}) };
}

function noteOf({ name, again, isPast, reason }: StepState): string | undefined {
  if (again) return `${again === name ? 'needed again' : 'an erratum is needed'} ${ifVersionsChange}`;
  return isPast ? (reason ?? 'it can no longer be done') : reason;
}

/**
 * The gates of a defect on its way to the participants: of the release that holds it, and before that of the register.
 */
export function gatesOfDefect(catalog: Catalog, id: string): { release?: ReleaseHistory; gates: Gate[] } {
  const defect = defectOf(catalog, id);
  const { zone } = catalog.policy.programme;
  const { kind, release } = standingOf(catalog, id);
  // What is settled without a release goes nowhere.
  if (kind === 'settled') return { gates: [] };
  const raised: Gate[] = defect
    ? [{ gate: 'Raised', isMet: true, at: toInstant(defect.tracker.raised, zone) }, assignedGate(catalog, defect)]
    : [];
  if (release && kind !== 'withdrawn' && kind !== 'unplanned')
    return { release, gates: [...raised, ...gatesOfItem(catalog, release, id)] };
  const next = kind === 'unknown' ? undefined : nextOpenSlot(catalog);
  const note = whyInNone(catalog, id, release);
  return {
    ...(release ? { release } : {}),
    gates: [...raised, { gate: 'Proposed for a release', isMet: false, note, ...(next ? { day: next } : {}) }],
  };
}

function assignedGate(catalog: Catalog, defect: Defect): Gate {
  const { isTaken, taken, due } = assignmentOf(defect, catalog);
  const gate = nameOfAssignment;
  return isTaken ? { gate, isMet: true, ...(taken ? { at: taken } : {}) } : { gate, isMet: false, due };
}

function whyInNone(catalog: Catalog, item: string, release: ReleaseHistory | undefined): string {
  const line = release?.now.withdrawn[item]?.line;
  const unread = unreadReleases(catalog);
  if (line) {
    const target = line.target === 'none' ? 'no new target' : `promised for ${line.target}`;
    return `withdrawn from ${release.id}: ${line.reason}; ${target}`;
  }
  if (release) return `${release.id} is closed and does not bring it`;
  return unread.length > 0
    ? `whether a release has proposed it is ${unknownBecause(unread)}`
    : 'no release has proposed it';
}

/** What is true of the item by itself comes first; what the release decides as a whole follows. */
function gatesOfItem(catalog: Catalog, release: ReleaseHistory, id: string): Gate[] {
  const { now } = release;
  const market = environmentsFor(release.policy, 'market');
  const shared = stepsOf(catalog, release).filter(
    ({ step: { did, target = '' } }) =>
      ['review', 'request', 'approve', 'publish'].includes(did) || market.includes(target),
  );
  return [
    { gate: `Proposed for ${release.id}`, isMet: true, ...since(release, ({ live }) => live.includes(id)) },
    {
      gate: `Committed to ${release.id}`,
      isMet: now.bundle.includes(id),
      ...since(release, ({ bundle }) => bundle.includes(id)),
    },
    { gate: 'Delivered', isMet: now.contents.includes(id), ...since(release, ({ contents }) => contents.includes(id)) },
    ...environmentsFor(release.policy, 'proving').map((environment) => provedIn(catalog, release, id, environment)),
    ...shared.map(gateOf),
  ];
}

function provedIn({ policy }: Catalog, release: ReleaseHistory, id: string, environment: string): Gate {
  const result = release.now.results[environment]?.[id];
  const gate = `Passed in ${environmentName(policy, environment)}`;
  if (release.now.proved.includes(id)) return { gate, isMet: true, ...(result ? { at: result.entry.at } : {}) };
  const failed = result?.outcome === 'failed' ? 'its last test failed' : undefined;
  const note = failed ?? (result ? 'a newer version arrived since its last test' : undefined);
  const due = ownDue(release, { did: 'test', target: environment }, policy);
  return { gate, isMet: false, ...(note ? { note } : {}), ...(due ? { due } : {}) };
}

/** Since when something holds without a break. */
function since(release: ReleaseHistory, holds: (snapshot: ReleaseHistory['now']) => boolean): { at?: Instant } {
  const last = release.after.findLastIndex((snapshot) => !holds(snapshot));
  const entry = release.entries[last + 1];
  return entry ? { at: entry.counts } : {};
}

/**
 * The day of the first slot that something proposed now can still reach: its provisional note is not yet due, or where
 * none is asked for, its day is not over.
 */
export function nextOpenSlot({ slots, asOf, policy }: Catalog): string | undefined {
  return slots.find(
    ({ outcome, deadlines, day }) =>
      (outcome === 'open' || outcome === 'planned') &&
      (deadlines.provisional ?? endOfDay(day, policy.programme.zone)) > asOf,
  )?.day;
}
