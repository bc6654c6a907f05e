import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { partyName } from '../../derive/names.ts';
import { widen } from '../../derive/roles.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const partiesAreConsulted = defineRule({
  id: 'parties-are-consulted',
  obligations: ['C-029', 'C-030'],
  summary:
    'In an external phase the bodies it names are consulted on each release, and participants hear of every release, before it is deployed.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const first = firstMarketDeployment(release, catalog.policy);
      if (first) yield* unheard(release, first, catalog);
    }
  },
});

function* unheard(release: ReleaseHistory, first: Entry<'deploy'>, catalog: Catalog): Generator<RuleFinding> {
  const { programme } = catalog.policy;
  const shared = { at: at(release.record, 'log', first.index, 'at'), when: first.at, release: release.id };
  const before = release.entries.filter(({ at: when }) => when < first.at).map(({ line }) => line);
  const phase = programme.phases.find(({ id }) => id === release.record.phase);
  const asked = widen(
    before.flatMap((line) => [...(line.consulted ?? []), ...[line.by].flat()]),
    catalog.policy,
  );
  const missing = phase?.external ? (phase.consults ?? []).filter((party) => !asked.has(party)) : [];
  if (missing.length > 0)
    yield {
      ...shared,
      message: `${missing.map((party) => partyName(catalog, party)).join(' and ')} was not consulted on ${release.id} before it was deployed.`,
      hint: `Write ${missing.join(', ')} under "consulted" of the line where it was, or record a "contact" line.`,
    };
  // A note that was not sent, or came too late, is a finding of its own.
  if (release.entries.some(({ line }) => line.did === 'publish')) return;
  const told = widen(
    before.flatMap((line) => [...(line.consulted ?? []), ...(line.informed ?? [])]),
    catalog.policy,
  );
  if (!programme.audience.some((party) => told.has(party)))
    yield {
      ...shared,
      message: `Participants heard nothing of ${release.id} before it was deployed.`,
      hint: 'Record who was told under "informed" of the line that did, or add a "contact" line.',
      obligation: 'C-030',
    };
}
