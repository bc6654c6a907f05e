import { environmentsFor } from './environments.ts';
import { firstMarketDeployment } from './market.ts';
import { weekdays } from '../model/primitives.ts';
import { addDays, daysBetween, endOfDay, type Instant, toDay, toInstant, weekdayOf } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { ReleaseHistory } from './history.ts';

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

/** Every slot of every phase from the day after its baseline is complete. */
export function slotsOf(releases: ReleaseHistory[], policy: Policy, asOf: Instant): Slot[] {
  const { programme, schedule } = policy;
  return programme.phases.flatMap((phase) => {
    const baseline = releases.find(({ kind, record }) => kind === 'baseline' && record.phase === phase.id);
    const complete = baseline && completedAt(baseline, policy);
    if (!complete) return [];
    const first = toDay(complete, programme.zone);
    return slotDays(phase.from, phase.to, schedule.slot.every, weekdays.indexOf(schedule.slot.day))
      .filter((date) => date > first)
      .map((date) => slotOn(date, phase.id, releases, policy, asOf));
  });
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

/** The days of the slots from one day to another. */
export function slotDays(from: string, to: string, every: number, weekday: number): string[] {
  const first = addDays(from, (weekday - weekdayOf(from) + 7) % 7);
  const days: string[] = [];
  for (let day = first; day <= to; day = addDays(day, 7 * every)) days.push(day);
  return days;
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
    deadlines: deadlinesOf(date, policy),
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
