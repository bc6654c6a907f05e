import { environmentsFor } from './environments.ts';
import { firstMarketDeployment } from './market.ts';
import { weekdays } from '../model/primitives.ts';
import { addDays, daysBetween, endOfDay, type Instant, toDay, toInstant, weekdayOf } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Entry } from './entry.ts';
import { type ReleaseHistory, snapshotBefore } from './history.ts';
import { periodAt, type PolicyPeriod } from './policy-at.ts';
import { compareText } from '../diagnostic.ts';
import { firstRecordedDay, type Phase } from '../model/programme.ts';
import type { Schedule } from '../model/schedule.ts';
import { closedOn, effectiveDay, exceptionOf } from './slot-decisions.ts';
import { windowOf } from './window.ts';
import { isSlotOf, policyOn, slotDays, slotRuleOf } from './slot-days.ts';

export const slotOutcomes = ['released', 'none', 'planned', 'open', 'missed'] as const;
export type SlotOutcome = (typeof slotOutcomes)[number];

/** One slot of the schedule: the plan's day, the day it takes place, its deadlines, and what became of it. */
export type Slot = {
  date: string;
  day: string;
  phase: string;
  /** The hour before which nothing is deployed. */
  time?: string;
  /** Why it moved or has no release. */
  reason?: string;
  /** The number of its exception in the schedule, where it has one. */
  exception?: number;
  /** The number of the closed period in which it has no release. */
  closed?: number;
  deadlines: Deadlines;
  outcome: SlotOutcome;
  /** The releases that aim at it. */
  releases: string[];
};

/** The deadlines of a slot as instants; half-open, so a deadline of a day ends at the next midnight. */
export type Deadlines = {
  provisional?: Instant | undefined;
  tested?: Instant | undefined;
  final?: Instant | undefined;
};

/**
 * Every slot of every phase from the day after its baseline is complete. A day is a slot by the policy of that day, and
 * where a release aims at it that was agreed by another one, by that.
 */
export function slotsOf(releases: ReleaseHistory[], periods: readonly PolicyPeriod[], asOf: Instant): Slot[] {
  const { programme } = periodAt(periods, asOf).policy;
  const slots = programme.phases.flatMap((phase) => {
    const last = lastDayWithoutSlot(phase, releases);
    if (last === undefined) return [];
    const ofPhase = releases.filter(({ type, record }) => type.usesSlot && record.phase === phase.id);
    const days = new Map(slotDays(phase, periods).map((date) => [date, policyOn(date, periods)]));
    for (const { record, policy } of ofPhase) {
      const { slot } = record;
      if (slot !== undefined && !days.has(slot) && isSlotOf(policy, phase, slot, periods)) days.set(slot, policy);
    }
    return [...days]
      .filter(([date]) => date > last)
      .map(([date, policy]) => slotOn(date, phase.id, ofPhase, policy, asOf));
  });
  return slots.sort((a, b) => compareText(a.date, b.date));
}

/**
 * The day on which the baseline of a phase is complete, none while it is not; where records begin in the middle and the
 * baseline is not among them, the day before.
 */
function lastDayWithoutSlot(phase: Phase, releases: ReleaseHistory[]): string | undefined {
  const baseline = releases.find(({ kind, record }) => kind === 'baseline' && record.phase === phase.id);
  if (!baseline) return phase.recordedFrom && addDays(firstRecordedDay(phase), -1);
  const complete = completedAt(baseline, baseline.policy);
  return complete && toDay(complete, baseline.policy.programme.zone);
}

/** The slot that a release aims at: the plan's day, the day it takes place, its hour, and why it moved. */
export function slotOf(
  { record: { slot, phase } }: Pick<ReleaseHistory, 'record'>,
  policy: Policy,
): { date: string; day: string; time: string | undefined; reason: string | undefined } | undefined {
  if (slot === undefined) return undefined;
  const exception = exceptionOf(slot, phase, policy)?.exception;
  const { time } = slotRuleOf(policy, phase) ?? {};
  return { date: slot, day: exception?.movedTo ?? slot, time, reason: exception?.reason };
}

/** The deadlines of a slot: they move with an earlier day and stay with a later one. */
export function deadlinesOf(date: string, phase: string | undefined, policy: Policy): Deadlines {
  const shift = Math.min(0, daysBetween(date, effectiveDay(date, phase, policy)));
  const { zone } = policy.programme;
  return Object.fromEntries(
    Object.entries(policy.schedule.deadlines).flatMap(([name, deadline]) => {
      if (!deadline) return [];
      const due = addDays(date, shift - daysBefore(date, deadline));
      return [[name, deadline.time ? toInstant(`${due}T${deadline.time}`, zone) : endOfDay(due, zone)]];
    }),
  );
}

function daysBefore(date: string, deadline: NonNullable<Schedule['deadlines'][keyof Schedule['deadlines']]>): number {
  if ('daysBefore' in deadline) return deadline.daysBefore;
  return ((weekdayOf(date) - weekdays.indexOf(deadline.day) + 7) % 7 || 7) + 7 * (deadline.weeks ?? 0);
}

/** When a release was completed: its last passed test in a market-facing environment, once it is complete. */
export function completedAt(release: ReleaseHistory, policy: Policy): Instant | undefined {
  if (release.state !== 'complete') return undefined;
  const market = environmentsFor(policy, 'market');
  return release.entries.findLast(
    ({ line }) => line.did === 'test' && market.includes(line.in) && line.outcome === 'passed',
  )?.counts;
}

/** True for a deployment on a day, and in a window that begins on it and goes on over midnight. */
export function takesPlaceOn(release: ReleaseHistory, { at }: Entry<'deploy'>, day: string): boolean {
  const { zone } = release.policy.programme;
  if (toDay(at, zone) === day) return true;
  const window = windowOf({ now: snapshotBefore(release, at) }, release.policy);
  return window !== undefined && toDay(window.from, zone) === day && at >= window.from && at < window.until;
}

/** One slot of a phase; only the releases of that phase aim at it. */
function slotOn(date: string, phase: string, releases: ReleaseHistory[], policy: Policy, asOf: Instant): Slot {
  const { programme } = policy;
  const given = exceptionOf(date, phase, policy);
  const day = given?.exception.movedTo ?? date;
  const aiming = releases.filter(({ record }) => record.slot === date);
  const over = closedOn(day, policy);
  const closed = over && aiming.every(({ record }) => closedOn(day, policy, record.type)) ? over : undefined;
  const reason = given?.exception.reason ?? closed?.period.reason;
  const { time } = slotRuleOf(policy, phase) ?? {};
  const slot = {
    date,
    day,
    phase,
    ...(time === undefined ? {} : { time }),
    ...(reason === undefined ? {} : { reason }),
    ...(given ? { exception: given.index } : {}),
    ...(closed ? { closed: closed.index } : {}),
    deadlines: deadlinesOf(date, phase, aiming[0]?.policy ?? policy),
    releases: aiming.map(({ id }) => id),
  };
  const isReleased = aiming.some((release) => {
    const deployment = firstMarketDeployment(release, policy);
    return deployment !== undefined && takesPlaceOn(release, deployment, day);
  });
  if (isReleased) return { ...slot, outcome: 'released' };
  if (given?.exception.none || closed) return { ...slot, outcome: 'none' };
  if (asOf >= endOfDay(addDays(day, programme.limits.slotDays), programme.zone)) return { ...slot, outcome: 'missed' };
  return { ...slot, outcome: aiming.some(({ now }) => now.live.length > 0) ? 'planned' : 'open' };
}
