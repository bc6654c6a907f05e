import { entriesOf } from '../../derive/history.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { slotOf } from '../../derive/slots.ts';
import { toDay, toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const windowIsOnTheSlot = defineRule({
  id: 'window-is-on-the-slot',
  obligations: ['C-127'],
  summary: 'The window that is requested for the first deployment of a release on a slot is on the day of that slot.',
  since: 2,
  *check({ releases, policy }) {
    const { zone } = policy.programme;
    for (const release of releases) {
      const slot = release.type.usesSlot ? slotOf(release, policy) : undefined;
      const first = firstMarketDeployment(release, policy);
      // A window that another request took the place of was given up, as when a slot moves.
      const asked = entriesOf(release, 'request').findLast((entry) => !first || entry.at <= first.at);
      if (!slot || !asked) continue;
      const { line, index, at: when } = asked;
      const day = toDay(toInstant(line.from, zone), zone);
      // A deployment on the day of such a window is a finding itself, and says enough.
      if (day === slot.day || (first && toDay(first.at, zone) === day)) continue;
      const moved = policy.schedule.slots.findIndex(({ date, movedTo }) => date === slot.date && movedTo);
      yield {
        at: at(release.record, 'log', index, 'from'),
        message: `The window is on ${day}, and the slot of ${release.id} is ${slot.day}.`,
        hint: 'Request a window on the day of the slot, or record that the slot moved under "slots" in schedule.yaml.',
        related: [
          moved === -1
            ? { at: at(release.record, 'slot'), message: 'the slot' }
            : { at: at({ file: 'schedule.yaml' }, 'slots', moved, 'movedTo'), message: 'the day it moved to' },
        ],
        when,
        release: release.id,
      };
    }
  },
});
