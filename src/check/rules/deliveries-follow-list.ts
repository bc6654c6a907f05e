import { actsForItself } from '../../derive/actors.ts';
import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import {
  entriesOf,
  type ReleaseHistory,
  snapshotAfter,
  snapshotAtEntry,
  snapshotBefore,
} from '../../derive/history.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const deliveriesFollowList = defineRule({
  id: 'deliveries-follow-list',
  obligations: ['C-121', 'C-126', 'C-135'],
  summary:
    'What is delivered is on the committed list and says what it is, and what enters the proving environment was a candidate at the review.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'deliver')) yield* unlisted(release, entry);
      yield* unreviewed(release, catalog);
    }
  },
});

function* unlisted(release: ReleaseHistory, entry: Entry<'deliver'>): Generator<RuleFinding> {
  const { line, index, at: when } = entry;
  const { bundle, candidates } = snapshotAtEntry(release, entry);
  const shared = { when, release: release.id };
  const isEmpty = Object.keys(line.versions ?? {}).length === 0 && line.what === undefined;
  if (isEmpty)
    yield {
      ...shared,
      at: at(release.record, 'log', index, 'did'),
      message: 'The delivery says neither which versions it brings nor what was done.',
      hint: 'Add "versions", or "what" when no version changes.',
      obligation: 'C-135',
    };
  // Without an approving review an emergency has no list, and its review says so.
  if (release.kind === 'emergency' && bundle.length === 0) return;
  const foreign = (line.items ?? []).filter((item) => candidates.includes(item) && !bundle.includes(item));
  const isAgreed = entriesOf(release, 'agree').some(({ actors }) => !actors.every(actsForItself));
  if (foreign.length > 0)
    yield {
      ...shared,
      at: at(release.record, 'log', index, 'items'),
      message: `${foreign.join(', ')} is delivered, and is not on the committed list of ${release.id}.`,
      hint: 'Have both managers agree to it first, or leave it out.',
    };
  else if (bundle.length === 0 && !isAgreed && candidates.length > 0)
    yield {
      ...shared,
      at: at(release.record, 'log', index, 'did'),
      message: `Fixes are delivered, and no item of ${release.id} was agreed.`,
      hint: 'Record the "agree" line of both managers before this one.',
    };
}

/** Each item once, where it first enters unreviewed; the review is not repeated when the list shrinks. */
function* unreviewed(release: ReleaseHistory, { policy }: Catalog): Generator<RuleFinding> {
  const known = new Set<string>();
  for (const { line, index, at: when } of deploymentsTo(release, policy, 'proving')) {
    const before = snapshotBefore(release, when);
    const reviewed = before.review ? snapshotAfter(release, before.review).live : before.bundle;
    const extra = before.bundle.filter((item) => !reviewed.includes(item) && !known.has(item));
    for (const item of extra) known.add(item);
    if (extra.length > 0)
      yield {
        at: at(release.record, 'log', index, 'to'),
        message: `${extra.join(', ')} enters ${environmentName(policy, line.to)}, and was no candidate when the review was held.`,
        hint: 'Hold the review again, with the whole list.',
        obligation: 'C-126',
        when,
        release: release.id,
      };
  }
}
