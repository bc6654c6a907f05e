import type { Catalog } from '../derive/catalog.ts';
import { type Instant, toLocal } from '../model/time.ts';
import type { LogLine } from '../model/log.ts';
import { at, type RuleFinding } from './rule.ts';

type Hint = Pick<RuleFinding, 'hint' | 'related'>;

/**
 * Why the delegation that is nearest to a line does not cover it: one of the same person and role, for that kind of
 * line before any other, and by the time that lies between. None where nobody delegated such a role to who wrote it.
 */
export function delegationThatMisses(
  { line, at: moment }: { line: LogLine; at: Instant },
  roles: readonly string[],
  { policy, offices }: Catalog,
): Hint | undefined {
  const ids = [line.by].flat();
  const [near] = offices.delegations
    .map((delegation, index) => ({ ...delegation, index }))
    .filter(({ person, role }) => ids.includes(person) && roles.includes(role))
    .map((delegation) => ({ ...delegation, covers: delegation.kinds.includes(line.did) }))
    .sort((a, b) => Number(b.covers) - Number(a.covers) || distance(a, moment) - distance(b, moment));
  if (!near) return undefined;
  const related = [{ at: at({ file: 'people.yaml' }, 'delegations', near.index), message: 'the delegation' }];
  const local = (instant: Instant) => toLocal(instant, policy.programme.zone).slice(0, 16);
  const until = near.until ?? near.from;
  if (!near.covers)
    return { hint: `The delegation is for ${near.kinds.join(', ')}, and not for "${line.did}".`, related };
  if (moment < near.from || moment >= until)
    return {
      hint: `The delegation nearest to it holds from ${local(near.from)} until ${local(until)}, that moment not included.`,
      related,
    };
  return {
    hint: `"${near.grantedBy}" did not hold the role when the delegation began; a delegate cannot delegate.`,
    related,
  };
}

/** How far a moment is from a span: nothing while it holds. */
function distance({ from, until }: { from: Instant; until?: Instant | undefined }, moment: Instant): number {
  const [start, end, given] = [from, until ?? from, moment].map((instant) => Date.parse(instant)) as [
    number,
    number,
    number,
  ];
  return given < start ? start - given : given >= end ? given - end : 0;
}
