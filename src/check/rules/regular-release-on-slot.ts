import { firstMarketDeployment } from '../../derive/market.ts';
import { effectiveDay, slotDays } from '../../derive/slots.ts';
import { weekdays } from '../../model/primitives.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const regularReleaseOnSlot = defineRule({
  id: 'regular-release-on-slot',
  obligations: ['C-064', 'C-075', 'C-100', 'C-115', 'C-120'],
  summary: 'A release that uses a slot aims at a slot of the schedule and is first deployed on its day.',
  *check({ releases, policy }) {
    const { programme, schedule } = policy;
    const daysOf = new Map(
      programme.phases.map(({ id, from, to }) => [
        id,
        slotDays(from, to, schedule.slot.every, weekdays.indexOf(schedule.slot.day)),
      ]),
    );
    for (const { record, type, id: release, ...history } of releases) {
      if (!type.usesSlot) continue;
      const { slot } = record;
      if (slot === undefined) {
        yield {
          at: at(record, 'type'),
          message: `A ${record.type} release has a slot, and none is named.`,
          hint: `Add "slot" with a ${inWords(schedule.slot.day)} of the phase.`,
          release,
        };
        continue;
      }
      const days = daysOf.get(record.phase) ?? [slot];
      if (!days.includes(slot)) {
        const next = days.find((day) => day > slot);
        yield {
          at: at(record, 'slot'),
          message: `${slot} is not a slot of the phase: slots are on a ${inWords(schedule.slot.day)}.`,
          hint: `The ${next ? 'next' : 'last'} one is ${next ?? days.at(-1)}; a moved slot keeps its own day here and is moved in schedule.yaml.`,
          release,
        };
        continue;
      }
      const first = firstMarketDeployment({ record, type, id: release, ...history }, policy);
      const day = effectiveDay(slot, policy);
      if (!first || toDay(first.at, programme.zone) === day) continue;
      yield {
        at: at(record, 'log', first.index, 'at'),
        message: `The first deployment is on ${toDay(first.at, programme.zone)}, and the slot is ${day}.`,
        hint: 'Deploy on the day of the slot, or record the move with its reason under "slots" in schedule.yaml.',
        obligation: 'C-075',
        when: first.at,
        release,
      };
    }
  },
});

function inWords(weekday: string): string {
  return weekday.charAt(0).toUpperCase() + weekday.slice(1);
}
