import { actorAt } from './actors.ts';
import type { Catalog } from './catalog.ts';
import { toInstant } from '../model/time.ts';

/**
 * True for a waiver that was granted by somebody who may: a body or role that the programme names, or who held such a
 * role at that moment; those who stand in for them may not.
 */
export function isGranted(
  { by, at }: Catalog['waivers'][number],
  { policy, offices }: Pick<Catalog, 'policy' | 'offices'>,
): boolean {
  const { waiversBy, zone } = policy.programme;
  const { roles } = actorAt(offices, by, toInstant(at, zone), 'waive');
  return (
    waiversBy.includes(by) || roles.some(({ role, delegateOf }) => waiversBy.includes(role) && delegateOf === undefined)
  );
}
