import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import { type MatrixTable, tableOf } from './matrix.ts';

/** What each environment holds that differs from the one in front of participants; and what can be compared. */
export type ComparePage = {
  asOf: Time;
  environments: MatrixTable['environments'];
  differences: {
    environments: [string, string];
    components: { component: Reference; versions: [string | undefined, string | undefined] }[];
  }[];
};

export function comparePage(facts: Facts): ComparePage {
  const { environments, components } = tableOf(facts, facts.matrix.now);
  const pairs = environments.flatMap((market, to) =>
    market.isMarket ? environments.flatMap((other, from) => (other.isMarket ? [] : [{ from, to }])) : [],
  );
  return {
    asOf: facts.asOf.time,
    environments,
    differences: pairs.map(({ from, to }) => ({
      environments: [environments[from]?.name ?? '', environments[to]?.name ?? ''],
      components: components.flatMap(({ component, cells }) => {
        const [one, other] = [cells[from], cells[to]];
        // Where a component has no place there is nothing to compare.
        if (one?.state === 'absent' || other?.state === 'absent' || one?.version === other?.version) return [];
        return [{ component, versions: [one?.version, other?.version] as [string | undefined, string | undefined] }];
      }),
    })),
  };
}
