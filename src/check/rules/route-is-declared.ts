import { at, defineRule } from '../rule.ts';

const environments = { file: 'environments.yaml' };

/** The uses whose order matters; a "through" environment may stand anywhere. */
const order = ['delivery', 'proving', 'market', 'production'];

export const routeIsDeclared = defineRule({
  id: 'route-is-declared',
  obligations: ['C-024', 'C-052'],
  summary:
    'The route to live leads from a delivery environment through proving ones to market-facing ones, and what is tested on it is like production.',
  about: 'records',
  *check({ policy }) {
    const route = policy.environments;
    for (const use of order.slice(0, 3)) {
      if (!route.some((environment) => environment.use === use))
        yield {
          at: at(environments),
          message: `No environment has the use "${use}".`,
          hint: 'Every route has one for delivery, one for proving and one for the market.',
        };
    }
    for (const [index, { id, use, after = [] }] of route.entries()) {
      for (const [position, named] of after.entries()) {
        if (!route.some((other, place) => other.id === named && place >= index)) continue;
        yield {
          at: at(environments, index, 'after', position),
          message:
            named === id ? `"${id}" comes after itself.` : `"${id}" comes after "${named}", which is listed below it.`,
          hint: 'List the environments in the order of the route to live, and name one that stands before.',
        };
      }
      const before = route.slice(0, index);
      const later = order.includes(use)
        ? before.find((other) => order.indexOf(other.use) > order.indexOf(use))
        : undefined;
      if (later)
        yield {
          at: at(environments, index, 'use'),
          message: `"${id}" has the use "${use}", and stands after "${later.id}", which has the use "${later.use}".`,
          hint: 'List the environments in the order of the route to live.',
        };
    }
    for (const [index, { name, environments: own }] of policy.programme.phases.entries()) {
      const missing = order
        .slice(0, 3)
        .filter((use) => own && !route.some((environment) => environment.use === use && own.includes(environment.id)));
      if (missing.length > 0)
        yield {
          at: at({ file: 'programme.yaml' }, 'phases', index, 'environments'),
          message: `The phase ${name} uses no environment with the use ${missing.map((use) => `"${use}"`).join(' or ')}.`,
          hint: 'Add one of each: its releases are delivered, proved and tried by participants.',
        };
    }
    const isTested = (use: string) => use === 'proving' || use === 'market';
    if (!route.some(({ productionLike, use }) => productionLike && isTested(use))) {
      yield {
        at: at(environments),
        message: 'No environment in which releases are tested is marked as like production.',
        hint: 'Add productionLike: true to the one that is.',
        obligation: 'C-052',
      };
    }
  },
});
