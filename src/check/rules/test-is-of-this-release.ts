import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { environmentName, isFor } from '../../derive/environments.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../../derive/history.ts';
import { type Stranger, strangersAt } from '../../derive/presence.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const testIsOfThisRelease = defineRule({
  id: 'test-is-of-this-release',
  obligations: ['C-048', 'C-050', 'C-108'],
  summary: 'A passed test was made while the environment held the versions that its release had delivered.',
  since: 2,
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'test'))
        if (entry.line.outcome === 'passed' && !isMadeAgain(entry, release)) yield* ofAnother(release, entry, catalog);
    }
  },
});

function* ofAnother(release: ReleaseHistory, entry: Entry<'test'>, catalog: Catalog): Generator<RuleFinding> {
  const { policy } = catalog;
  const { in: environment } = entry.line;
  const isMarket = isFor(policy, 'market', environment);
  const before = snapshotAtEntry(release, entry);
  const items = coveredBy(entry, release);
  const isReplaced = ({ component, release: other }: Stranger) =>
    other !== release.id && before.deployed[environment]?.[component] !== undefined;
  // In front of participants, a test before this release arrived is the business of smoke-test-completes.
  const strangers = items
    .flatMap((item) => strangersAt(item, entry, before, { ...catalog, ...release }))
    .filter((stranger) => !isMarket || isReplaced(stranger));
  const [first] = strangers;
  if (!first || (!isMarket && !isFor(policy, 'proving', environment))) return;
  const name = environmentName(policy, environment);
  const wanted = `${first.component} ${before.versions[first.component]} of ${release.id}`;
  yield {
    at: at(release.record, 'log', entry.index, 'in'),
    message: `${name} held ${heldBy(first)} when this test was made, so it says nothing of ${wanted}.`,
    hint: `Deploy ${release.id} to ${name} and test it again; if it was there, record the deployment that is missing.`,
    ...(isMarket ? { obligation: 'C-108' } : {}),
    related: broughtBy(first, environment, catalog),
    when: entry.at,
    release: release.id,
  };
}

function heldBy({ component, version, release }: Stranger): string {
  return version === undefined ? `no version of ${component}` : `${component} ${version} of ${release}`;
}

function broughtBy(stranger: Stranger, environment: string, { events, releases }: Catalog): RuleFinding['related'] {
  const { component, version, release } = stranger;
  const arrival = events.findLast(
    (event) =>
      event.environment === environment &&
      event.release === release &&
      event.versions[component] === version &&
      event.did !== 'test',
  );
  const owner = releases.find(({ id }) => id === release);
  return arrival && owner
    ? [{ at: at(owner.record, 'log', arrival.index), message: `${component} ${version} arrived here` }]
    : [];
}

function coveredBy(entry: Entry<'test'>, release: ReleaseHistory): string[] {
  const { bundle, contents } = snapshotAtEntry(release, entry);
  return entry.line.items ?? [...new Set([...bundle, ...contents])];
}

/** Made again before anything was built on it: the later test is the one that counts. */
function isMadeAgain(entry: Entry<'test'>, release: ReleaseHistory): boolean {
  const later = release.entries.slice(release.entries.indexOf(entry) + 1);
  const built = later.findIndex(({ line }) => line.did === 'publish' && line.note !== 'provisional');
  const items = coveredBy(entry, release);
  return later
    .slice(0, built === -1 ? later.length : built)
    .some(
      (other) =>
        other.line.did === 'test' &&
        other.line.in === entry.line.in &&
        items.every((item) => coveredBy(other as Entry<'test'>, release).includes(item)),
    );
}
