import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { isEntry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotAfter, snapshotAtEntry } from '../../derive/history.ts';
import { changeOf, defectOf } from '../../derive/lookup.ts';
import { hasVersion } from '../../model/release.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const deliveriesBringComponents = defineRule({
  id: 'deliveries-bring-components',
  obligations: ['C-121'],
  summary: 'What is delivered brings a version of each component that the code of its items changes.',
  since: 2,
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of release.entries) {
        if (!isEntry(entry, 'deliver')) continue;
        yield* leaves(release, entry);
        if (isWhole(release, entry)) yield* lacks(release, entry, catalog);
      }
    }
  },
});

/** Several deliveries may make up one: what counts is what there is when it is deployed, or now. */
function isWhole({ entries }: ReleaseHistory, entry: Entry): boolean {
  const next = entries.slice(entries.indexOf(entry) + 1).find(({ line }) => ['deliver', 'deploy'].includes(line.did));
  return next?.line.did !== 'deliver';
}

function* leaves(release: ReleaseHistory, entry: Entry<'deliver'>): Generator<RuleFinding> {
  const before = snapshotAtEntry(release, entry).versions;
  for (const [component, version] of Object.entries(entry.line.versions ?? {})) {
    if (version !== 'none' || before[component] !== undefined) continue;
    yield {
      at: at(release.record, 'log', entry.index, 'versions', component),
      message: `${component} leaves ${release.id} here, and was never delivered with it.`,
      hint: 'Leave it out of "versions", or name the component that is meant.',
      when: entry.at,
      release: release.id,
    };
  }
}

function* lacks(release: ReleaseHistory, entry: Entry<'deliver'>, catalog: Catalog): Generator<RuleFinding> {
  const { contents, bundle, versions } = snapshotAfter(release, entry);
  const items = (entry.line.items ?? contents).filter((item) => bundle.includes(item));
  for (const item of items) {
    const missing = changedBy(item, release, catalog).filter((component) => versions[component] === undefined);
    if (missing.length === 0) continue;
    yield {
      at: at(release.record, 'log', entry.index, entry.line.versions ? 'versions' : 'did'),
      message: `${item} changes ${missing.join(', ')}, and ${release.id} brings no version of ${missing.length === 1 ? 'it' : 'them'}.`,
      hint: `Add ${missing.join(', ')} to "versions", or give the item the "components" it changes in this release.`,
      when: entry.at,
      release: release.id,
      item,
    };
  }
}

/** The known components of an item's code; configuration alone has no version. */
function changedBy(item: string, { record }: ReleaseHistory, catalog: Catalog): string[] {
  const listed = record.items.find(({ id }) => id === item);
  if (!listed || !hasVersion(listed.kind)) return [];
  const raised = defectOf(catalog, item)?.tracker.component;
  const components = listed.components ?? changeOf(catalog, item)?.components ?? (raised === undefined ? [] : [raised]);
  return components.filter((component) => catalog.policy.components.some(({ id }) => id === component));
}
