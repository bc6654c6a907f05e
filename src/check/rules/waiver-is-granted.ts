import { actorAt } from '../../derive/actors.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const waiverIsGranted = defineRule({
  id: 'waiver-is-granted',
  obligations: ['C-139'],
  summary: 'A waiver is granted by a role or party that may, and names the release or the item it holds for.',
  *check({ waivers, policy, reigns, offices }) {
    const { zone } = policy.programme;
    for (const waiver of waivers) {
      const { waiversBy } = policyAt({ reigns }, toInstant(waiver.at, zone)).programme;
      const { roles, kind } = actorAt(offices, waiver.by, toInstant(waiver.at, zone), 'waive');
      const isRole = policy.raci.roles.some(({ id }) => id === waiver.by);
      // Those who hold a role may, those who stand in for them may not; a name that nobody knows is reported as such.
      const isEntitled =
        (kind === 'unknown' && !isRole) ||
        waiversBy.includes(waiver.by) ||
        roles.some(({ role, delegateOf }) => waiversBy.includes(role) && delegateOf === undefined);
      const release = waiver.release === undefined ? {} : { release: waiver.release };
      if (!isEntitled)
        yield {
          at: at(waiver, 'by'),
          message: `"${waiver.by}" may not grant a waiver.`,
          hint:
            waiversBy.length > 0
              ? `Have it granted by ${waiversBy.join(' or ')}, and name that here.`
              : 'Name who may under "waiversBy" in programme.yaml.',
          ...release,
        };
      if (waiver.release === undefined && waiver.item === undefined)
        yield {
          at: at(waiver, 'rule'),
          message:
            'The waiver names neither a release nor an item, so it owns every deviation from the rule until it expires.',
          hint: 'Add "release", or "item".',
          level: 'warning',
        };
    }
  },
});
