import { holdsRole } from '../../derive/actors.ts';
import { lineKinds } from '../../model/log.ts';
import { nearest } from '../../validate/nearest.ts';
import { nameIn } from '../../model/labelled.ts';
import { at, defineRule } from '../rule.ts';

const people = { file: 'people.yaml' };

export const delegationsAreGranted = defineRule({
  id: 'delegations-are-granted',
  obligations: ['C-045'],
  summary:
    'A delegation is granted by the holder of the role, to somebody else, for known kinds of line and for a time that begins before it ends.',
  about: 'records',
  *check({ policy, offices }) {
    for (const [index, { role, person, grantedBy, from, until, kinds }] of policy.people.delegations.entries()) {
      const delegation = offices.delegations[index];
      if (!delegation) continue;
      const name = nameIn(policy.raci.roles, role);
      const when = delegation.from;
      if (!holdsRole(offices, grantedBy, role, delegation.from))
        yield {
          at: at(people, 'delegations', index, 'grantedBy'),
          message: `"${grantedBy}" does not hold the role ${name} when the delegation begins.`,
          hint: 'Only the holder of a role can delegate it; a delegate cannot.',
          when,
        };
      if (person === grantedBy)
        yield {
          at: at(people, 'delegations', index, 'person'),
          message: `"${person}" delegates to the same person.`,
          hint: 'Name the delegate.',
          when,
        };
      if (delegation.until !== undefined && delegation.until <= delegation.from)
        yield {
          at: at(people, 'delegations', index, 'until'),
          message: `The delegation ends at ${until}, and begins at ${from}.`,
          hint: 'Correct one of the two; the moment of the end itself is not covered.',
          when,
        };
      for (const [order, kind] of kinds.entries()) {
        if (lineKinds.some((known) => known === kind)) continue;
        const near = nearest(kind, lineKinds);
        yield {
          at: at(people, 'delegations', index, 'kinds', order),
          message: `"${kind}" is not a kind of log line, so nothing is delegated by it.`,
          hint: near ? `Did you mean "${near}"?` : `The kinds are ${lineKinds.join(', ')}.`,
          when,
        };
      }
    }
  },
});
