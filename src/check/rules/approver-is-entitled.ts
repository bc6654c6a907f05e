import { actsAs } from '../../derive/actors.ts';
import { entriesOf } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { accountableFor } from '../../derive/roles.ts';
import { nameIn } from '../../model/labelled.ts';
import { delegationThatMisses } from '../delegation-that-misses.ts';
import { at, defineRule } from '../rule.ts';

export const approverIsEntitled = defineRule({
  id: 'approver-is-entitled',
  obligations: ['C-044', 'C-045'],
  summary:
    'An approval is given by the holder of the approving role at that moment, or by a valid delegate, and by nobody else.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'approve')) {
        const roles = accountableFor(policyAt(catalog, entry.at), 'approve');
        const others = entry.actors.filter((actor) => !actsAs(actor, roles));
        if (roles.length === 0 || others.length === 0) continue;
        const isAlone = others.length === entry.actors.length;
        const missed = delegationThatMisses(entry, roles, catalog);
        const names = roles.map((role) => nameIn(catalog.policy.raci.roles, role));
        yield {
          at: at(release.record, 'log', entry.index, 'by'),
          ...(isAlone ? {} : { since: 2 }),
          message: `"${others.map(({ id }) => id).join(', ')}" was neither ${names.join(' nor ')} nor a delegate for approvals at this moment.`,
          obligation: missed ? 'C-045' : 'C-044',
          hint: 'Have the holder of the role approve it, or record the delegation in people.yaml.',
          // A delegation that exists and does not fit says more than that there is none.
          ...missed,
          when: entry.at,
          release: release.id,
        };
      }
    }
  },
});
