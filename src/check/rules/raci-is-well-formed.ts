import { accountableFor, mostHolders, rolesFor } from '../../derive/roles.ts';
import { policiesBy } from '../../derive/policy-at.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

const raci = { file: 'raci.yaml' };

export const raciIsWellFormed = defineRule({
  id: 'raci-is-well-formed',
  obligations: ['C-112', 'C-111'],
  summary:
    'Each process of the RACI has one accountable role, at least one responsible, and no letters but R, A, C and I.',
  about: 'records',
  *check(catalog) {
    for (const policy of policiesBy(catalog, 'processes')) yield* malformed(policy);
    yield* unreachable(catalog.policy);
  },
});

/** More have to give a line together than may hold the roles that are entitled to it. */
function* unreachable(policy: Policy): Generator<RuleFinding> {
  for (const [kind, needed] of Object.entries(policy.raci.quorum)) {
    const roles = kind === 'approve' ? accountableFor(policy, kind) : rolesFor(policy, kind);
    const most = roles.reduce((sum, role) => sum + mostHolders(policy, role), 0);
    if (needed <= most) continue;
    yield {
      at: at(raci, 'quorum', kind),
      message: `${needed} have to give a "${kind}" line together, and at most ${most} may hold the roles that are entitled to it.`,
      hint: 'Raise "holders" under "limits" in programme.yaml, or lower this number.',
    };
  }
}

/** The processes by one version of the plan. */
function* malformed(policy: Policy): Generator<RuleFinding> {
  for (const [index, { id, letters }] of policy.raci.processes.entries()) {
    const given = Object.entries(letters);
    const wrong = given.filter(([, marks]) => !/^[RACI](?:\/?[RACI])*$/.test(marks));
    for (const [role, marks] of wrong) {
      yield {
        at: at(raci, ...policy.places.processes, index, 'letters', role),
        message: `"${marks}" is not made of the letters of a RACI.`,
        hint: 'Write R, A, C or I, or two of them as R/A; leave the role out when it has none.',
        obligation: 'C-111',
      };
    }
    // While a cell cannot be read, nobody knows whom the row leaves without a letter.
    if (wrong.length > 0) continue;
    const holding = (letter: string) => given.filter(([, marks]) => marks.includes(letter)).map(([role]) => role);
    const accountable = holding('A');
    const place = at(raci, ...policy.places.processes, index, 'letters');
    if (accountable.length === 0)
      yield { at: place, message: `Nobody is accountable for ${id}.`, hint: 'Give the letter A to one role.' };
    if (accountable.length > 1)
      yield {
        at: place,
        message: `${accountable.length} roles are accountable for ${id}: ${accountable.join(', ')}.`,
        hint: 'Leave the letter A to one of them.',
      };
    if (holding('R').length === 0)
      yield {
        at: place,
        message: `Nobody is responsible for ${id}.`,
        hint: 'Give the letter R to one role at least.',
      };
  }
}
