import type { Catalog } from '../../derive/catalog.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { hasStartedAfter } from '../../derive/deployment.ts';
import { unreadReleases } from '../../derive/lookup.ts';
import { accountableFor } from '../../derive/roles.ts';
import { policyOn } from '../../derive/slot-days.ts';
import { addDays, endOfDay, toDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const noSilentSlot = defineRule({
  id: 'no-silent-slot',
  obligations: ['C-066'],
  summary: 'Every past slot of a phase ended with a release, or is recorded as none or moved with its reason.',
  *check(catalog) {
    const { releases, slots, policy } = catalog;
    const { zone } = policy.programme;
    const schedule = { file: 'schedule.yaml' };
    const firsts = releases
      .filter(({ type }) => type.usesSlot)
      .flatMap((release) => {
        const first = firstMarketDeployment(release, policy);
        return first ? [{ when: first.at, phase: release.record.phase }] : [];
      });
    const latest = firsts.reduce((last, { when }) => (when > last ? when : last), '');
    const isUsed = (day: string, phase: string) =>
      firsts.some((first) => first.phase === phase && toDay(first.when, zone) === day);
    for (const { date, day, phase, outcome, releases: aiming, exception } of slots) {
      if (exception !== undefined && policy.schedule.slots[exception]?.none && outcome === 'released') {
        yield {
          at: at(schedule, 'slots', exception, 'none'),
          message: `The slot of ${date} is recorded as having no release, and ${aiming.join(', ')} was deployed.`,
          hint: 'Remove the entry, or correct the slot of the release.',
        };
      }
      const held = releases.filter(({ id, now }) => aiming.includes(id) && now.live.length > 0);
      if (exception !== undefined && outcome === 'none' && held[0])
        yield {
          at: at(schedule, 'slots', exception, 'none'),
          message: `The slot of ${date} is recorded as having no release, and ${held.map(({ id }) => id).join(', ')} still ${held.length === 1 ? 'has' : 'have'} items for it.`,
          hint: 'Withdraw the items with a target, or remove the entry.',
          release: held[0].id,
          since: 2,
        };
      if (outcome !== 'missed') continue;
      const own = releases.filter(({ id }) => aiming.includes(id));
      // Deployed on another day, or on this day for another slot: that is a finding of the release. One that cannot be
      // read may be the one.
      const isTaken = own.some((release) => hasStartedAfter(release, '', catalog)) || isUsed(day, phase);
      if (isTaken || (own.length === 0 && unreadReleases(catalog).length > 0)) continue;
      const due = endOfDay(day, zone);
      const entry = exception ?? -1;
      const place =
        entry !== -1
          ? at(schedule, 'slots', entry, 'movedTo')
          : own[0]
            ? at(own[0].record, 'slot')
            : at(schedule, 'slots');
      const decision =
        entry === -1
          ? `Add {date: ${date}, ${isShared(slots, date) ? `phase: ${phase}, ` : ''}none: true, reason: …, by: …, at: …} under "slots" in schedule.yaml`
          : 'Write "none: true" in place of "movedTo", with its reason';
      yield {
        at: place,
        message: `The ${policy.programme.terms.slot} of ${date} passed, and nothing says what became of it.`,
        hint: `${decision}${own[0] ? `, and withdraw the items of ${own[0].id} with a target` : ''}.`,
        ...(latest >= due ? {} : { level: 'overdue' as const }),
        when: due,
        ...(own[0] ? { release: own[0].id } : {}),
      };
    }
  },
  *owes(catalog) {
    const { slots, policy, periods, asOf } = catalog;
    const { zone } = policy.programme;
    const next = slots.find(({ outcome, day }) => outcome === 'open' && endOfDay(day, zone) > asOf);
    const isUnknown = unreadReleases(catalog).length > 0;
    for (const slot of slots.filter((candidate) => candidate.outcome === 'missed' || candidate === next)) {
      // A release that cannot be read may aim at it.
      if (isUnknown && slot.releases.length === 0) continue;
      yield {
        what: `Decision on the ${policy.programme.terms.slot} of ${slot.date}${isShared(slots, slot.date) ? ` in ${slot.phase}` : ''}: a release, or none with its reason`,
        roles: accountableFor(policy, 'propose'),
        due: endOfDay(addDays(slot.day, policyOn(slot.date, periods).programme.limits.slotDays), zone),
      };
    }
  },
});

/** True for a day on which several phases have a slot. */
function isShared(slots: Catalog['slots'], day: string): boolean {
  return slots.filter(({ date }) => date === day).length > 1;
}
