import { entriesOf } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { partyName } from '../../derive/names.ts';
import { widen } from '../../derive/roles.ts';
import { stageTerm } from '../../model/terms.ts';
import { at, defineRule } from '../rule.ts';

export const noteReachesAudience = defineRule({
  id: 'note-reaches-audience',
  obligations: ['C-016', 'C-071'],
  summary: 'Every note is sent to the whole audience of the programme.',
  *check(catalog) {
    const { audience } = catalog.policy.programme;
    for (const release of catalog.releases) {
      for (const { line, index, at: when } of entriesOf(release, 'publish')) {
        const { informedBySite } = policyAt(catalog, when).raci;
        const told = widen([...(line.informed ?? []), ...informedBySite], catalog.policy);
        const missing = audience.filter((party) => !told.has(party));
        if (missing.length === 0) continue;
        yield {
          at: at(release.record, 'log', index, line.informed ? 'informed' : 'did'),
          message: `The ${stageTerm(line.note, catalog.policy.programme.terms)} note was not sent to ${missing.map((party) => partyName(catalog, party)).join(' and ')}.`,
          hint: `Write informed: [${[...(line.informed ?? []), ...missing].join(', ')}] once it was.`,
          obligation: line.note === 'provisional' ? 'C-071' : 'C-016',
          when,
          release: release.id,
        };
      }
    }
  },
});
