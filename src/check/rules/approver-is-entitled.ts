import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { accountableFor } from '../../derive/roles.ts';
import { toOffsetTime } from '../../model/time.ts';
import { nameIn } from '../../model/labelled.ts';
import { at, defineRule } from '../rule.ts';

export const approverIsEntitled = defineRule({
  id: 'approver-is-entitled',
  obligations: ['C-044', 'C-045'],
  summary: 'An approval is given by the holder of the approving role at that moment, or by a valid delegate.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'approve')) {
        const roles = accountableFor(policyAt(catalog, entry.at), 'approve');
        if (roles.length === 0 || entry.actors.some((actor) => actor.roles.some(({ role }) => roles.includes(role))))
          continue;
        const names = roles.map((role) => nameIn(catalog.policy.raci.roles, role));
        yield {
          at: at(release.record, 'log', entry.index, 'by'),
          message: `"${[entry.line.by].flat().join(', ')}" was neither ${names.join(' nor ')} nor a delegate for approvals at this moment.`,
          ...delegationHint(entry, roles, catalog),
          when: entry.at,
          release: release.id,
        };
      }
    }
  },
});

/** A delegation that exists and does not fit says more than that there is none. */
function delegationHint(
  entry: Entry<'approve'>,
  roles: string[],
  { policy, offices }: Catalog,
): { hint: string; obligation: string; related?: { at: ReturnType<typeof at>; message: string }[] } {
  const ids = [entry.line.by].flat();
  const index = policy.people.delegations.findIndex(({ person, role }) => ids.includes(person) && roles.includes(role));
  const delegation = offices.delegations[index];
  if (!delegation)
    return {
      hint: 'Have the holder of the role approve it, or record the delegation in people.yaml.',
      obligation: 'C-044',
    };
  const related = [{ at: at({ file: 'people.yaml' }, 'delegations', index), message: 'the delegation' }];
  const { zone } = policy.programme;
  const day = (instant: string) => toOffsetTime(instant, zone).slice(0, 16);
  if (!delegation.kinds.includes('approve'))
    return { hint: 'The delegation does not cover "approve".', obligation: 'C-045', related };
  if (entry.at < delegation.from || entry.at >= (delegation.until ?? '9'))
    return {
      hint: `The delegation holds from ${day(delegation.from)} up to ${day(delegation.until as string)}.`,
      obligation: 'C-045',
      related,
    };
  return {
    hint: `"${delegation.grantedBy}" did not hold the role when the delegation began; a delegate cannot delegate.`,
    obligation: 'C-045',
    related,
  };
}
