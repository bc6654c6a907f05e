import { unreadReleases } from '../../derive/lookup.ts';
import { promisesOf } from '../../derive/promises.ts';
import { accountableFor } from '../../derive/roles.ts';
import { at, defineRule } from '../rule.ts';

export const promisedItemIsTakenUp = defineRule({
  id: 'promised-item-is-taken-up',
  obligations: ['C-074'],
  summary:
    'An item that was withdrawn with a slot as its target is in a release of that slot, or meant for another one.',
  since: 2,
  *check(catalog) {
    // A release that cannot be read may have it.
    if (unreadReleases(catalog).length > 0) return;
    for (const { item, release, entry, slot, due } of promisesOf(catalog)) {
      if (catalog.asOf < due) continue;
      yield {
        at: at(release.record, 'log', entry.index, 'target'),
        message: `${item} was promised for ${slot}, and no release of that slot had it.`,
        hint: 'Propose it for a release, or withdraw it again with the slot that it is meant for now, or with "none".',
        level: 'warning',
        when: due,
        release: release.id,
        item,
      };
    }
  },
  *owes(catalog) {
    if (unreadReleases(catalog).length > 0) return;
    for (const { item, release, slot, due } of promisesOf(catalog))
      yield {
        what: `${item}, promised for ${slot} when ${release.id} let it go: a release of that slot, or another target`,
        roles: accountableFor(catalog.policy, 'propose'),
        due,
        release: release.id,
        item,
      };
  },
});
