import type { Catalog } from '../../derive/catalog.ts';
import { environmentName } from '../../derive/environments.ts';
import { environmentsBefore, usesIn } from '../../derive/route.ts';
import { isWhole } from '../../derive/presence.ts';
import { isAbsent } from '../../derive/snapshot.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { nameIn } from '../../model/labelled.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const promotedInOrder = defineRule({
  id: 'promoted-in-order',
  obligations: ['C-047', 'C-049'],
  summary: 'A version is deployed to an environment only after it arrived in every environment before it.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'deploy')) {
        const misses = [...elsewhere(release, entry, catalog)];
        yield* misses.length > 0 ? misses : skipped(release, entry, catalog);
      }
    }
  },
});

/** A deployment to an environment that the phase of the release does not use. */
function* elsewhere(
  release: ReleaseHistory,
  { line, index, at: when }: Entry<'deploy'>,
  { policy }: Catalog,
): Generator<RuleFinding> {
  const { phase } = release.record;
  if (usesIn(policy, phase, line.to)) return;
  yield {
    at: at(release.record, 'log', index, 'to'),
    message: `${release.id} is of the phase ${nameIn(policy.programme.phases, phase)}, which does not use ${environmentName(policy, line.to)}.`,
    hint: 'Correct the environment, or the phase of the release.',
    when,
    release: release.id,
  };
}

function* skipped(release: ReleaseHistory, entry: Entry<'deploy'>, { policy }: Catalog): Generator<RuleFinding> {
  const { line, index } = entry;
  const target = policy.environments.findIndex(({ id }) => id === line.to);
  if (target === -1 || policy.environments[target]?.use === 'production') return;
  const before = snapshotBefore(release, entry.at);
  const brought = Object.keys(before.versions);
  const strange =
    brought.length === 0 ? [] : (line.components ?? []).filter((component) => !brought.includes(component));
  if (strange[0] !== undefined)
    yield {
      at: at(release.record, 'log', index, 'components'),
      message: `${release.id} brings no version of ${strange.join(', ')}, and this deployment names it.`,
      hint: 'Leave it out of "components", or deliver it first.',
      when: entry.at,
      release: release.id,
    };
  const components = (line.components ?? brought).filter(
    (component) => !strange.includes(component) && !isAbsent(policy, component, line.to, entry.at),
  );
  if (before.delivery === undefined) {
    yield {
      at: at(release.record, 'log', index, 'to'),
      message: 'Nothing was delivered before this deployment.',
      hint: 'Record a "deliver" line first, with the versions or with "what" was done.',
      when: entry.at,
      release: release.id,
    };
  }
  const own = new Set(release.policy.environments.map(({ id }) => id));
  for (const environment of environmentsBefore(policy.environments, line.to)) {
    if (!own.has(environment.id)) continue;
    const missing = components.filter(
      (component) => !isAbsent(policy, component, environment.id, entry.at) && !arrived(component, environment.id),
    );
    // A release without versions is followed as a whole.
    const isLost =
      before.delivery &&
      Object.keys(before.versions).length === 0 &&
      !isWhole(before, environment.id, policy, entry.at);
    if (missing.length === 0 && !isLost) continue;
    const words = isLost
      ? release.id
      : missing.map((component) => `${component} ${before.versions[component] ?? ''}`.trim()).join(', ');
    yield {
      at: at(release.record, 'log', index, 'to'),
      message: `${words} had not been deployed to ${environment.name} when the deployment to ${policy.environments[target]?.name} started.`,
      hint: `Deploy to ${environment.name} first, and record it with the outcome "succeeded".`,
      obligation: environment.use === 'proving' && policy.environments[target]?.use === 'market' ? 'C-049' : 'C-047',
      when: entry.at,
      release: release.id,
    };
  }

  /** In a proving environment another version is the business of market-version-is-proved. */
  function arrived(component: string, environment: string): boolean {
    const arrival = before.deployed[environment]?.[component];
    const isProving =
      policy.environments.find(({ id }) => id === environment)?.use === 'proving' &&
      policy.environments[target]?.use === 'market';
    return arrival !== undefined && (isProving || arrival.version === before.versions[component]);
  }
}
