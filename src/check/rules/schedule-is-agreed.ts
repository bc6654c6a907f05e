import { firstMarketDeployment } from '../../derive/market.ts';
import { entriesOf } from '../../derive/history.ts';
import { partyName } from '../../derive/names.ts';
import { partiesNamed } from '../../derive/release-state.ts';
import { at, defineRule } from '../rule.ts';

export const scheduleIsAgreed = defineRule({
  id: 'schedule-is-agreed',
  obligations: ['C-103', 'C-057'],
  summary: 'A planned release and its schedule are agreed with the programme before it is deployed.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const first = firstMarketDeployment(release, catalog.policy);
      if (!first || release.kind === 'emergency') continue;
      const actors = entriesOf(release, 'agree')
        .filter(({ at: when }) => when < first.at)
        .flatMap((entry) => entry.actors);
      const parties = actors.filter(({ kind }) => kind === 'party').map(({ id }) => id);
      const named = partiesNamed(release.type);
      const missing = named.filter((party) => !parties.includes(party));
      // A name that nobody knows is reported as such, and may well be the party.
      if (actors.some(({ kind }) => kind === 'unknown') || (parties.length > 0 && missing.length === 0)) continue;
      const who = named.map((party) => partyName(catalog, party)).join(' and ') || 'any party';
      const shared = { at: at(release.record, 'log', first.index, 'at'), when: first.at, release: release.id };
      if (parties.length === 0)
        yield {
          ...shared,
          message: `The schedule of ${release.id} was agreed with nobody outside the release team before it was deployed.`,
          hint: `Name ${named.join(' and ') || 'the party'} in "by" of an "agree" line before this one.`,
        };
      else
        yield {
          ...shared,
          message: `${release.id} was deployed without the agreement of ${who}.`,
          hint: `Name ${missing.join(' and ')} in "by" of an "agree" line before this one.`,
          obligation: 'C-057',
        };
    }
  },
});
