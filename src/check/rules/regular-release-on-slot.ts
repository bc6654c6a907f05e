import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { closedOn } from '../../derive/slot-decisions.ts';
import { isSlotOf, policyOn, slotDays, slotRuleOf } from '../../derive/slot-days.ts';
import { slotOf, takesPlaceOn } from '../../derive/slots.ts';
import type { SlotDays } from '../../model/schedule.ts';
import { capital, inSeries } from '../../model/wording.ts';
import { toDay, toInstant } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const regularReleaseOnSlot = defineRule({
  id: 'regular-release-on-slot',
  obligations: ['C-064', 'C-075', 'C-100', 'C-115', 'C-120'],
  summary: 'A release that uses a slot aims at a slot of the schedule and is first deployed on its day.',
  *check(catalog) {
    const { policy, periods } = catalog;
    const daysOf = new Map(
      policy.programme.phases.map((phase) => [phase.id, { phase, days: slotDays(phase, periods) }]),
    );
    for (const release of catalog.releases) {
      if (!release.type.usesSlot) continue;
      const misses = [...misaimed(release, daysOf.get(release.record.phase), periods)];
      yield* misses;
      const slot = misses.length > 0 ? undefined : slotOf(release, policy);
      if (slot) yield* closedTo(release, slot.day, policy);
      if (slot) yield* offSlot(release, slot, policy);
    }
  },
});

type Days = { phase: Catalog['policy']['programme']['phases'][number]; days: string[] };

/** It names no slot, or a day that is none. */
function* misaimed(
  { record, policy, id: release }: ReleaseHistory,
  known: Days | undefined,
  periods: Catalog['periods'],
): Generator<RuleFinding> {
  const { slot } = record;
  const rule = slotRuleOf(policy, record.phase);
  if (!rule) {
    yield {
      at: at(record, slot === undefined ? 'type' : 'slot'),
      message: `A ${record.type} release has a slot, and the schedule has none for ${record.phase}.`,
      hint: 'Add "slot" to schedule.yaml with the day of the week, or write usesSlot: false for the type in programme.yaml.',
      release,
    };
    return;
  }
  if (slot === undefined) {
    yield {
      at: at(record, 'type'),
      message: `A ${record.type} release has a slot, and none is named.`,
      hint: `Add "slot" with a ${inWords(rule.days)} of the phase.`,
      release,
    };
    return;
  }
  // What was agreed by one version of the plan stays a slot when the next one moves the others.
  if (!known || known.days.includes(slot) || isSlotOf(policy, known.phase, slot, periods)) return;
  const { phase, days } = known;
  const next = days.find((day) => day > slot);
  const reason = whyNot(slot, phase, days, slotRuleOf(policyOn(slot, periods), record.phase) ?? rule);
  yield {
    at: at(record, 'slot'),
    message: `${slot} is not a slot of the phase: ${reason}.`,
    hint: `The ${next ? 'next' : 'last'} one is ${next ?? days.at(-1)}; a moved slot keeps its own day here and is moved in schedule.yaml.`,
    release,
  };
}

/** A slot that is still to come is in a time in which nothing of its type is deployed. */
function* closedTo(release: ReleaseHistory, day: string, policy: Catalog['policy']): Generator<RuleFinding> {
  const { record, now, id } = release;
  const found = closedOn(day, policy, record.type);
  if (!found || now.live.length === 0 || firstMarketDeployment(release, policy)) return;
  yield {
    at: at(record, 'slot'),
    message: `${day} is in a closed period: ${found.period.reason}.`,
    hint: 'Aim at another slot, or withdraw the items with a target.',
    related: [{ at: at({ file: 'schedule.yaml' }, 'closed', found.index, 'from'), message: 'the closed period' }],
    since: 2,
    release: id,
  };
}

function* offSlot(
  release: ReleaseHistory,
  { day, time }: { day: string; time: string | undefined },
  policy: Catalog['policy'],
): Generator<RuleFinding> {
  const first = firstMarketDeployment(release, policy);
  if (!first) return;
  const { zone } = policy.programme;
  const place = at(release.record, 'log', first.index, 'at');
  const shared = { at: place, obligation: 'C-075', when: first.at, release: release.id };
  const isOnDay = toDay(first.at, zone) === day;
  if (isOnDay && time !== undefined && first.at < toInstant(`${day}T${time}`, zone))
    yield {
      ...shared,
      message: `The first deployment started before ${time}, the hour of the slot.`,
      hint: 'Deploy at the hour of the slot or later.',
    };
  if (takesPlaceOn(release, first, day)) return;
  yield {
    ...shared,
    message: `The first deployment is on ${toDay(first.at, zone)}, and the slot is ${day}.`,
    hint: 'Deploy on the day of the slot, or record the move with its reason under "slots" in schedule.yaml.',
  };
}

/** A day of the right name may be outside of the phase, or in a week without a slot. */
function whyNot(
  slot: string,
  phase: Catalog['policy']['programme']['phases'][number] | undefined,
  slots: readonly string[],
  { days, every }: SlotDays,
): string {
  if (phase && slot > phase.to) return `${phase.name} ended on ${phase.to}`;
  if (phase && slot < phase.from) return `${phase.name} begins on ${phase.from}`;
  if (every === 1) return `slots are on a ${inWords(days)}`;
  return `slots are on a ${inWords(days)} every ${every} weeks, from ${slots[0] ?? 'its first day'} on`;
}

function inWords(days: readonly string[]): string {
  return inSeries(days.map(capital), 'or');
}
