import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { environmentName, environmentsFor } from '../../derive/environments.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { CellEvent } from '../../derive/timeline.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const emergencyFixSurvives = defineRule({
  id: 'emergency-fix-survives',
  obligations: ['C-079'],
  summary: 'A release that was delivered before an emergency was deployed does not overwrite its fix.',
  *check(catalog) {
    const market = environmentsFor(catalog.policy, 'market');
    const emergencies = new Set(catalog.releases.flatMap(({ id, kind }) => (kind === 'emergency' ? [id] : [])));
    const fixes = catalog.events.filter(
      ({ did, outcome, release, environment }) =>
        did === 'deploy' && outcome === 'succeeded' && market.includes(environment) && emergencies.has(release),
    );
    if (fixes.length === 0) return;
    for (const release of catalog.releases)
      if (release.kind !== 'emergency') yield* overwritten(release, fixes, catalog);
  },
});

/** Told from the moment at which the emergency arrived, while a new delivery can still hold its fix. */
function* overwritten(release: ReleaseHistory, fixes: CellEvent[], catalog: Catalog): Generator<RuleFinding> {
  if (release.state === 'closed') return;
  const deliveries = entriesOf(release, 'deliver');
  const arrivals = deploymentsTo(release, catalog.policy, 'market').filter(({ line }) => line.outcome === 'succeeded');
  for (const [order, delivery] of deliveries.entries()) {
    for (const component of Object.keys(delivery.line.versions ?? {})) {
      const arrival = arrivals.find(
        ({ at: start, line }) => start >= delivery.at && (line.components ?? [component]).includes(component),
      );
      const later = deliveries.slice(order + 1).filter(({ at: when }) => !arrival || when <= arrival.at);
      if (later.some(({ line }) => line.versions?.[component] !== undefined)) continue;
      // A delivery that says what was done answers for every fix before it.
      const answered = later.findLast(({ line }) => line.what !== undefined)?.at ?? delivery.at;
      const fix = fixes.findLast(
        ({ versions, at: when }) =>
          versions[component] !== undefined && when > answered && (!arrival || when < arrival.counts),
      );
      if (fix) yield finding(release, delivery, component, fix, arrival !== undefined, catalog);
    }
  }
}

function finding(
  release: ReleaseHistory,
  { line, index }: Entry<'deliver'>,
  component: string,
  fix: CellEvent,
  isDeployed: boolean,
  { policy, releases }: Catalog,
): RuleFinding {
  const owner = releases.find(({ id }) => id === fix.release);
  const market = environmentName(policy, fix.environment);
  return {
    at: at(release.record, 'log', index, 'versions', component),
    message: `${component} ${line.versions?.[component]} was delivered before the emergency ${fix.release} reached ${market}, and ${isDeployed ? 'may have overwritten' : 'may overwrite'} its fix.`,
    hint: 'Deliver a version that holds the fix, or record a "deliver" line whose "what" says that this one does.',
    level: 'warning',
    related: owner ? [{ at: at(owner.record, 'log', fix.index), message: 'the emergency arrived' }] : [],
    when: fix.at,
    release: release.id,
  };
}
