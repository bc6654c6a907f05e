import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { toInstant } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const emergencyReviewDecides = defineRule({
  id: 'emergency-review-decides',
  obligations: ['C-088', 'C-089', 'C-090', 'C-091', 'C-092'],
  summary:
    'The review of an emergency decides whether it is immediate, when it is deployed, and whether the fix is approved, before it is deployed.',
  *check(catalog) {
    for (const release of catalog.releases) {
      if (release.kind !== 'emergency') continue;
      for (const entry of entriesOf(release, 'review')) yield* undecided(release, entry);
      for (const entry of deploymentsTo(release, catalog.policy, 'market')) yield* unfounded(release, entry, catalog);
    }
  },
});

function* undecided(release: ReleaseHistory, { line, index, at: when }: Entry<'review'>): Generator<RuleFinding> {
  const shared = { at: at(release.record, 'log', index), when, release: release.id };
  if (line.immediate === undefined)
    yield {
      ...shared,
      message: 'The review does not say whether the deployment is immediate.',
      hint: 'Add immediate: true, or false.',
      obligation: 'C-089',
    };
  if (line.reason === undefined)
    yield {
      ...shared,
      message: 'The review does not say why the deployment is immediate, or why it is not.',
      hint: 'Add "reason" with what testing cannot go on without, or how it goes on.',
      level: 'warning',
      obligation: 'C-089',
    };
  if (
    line.immediate !== false &&
    line.decision === 'approved' &&
    (line.from === undefined || line.until === undefined)
  ) {
    yield {
      ...shared,
      message: 'The review does not say when it is deployed.',
      hint: 'Add "from" and "until".',
      obligation: 'C-090',
    };
  }
}

function* unfounded(release: ReleaseHistory, entry: Entry<'deploy'>, { policy }: Catalog): Generator<RuleFinding> {
  const { zone } = policy.programme;
  const { review } = snapshotBefore(release, entry.at);
  const shared = { at: at(release.record, 'log', entry.index, 'at'), when: entry.at, release: release.id };
  const market = environmentName(policy, entry.line.to);
  if (review === undefined) {
    yield {
      ...shared,
      message: `No release review was held before the emergency was deployed to ${market}.`,
      hint: 'Record the "review" line with its three decisions before this one.',
    };
    return;
  }
  const { line, index } = review;
  const related = [{ at: at(release.record, 'log', index), message: 'the review' }];
  if (line.decision === 'rejected')
    yield {
      ...shared,
      message: 'The review did not approve the fix, and yet it is deployed.',
      hint: 'Hold a new review, or let it go the regular way.',
      obligation: 'C-091',
      related,
    };
  else if (line.immediate === false)
    yield {
      ...shared,
      message: 'The review found no immediate deployment necessary, and yet it is deployed as an emergency.',
      hint: 'Propose its items for the next regular release.',
      obligation: 'C-092',
      related,
    };
  const isFirst = deploymentsTo(release, policy, 'market')[0] === entry;
  if (
    isFirst &&
    line.from &&
    line.until &&
    (entry.at < toInstant(line.from, zone) || entry.at >= toInstant(line.until, zone))
  ) {
    yield {
      ...shared,
      message: `The deployment starts outside the window that the review agreed, ${line.from} to ${line.until}.`,
      hint: 'Hold a new review that agrees another window.',
      obligation: 'C-090',
      related,
    };
  }
}
