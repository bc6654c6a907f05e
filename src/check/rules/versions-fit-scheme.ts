import type { Catalog } from '../../derive/catalog.ts';
import { sameSet } from '../../derive/snapshot.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotAfter, snapshotAtEntry } from '../../derive/history.ts';
import { compareVersions, formOfVersions, isValidVersion } from '../../model/version.ts';
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

function* misfits(delivery: Delivery, used: Map<string, Delivery>, { policy }: Catalog): Generator<RuleFinding> {
  const { release, entry } = delivery;
  for (const [id, version] of Object.entries(entry.line.versions ?? {})) {
    const component = policy.components.find((candidate) => candidate.id === id);
    if (!component || version === 'none') continue;
    const shared = { at: at(release.record, 'log', entry.index, 'versions', id), when: entry.at, release: release.id };
    const before = snapshotAtEntry(release, entry).versions[id];
    const first = used.get(`${id} ${version}`);
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
    else if (first && first.release !== release && !holdsTheSame(first, delivery)) {
      const related = [
        {
          at: at(first.release.record, 'log', first.entry.index, 'versions', id),
          message: `${version} of ${first.release.id}`,
        },
      ];
      yield {
        ...shared,
        message: `${id} ${version} was delivered with ${first.release.id} already, and held other items there.`,
        hint: 'Give changed content a version of its own.',
        related,
      };
    }
    if (!first) used.set(`${id} ${version}`, delivery);
  }
}

/** The same content may be delivered once more, in a release that takes the place of another. */
function holdsTheSame(first: Delivery, second: Delivery): boolean {
  const contentsOf = ({ release, entry }: Delivery) => snapshotAfter(release, entry).contents;
  return sameSet(contentsOf(first), contentsOf(second));
}
