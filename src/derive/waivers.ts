import { actorAt } from './actors.ts';
import type { Catalog } from './catalog.ts';
import { toInstant } from '../model/time.ts';
import { policyAt } from './policy-at.ts';

/**
 * True for a waiver that was granted by somebody who may: a body or role that the programme names, or who held such a
 * role at that moment; those who stand in for them may not.
 */
export function isGranted(
  { by, at }: Catalog['waivers'][number],
  { periods, policy, offices }: Pick<Catalog, 'periods' | 'policy' | 'offices'>,
): boolean {
  const granted = toInstant(at, policy.programme.zone);
  const { waiversBy } = policyAt({ periods }, granted).programme;
  const { roles } = actorAt(offices, by, { at: granted, kind: 'waive' });
  return (
    waiversBy.includes(by) || roles.some(({ role, delegateOf }) => waiversBy.includes(role) && delegateOf === undefined)
  );
}
