import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { windowOf } from '../../derive/step-deadlines.ts';
import { effectiveDay, isSlotOf, policyOn, slotDays } from '../../derive/slots.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const regularReleaseOnSlot = defineRule({
  id: 'regular-release-on-slot',
  obligations: ['C-064', 'C-075', 'C-100', 'C-115', 'C-120'],
  summary: 'A release that uses a slot aims at a slot of the schedule and is first deployed on its day.',
  *check({ releases, policy, periods }) {
    const { programme } = policy;
    const daysOf = new Map(programme.phases.map((phase) => [phase.id, { phase, slots: slotDays(phase, periods) }]));
    for (const history of releases) {
      const { record, type, id: release } = history;
      if (!type.usesSlot) continue;
      const { slot } = record;
      if (slot === undefined) {
        yield {
          at: at(record, 'type'),
          message: `A ${record.type} release has a slot, and none is named.`,
          hint: `Add "slot" with a ${inWords(history.policy.schedule.slot.day)} of the phase.`,
          release,
        };
        continue;
      }
      const { phase, slots: days } = daysOf.get(record.phase) ?? { slots: [slot] };
      // What was agreed by one version of the plan stays a slot when the next one moves the others.
      if (phase && !days.includes(slot) && !isSlotOf(history.policy, phase, slot, periods)) {
        const next = days.find((day) => day > slot);
        yield {
          at: at(record, 'slot'),
          message: `${slot} is not a slot of the phase: ${whyNot(slot, phase, policyOn(slot, periods).schedule.slot)}.`,
          hint: `The ${next ? 'next' : 'last'} one is ${next ?? days.at(-1)}; a moved slot keeps its own day here and is moved in schedule.yaml.`,
          release,
        };
        continue;
      }
      const first = firstMarketDeployment(history, policy);
      const day = effectiveDay(slot, policy);
      if (!first || toDay(first.at, programme.zone) === day || isInWindowOf(day, history, first)) continue;
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

/** A window that begins on the day of the slot may go on over midnight. */
function isInWindowOf(day: string, release: ReleaseHistory, first: Entry<'deploy'>): boolean {
  const { policy } = release;
  const window = windowOf({ now: snapshotBefore(release, first.at) }, policy);
  return (
    window !== undefined &&
    toDay(window.from, policy.programme.zone) === day &&
    first.at >= window.from &&
    first.at < window.until
  );
}

/** A day of the right name may be outside of the phase, or in a week without a slot. */
function whyNot(
  slot: string,
  phase: Catalog['policy']['programme']['phases'][number] | undefined,
  { day, every }: Catalog['policy']['schedule']['slot'],
): string {
  if (phase && slot > phase.to) return `${phase.name} ended on ${phase.to}`;
  if (phase && slot < phase.from) return `${phase.name} begins on ${phase.from}`;
  return every === 1 ? `slots are on a ${inWords(day)}` : `slots are on a ${inWords(day)}, every ${every} weeks`;
}

function inWords(weekday: string): string {
  return weekday.charAt(0).toUpperCase() + weekday.slice(1);
}
