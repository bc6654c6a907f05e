import { rolesFor } from '../../derive/roles.ts';
import { lineKinds } from '../../model/log.ts';
import { nearest } from '../../validate/nearest.ts';
import { at, atKey, defineRule } from '../rule.ts';

const raci = { file: 'raci.yaml' };

export const everyLineHasAnOwner = defineRule({
  id: 'every-line-has-an-owner',
  obligations: ['C-011'],
  summary: 'For every kind of log line the RACI says who may write it.',
  *check({ policy }) {
    const given = Object.keys(policy.raci.kinds);
    const unknown = given.filter((kind) => !lineKinds.some((known) => known === kind));
    for (const kind of unknown) {
      const near = nearest(
        kind,
        lineKinds.filter((known) => !given.includes(known)),
      );
      yield {
        at: atKey(raci, 'kinds', kind),
        message: `"${kind}" is not a kind of log line.`,
        hint: near ? `Did you mean "${near}"?` : `The kinds are ${lineKinds.join(', ')}.`,
      };
    }
    const missing = lineKinds.filter(
      (kind) => policy.raci.kinds[kind] === undefined && !unknown.some((other) => nearest(other, lineKinds) === kind),
    );
    if (missing.length > 0)
      yield {
        at: atKey(raci, 'kinds'),
        message: `Nobody is named for ${missing.map((kind) => `"${kind}"`).join(', ')}.`,
        hint: 'Add each with its process, or with the roles that may write it.',
      };
    for (const kind of lineKinds) {
      const owner = policy.raci.kinds[kind];
      const isKnown = Array.isArray(owner) || policy.raci.processes.some(({ id }) => id === owner);
      if (isKnown && rolesFor(policy, kind).length === 0)
        yield {
          at: at(raci, 'kinds', kind),
          message: `No role may write a "${kind}" line.`,
          hint: 'Name the roles that may, or a process in which a role is responsible.',
        };
    }
  },
});
