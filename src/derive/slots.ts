import { environmentsFor } from './environments.ts';
import { firstMarketDeployment } from './market.ts';
import { weekdays } from '../model/primitives.ts';
import { addDays, daysBetween, endOfDay, type Instant, toDay, toInstant, weekdayOf } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { ReleaseHistory } from './history.ts';
import { periodAt, type PolicyPeriod } from './policy-at.ts';
import { compareText } from '../diagnostic.ts';
import { firstRecordedDay, type Phase } from '../model/programme.ts';

export const slotOutcomes = ['released', 'none', 'planned', 'open', 'missed'] as const;
export type SlotOutcome = (typeof slotOutcomes)[number];

/** One slot of the schedule: the plan's day, the day it takes place, its deadlines, and what became of it. */
export type Slot = {
  date: string;
  day: string;
  phase: string;
  /** Why it moved or has no release. */
  reason?: string;
  /** The number of its exception in the schedule, where it has one. */
  exception?: number;
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
  return programme.phases.flatMap((phase) => {
    const last = lastDayWithoutSlot(phase, releases);
    if (last === undefined) return [];
    const aiming = releases.filter(({ record, type }) => type.usesSlot && record.phase === phase.id);
    const days = new Map(slotDays(phase, periods).map((date) => [date, policyOn(date, periods)]));
    for (const { record, policy } of aiming) {
      const { slot } = record;
      if (slot !== undefined && !days.has(slot) && isSlotOf(policy, phase, slot, periods)) days.set(slot, policy);
    }
    return [...days]
      .filter(([date]) => date > last)
      .sort(([a], [b]) => compareText(a, b))
      .map(([date, policy]) => slotOn(date, phase.id, releases, policy, asOf));
  });
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

/**
 * The days of the slots of a phase, each by the policy that is in force when the day begins. Weeks are counted from the
 * day from which a policy's slots hold.
 */
export function slotDays({ from, to }: Pick<Phase, 'from' | 'to'>, periods: readonly PolicyPeriod[]): string[] {
  const days: string[] = [];
  let first = '';
  let place: string | undefined;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { schedule, places } = policyOn(day, periods);
    const weekday = weekdays.indexOf(schedule.slot.day);
    if (place !== places.slot.join(' ')) first = addDays(day, (weekday - weekdayOf(day) + 7) % 7);
    place = places.slot.join(' ');
    if (day >= first && daysBetween(first, day) % (7 * schedule.slot.every) === 0) days.push(day);
  }
  return days;
}

/** True for a day that is a slot of a phase as long as a policy holds and no later one does. */
export function isSlotOf(
  policy: Policy,
  phase: Pick<Phase, 'from' | 'to'>,
  day: string,
  periods: readonly PolicyPeriod[],
): boolean {
  return slotDays(phase, periods.slice(0, periods.findLastIndex((period) => period.policy === policy) + 1)).includes(
    day,
  );
}

/** The policy that is in force when a day begins. */
export function policyOn(day: string, periods: readonly PolicyPeriod[]): Policy {
  return periodAt(periods, toInstant(day, (periods[0] as PolicyPeriod).policy.programme.zone)).policy;
}

/** The day a slot takes place: the one it moved to, or its own. */
export function effectiveDay(date: string, { schedule }: Policy): string {
  return schedule.slots.find((slot) => slot.date === date)?.movedTo ?? date;
}

/** The slot that a release aims at: the plan's day, the day it takes place, and why it moved. */
export function slotOf(
  { record: { slot } }: Pick<ReleaseHistory, 'record'>,
  policy: Policy,
): { date: string; day: string; reason: string | undefined } | undefined {
  if (slot === undefined) return undefined;
  const exception = policy.schedule.slots.find(({ date }) => date === slot);
  return { date: slot, day: effectiveDay(slot, policy), reason: exception?.reason };
}

/** The deadlines of a slot: they move with an earlier day and stay with a later one. */
export function deadlinesOf(date: string, policy: Policy): Deadlines {
  const shift = Math.min(0, daysBetween(date, effectiveDay(date, policy)));
  const { zone } = policy.programme;
  return Object.fromEntries(
    Object.entries(policy.schedule.deadlines).flatMap(([name, deadline]) => {
      if (!deadline) return [];
      const back = (weekdayOf(date) - weekdays.indexOf(deadline.day) + 7) % 7 || 7;
      const due = addDays(date, shift - back);
      return [[name, deadline.time ? toInstant(`${due}T${deadline.time}`, zone) : endOfDay(due, zone)]];
    }),
  );
}

/** When a release was completed: its last passed test in a market-facing environment, once it is complete. */
export function completedAt(release: ReleaseHistory, policy: Policy): Instant | undefined {
  if (release.state !== 'complete') return undefined;
  const market = environmentsFor(policy, 'market');
  return release.entries.findLast(
    ({ line }) => line.did === 'test' && market.includes(line.in) && line.outcome === 'passed',
  )?.counts;
}

function slotOn(date: string, phase: string, releases: ReleaseHistory[], policy: Policy, asOf: Instant): Slot {
  const { programme, schedule } = policy;
  const exception = schedule.slots.findIndex((slot) => slot.date === date);
  const given = schedule.slots[exception];
  const day = given?.movedTo ?? date;
  const aiming = releases.filter(({ record, type }) => type.usesSlot && record.slot === date);
  const slot = {
    date,
    day,
    phase,
    ...(given ? { reason: given.reason, exception } : {}),
    deadlines: deadlinesOf(date, aiming[0]?.policy ?? policy),
    releases: aiming.map(({ id }) => id),
  };
  const isReleased = aiming.some((release) => {
    const deployment = firstMarketDeployment(release, policy);
    return deployment !== undefined && toDay(deployment.at, programme.zone) === day;
  });
  if (isReleased) return { ...slot, outcome: 'released' };
  if (given?.none) return { ...slot, outcome: 'none' };
  if (asOf >= endOfDay(addDays(day, programme.limits.slotDays), programme.zone)) return { ...slot, outcome: 'missed' };
  return { ...slot, outcome: aiming.some(({ now }) => now.live.length > 0) ? 'planned' : 'open' };
}
