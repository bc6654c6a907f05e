import { rolesFor } from '../../derive/roles.ts';
import { lineKinds } from '../../model/log.ts';
import { nearest } from '../../validate/nearest.ts';
import { policiesBy } from '../../derive/policy-at.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, atKey, defineRule, type RuleFinding } from '../rule.ts';

const raci = { file: 'raci.yaml' };

export const everyLineHasAnOwner = defineRule({
  id: 'every-line-has-an-owner',
  obligations: ['C-011'],
  summary: 'For every kind of log line the RACI says who may write it.',
  *check(catalog) {
    for (const policy of policiesBy(catalog, 'kinds')) yield* unnamed(policy);
    for (const policy of policiesBy(catalog, 'kinds', 'processes')) yield* unowned(policy);
  },
});

/** Kinds of line that the RACI does not have, and those that it does not know. */
function* unnamed(policy: Policy): Generator<RuleFinding> {
  const given = Object.keys(policy.raci.kinds);
  const unknown = given.filter((kind) => !lineKinds.some((known) => known === kind));
  for (const kind of unknown) {
    const near = nearest(
      kind,
      lineKinds.filter((known) => !given.includes(known)),
    );
    yield {
      at: atKey(raci, ...policy.places.kinds, kind),
      message: `"${kind}" is not a kind of log line.`,
      hint: near ? `Did you mean "${near}"?` : `The kinds are ${lineKinds.join(', ')}.`,
    };
  }
  const missing = lineKinds.filter(
    (kind) => policy.raci.kinds[kind] === undefined && !unknown.some((other) => nearest(other, lineKinds) === kind),
  );
  if (missing.length > 0)
    yield {
      at: atKey(raci, ...policy.places.kinds),
      message: `Nobody is named for ${missing.map((kind) => `"${kind}"`).join(', ')}.`,
      hint: 'Add each with its process, or with the roles that may write it.',
    };
}

/** Kinds of line that belong to a process in which no role is responsible or accountable. */
function* unowned(policy: Policy): Generator<RuleFinding> {
  for (const kind of lineKinds) {
    const owner = policy.raci.kinds[kind];
    const isKnown = Array.isArray(owner) || policy.raci.processes.some(({ id }) => id === owner);
    if (!isKnown || rolesFor(policy, kind).length > 0) continue;
    yield {
      at: at(raci, ...policy.places.kinds, kind),
      message: `No role may write a "${kind}" line.`,
      hint: 'Name the roles that may, or a process in which a role is responsible.',
    };
  }
}
