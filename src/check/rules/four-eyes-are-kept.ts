import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotAtEntry } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const fourEyesAreKept = defineRule({
  id: 'four-eyes-are-kept',
  obligations: ['C-134'],
  summary: 'Where the programme asks for four eyes, nobody decides on an item that he worked on himself.',
  since: 2,
  *check(catalog) {
    for (const release of catalog.releases)
      for (const entry of release.entries) yield* ownWork(release, entry, catalog);
  },
});

/** A line of the second kinds by somebody who wrote one of the first kinds for one of its items. */
function* ownWork(release: ReleaseHistory, entry: Entry, catalog: Catalog): Generator<RuleFinding> {
  const [work, decision] = policyAt(catalog, entry.at).programme.limits.fourEyes ?? [[], []];
  if (!decision.includes(entry.line.did)) return;
  const people = new Set(catalog.policy.people.people.map(({ id }) => id));
  const items = itemsOf(release, entry);
  for (const { id } of entry.actors.filter((actor) => people.has(actor.id))) {
    const own = release.entries.find(
      (earlier) =>
        earlier.index !== entry.index &&
        earlier.at <= entry.at &&
        work.includes(earlier.line.did) &&
        earlier.actors.some((actor) => actor.id === id) &&
        itemsOf(release, earlier).some((item) => items.includes(item)),
    );
    if (!own) continue;
    yield {
      at: at(release.record, 'log', entry.index, 'by'),
      message: `"${id}" wrote this "${entry.line.did}" line, and the "${own.line.did}" line ${own.index + 1} for the same items.`,
      hint: 'Somebody else writes one of the two: the programme asks for four eyes.',
      level: 'error',
      related: [{ at: at(release.record, 'log', own.index), message: 'the other line' }],
      when: entry.at,
      release: release.id,
    };
  }
}

/** The items that a line is about: those it names, else all that the release holds then. */
function itemsOf(release: ReleaseHistory, entry: Entry): readonly string[] {
  const { line } = entry;
  if ('items' in line && line.items) return line.items;
  return snapshotAtEntry(release, entry).live;
}
