import { weekdays } from '../model/primitives.ts';
import type { Phase } from '../model/programme.ts';
import type { SlotDays } from '../model/schedule.ts';
import { addDays, daysBetween, toInstant, weekdayOf } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import { periodAt, type PolicyPeriod } from './policy-at.ts';

/** On which days a phase has its slots, by one version of the plan; nothing where releases come on any day. */
export function slotRuleOf({ schedule }: Policy, phase: string): SlotDays | undefined {
  return schedule.slotsOfPhases[phase] ?? schedule.slot;
}

/**
 * The days of the slots of a phase, each by the policy that is in force when the day begins. Weeks are counted from the
 * day from which the slots hold: the one they name, else that of their version of the plan, else the first day of the
 * first phase that has them.
 */
export function slotDays(phase: Pick<Phase, 'id' | 'from' | 'to'>, periods: readonly PolicyPeriod[]): string[] {
  const days: string[] = [];
  let first: string | undefined;
  let entry: number | undefined;
  for (let day = firstDayOfSlots(phase, periods); day <= phase.to; day = addDays(day, 1)) {
    const rule = slotRuleOf(policyOn(day, periods), phase.id);
    if (rule?.entry !== entry) first = rule?.first;
    entry = rule?.entry;
    if (!rule || day < (rule.first ?? day) || !rule.days.includes(weekdayNameOf(day))) continue;
    first ??= day;
    if (daysBetween(mondayBefore(first), mondayBefore(day)) % (7 * rule.every) === 0 && day >= phase.from)
      days.push(day);
  }
  return days;
}

/** Phases that share slots share their weeks; a phase with slots of its own counts from its own first day. */
function firstDayOfSlots({ id, from }: Pick<Phase, 'id' | 'from'>, periods: readonly PolicyPeriod[]): string {
  const policies = periods.map(({ policy }) => policy);
  const hasOwn = (phase: string) => policies.some(({ schedule }) => schedule.slotsOfPhases[phase]);
  if (hasOwn(id)) return from;
  const shared = (policies[0] as Policy).programme.phases.filter((phase) => !hasOwn(phase.id));
  return shared.reduce((first, phase) => (phase.from < first ? phase.from : first), from);
}

function weekdayNameOf(day: string): (typeof weekdays)[number] {
  return weekdays[weekdayOf(day)] as (typeof weekdays)[number];
}

function mondayBefore(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** True for a day that is a slot of a phase as long as a policy holds and no later one does. */
export function isSlotOf(
  policy: Policy,
  phase: Pick<Phase, 'id' | 'from' | 'to'>,
  day: string,
  periods: readonly PolicyPeriod[],
): boolean {
  const last = periods.findLastIndex((period) => period.policy.places === policy.places);
  return slotDays(phase, periods.slice(0, last + 1)).includes(day);
}

/** The policy that is in force when a day begins. */
export function policyOn(day: string, periods: readonly PolicyPeriod[]): Policy {
  return periodAt(periods, toInstant(day, (periods[0] as PolicyPeriod).policy.programme.zone)).policy;
}
