import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { environmentName, environmentsFor } from '../../derive/environments.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { type CellEvent, heldAt } from '../../derive/timeline.ts';
import { compareVersions, isValidVersion } from '../../model/version.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const noOlderVersion = defineRule({
  id: 'no-older-version',
  obligations: ['C-105', 'C-023'],
  summary: 'The versions of a component in the market-facing environment only move forward.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const early = new Set<string>();
      for (const entry of entriesOf(release, 'deliver')) yield* delivered(release, entry, early, catalog);
      for (const entry of entriesOf(release, 'deploy')) yield* deployed(release, entry, early, catalog);
    }
  },
});

/** Told at the delivery, while no note has promised it yet; a baseline may repeat what participants have already. */
function* delivered(
  release: ReleaseHistory,
  entry: Entry<'deliver'>,
  early: Set<string>,
  catalog: Catalog,
): Generator<RuleFinding> {
  const { policy, events } = catalog;
  for (const environment of environmentsFor(policy, 'market')) {
    for (const [component, version] of Object.entries(entry.line.versions ?? {})) {
      const held = heldAt(events, environment, component, entry.at);
      const order = held && held.release !== release.id ? compare(component, version, held, policy) : 1;
      if (!held || order > 0 || (order === 0 && release.kind === 'baseline')) continue;
      early.add(`${component} ${version}`);
      const there = `${environmentName(policy, environment)} had ${held.versions[component]} of ${held.release}`;
      yield {
        at: at(release.record, 'log', entry.index, 'versions', component),
        message: `${component} ${version} was delivered when ${there}, ${order === 0 ? 'which is the same version' : 'which is newer'}.`,
        hint:
          order === 0
            ? 'Leave out a component that does not change, or give changed content a newer version.'
            : `Deliver a version that is newer than ${held.versions[component]}: nothing is rolled back.`,
        ...(order === 0 ? { obligation: 'C-023' } : {}),
        related: broughtBy(held, component, catalog),
        when: entry.at,
        release: release.id,
      };
    }
  }
}

/** What the market-facing environment got only after the delivery. */
function* deployed(
  release: ReleaseHistory,
  entry: Entry<'deploy'>,
  early: ReadonlySet<string>,
  catalog: Catalog,
): Generator<RuleFinding> {
  const { policy, events } = catalog;
  if (!environmentsFor(policy, 'market').includes(entry.line.to)) return;
  const event = events.find(({ release: id, index }) => id === release.id && index === entry.index);
  for (const [component, version] of Object.entries(event?.versions ?? {})) {
    const held = heldAt(events, entry.line.to, component, entry.counts);
    if (!held || early.has(`${component} ${version}`) || compare(component, version, held, policy) >= 0) continue;
    yield {
      at: at(release.record, 'log', entry.index, 'to'),
      message: `${component} ${version} is older than ${held.versions[component]}, which ${environmentName(policy, entry.line.to)} had before.`,
      hint: 'Failures are fixed forward: deliver a newer version that holds the correction.',
      related: broughtBy(held, component, catalog),
      when: entry.at,
      release: release.id,
    };
  }
}

/** A version without a valid form has a finding of its own, and no order. */
function compare(component: string, version: string, held: CellEvent, { components }: Catalog['policy']): number {
  const scheme = components.find(({ id }) => id === component);
  return scheme && isValidVersion(scheme, version)
    ? compareVersions(scheme, version, held.versions[component] as string)
    : 1;
}

function broughtBy(held: CellEvent, component: string, { releases }: Catalog): RuleFinding['related'] {
  const owner = releases.find(({ id }) => id === held.release);
  return (
    owner && [{ at: at(owner.record, 'log', held.index), message: `${held.versions[component]} was deployed here` }]
  );
}
