import type { Catalog } from '../../derive/catalog.ts';
import { environmentsFor } from '../../derive/environments.ts';
import { componentsOf } from '../../derive/presence.ts';
import { sameSet } from '../../derive/snapshot.ts';
import { heldAt, isArrival } from '../../derive/timeline.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotAfter, snapshotAtEntry } from '../../derive/history.ts';
import type { Component } from '../../model/component.ts';
import { compareVersions, formOfVersions, isValidVersion, sameSpelling } from '../../model/version.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import { compareText } from '../../diagnostic.ts';

export const versionsFitScheme = defineRule({
  id: 'versions-fit-scheme',
  obligations: ['C-022'],
  summary:
    'A version has the form its component asks for, each delivery brings a newer one, and no version has two contents.',
  *check(catalog) {
    const used = new Map<string, Delivery>();
    const deliveries = catalog.releases.flatMap((release) =>
      entriesOf(release, 'deliver').map((entry) => ({ release, entry })),
    );
    for (const delivery of deliveries.sort((a, b) => compareText(a.entry.at, b.entry.at)))
      yield* misfits(delivery, used, catalog);
  },
});

type Delivery = { release: ReleaseHistory; entry: Entry<'deliver'> };

function* misfits(delivery: Delivery, used: Map<string, Delivery>, catalog: Catalog): Generator<RuleFinding> {
  const { policy } = catalog;
  const { release, entry } = delivery;
  for (const [id, version] of Object.entries(entry.line.versions ?? {})) {
    const component = policy.components.find((candidate) => candidate.id === id);
    if (!component || version === 'none') continue;
    const shared = { at: at(release.record, 'log', entry.index, 'versions', id), when: entry.at, release: release.id };
    const before = snapshotAtEntry(release, entry).versions[id];
    const key = `${id} ${sameSpelling(component, version)}`;
    const first = used.get(key);
    if (!isValidVersion(component, version))
      yield {
        ...shared,
        message: `"${version}" is not a version of ${component.name}.`,
        hint: `Its versions are ${formOfVersions(component)}.`,
      };
    else if (before !== undefined && compareVersions(component, version, before) <= 0)
      yield {
        ...shared,
        ...(compareVersions(component, version, before) === 0
          ? {
              message: `${id} ${version} is delivered again: ${release.id} has that version already.`,
              hint: 'Leave out what did not change; what did change has a version of its own.',
            }
          : {
              message: `${id} ${version} is delivered after ${before}, and is not newer.`,
              hint: 'Give changed content a version of its own.',
            }),
      };
    else if (first && isUsedUp(first, delivery, component, catalog)) {
      const related = [
        {
          at: at(first.release.record, 'log', first.entry.index, 'versions', id),
          message: `${version} of ${first.release.id}`,
        },
      ];
      yield {
        ...shared,
        message: `${id} ${version} was delivered with ${first.release.id} already.`,
        hint: 'Give changed content a version of its own.',
        related,
      };
    }
    if (!first) used.set(key, delivery);
  }
}

/**
 * A version stands for one content: it may be delivered again with the same items, in a release that takes the place of
 * one that never arrived. What participants had already is the business of no-older-version.
 */
function isUsedUp(first: Delivery, second: Delivery, component: Component, { policy, events }: Catalog): boolean {
  if (first.release === second.release) return false;
  const market = environmentsFor(policy, 'market');
  const spelling = (version = '') => sameSpelling(component, version);
  const version = spelling(second.entry.line.versions?.[component.id]);
  const isPresent = market.some(
    (environment) =>
      spelling(heldAt(events, environment, component.id, second.entry.at)?.versions[component.id]) === version,
  );
  const isFirstInMarket = events.some(
    (event) =>
      event.release === first.release.id &&
      market.includes(event.environment) &&
      isArrival(event) &&
      spelling(event.versions[component.id]) === version,
  );
  return !isPresent && (isFirstInMarket || !holdsTheSame(first, second, component.id));
}

function holdsTheSame(first: Delivery, second: Delivery, component: string): boolean {
  const contentsOf = ({ release, entry }: Delivery) => {
    const after = snapshotAfter(release, entry);
    return after.contents.filter((item) => componentsOf(item, after, release).includes(component));
  };
  return sameSet(contentsOf(first), contentsOf(second));
}
