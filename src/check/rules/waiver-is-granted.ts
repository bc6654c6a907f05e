import { policyAt } from '../../derive/policy-at.ts';
import { isGranted } from '../../derive/waivers.ts';
import { toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const waiverIsGranted = defineRule({
  id: 'waiver-is-granted',
  obligations: ['C-139'],
  summary: 'A waiver is granted by a role or party that may, and names the release or the item it holds for.',
  about: 'records',
  *check(catalog) {
    const { waivers, policy } = catalog;
    for (const waiver of waivers) {
      // A name that nobody knows is reported as such.
      const isKnown = [policy.people.people, policy.people.parties, policy.raci.roles].some((list) =>
        list.some(({ id }) => id === waiver.by),
      );
      const release = waiver.release === undefined ? {} : { release: waiver.release };
      const { waiversBy } = policyAt(catalog, toInstant(waiver.at, policy.programme.zone)).programme;
      if (isKnown && !isGranted(waiver, catalog))
        yield {
          at: at(waiver, 'by'),
          message: `"${waiver.by}" may not grant a waiver, so this one waives nothing.`,
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
