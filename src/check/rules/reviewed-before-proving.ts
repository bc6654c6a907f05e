import { actsAs } from '../../derive/actors.ts';
import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { isGateOpen } from '../../derive/gate-open.ts';
import { accountableFor, consultedFor } from '../../derive/roles.ts';
import { nameIn } from '../../model/labelled.ts';
import { delegationThatMisses } from '../delegation-that-misses.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const reviewedBeforeProving = defineRule({
  id: 'reviewed-before-proving',
  obligations: ['C-124', 'C-123'],
  summary: 'A release enters the proving environment only after a release review approved it.',
  *check(catalog) {
    for (const release of catalog.releases) {
      for (const entry of deploymentsTo(release, catalog.policy, 'proving')) yield* unreviewed(release, entry, catalog);
      for (const entry of entriesOf(release, 'review')) yield* badlyHeld(release, entry, catalog);
    }
  },
});

function* unreviewed(release: ReleaseHistory, entry: Entry<'deploy'>, { policy }: Catalog): Generator<RuleFinding> {
  const before = snapshotBefore(release, entry.at);
  if (isGateOpen(before, release.type, 'review')) return;
  const held = before.review;
  const market = environmentName(policy, entry.line.to);
  yield {
    at: at(release.record, 'log', entry.index, 'at'),
    message: held
      ? `The release review rejected the deployment to ${market}.`
      : `No release review was held before the deployment to ${market}.`,
    hint: 'Record a "review" line with the decision "approved" before this one.',
    related: held ? [{ at: at(release.record, 'log', held.index, 'decision'), message: 'the decision' }] : [],
    when: entry.at,
    release: release.id,
  };
}

function* badlyHeld(release: ReleaseHistory, entry: Entry<'review'>, catalog: Catalog): Generator<RuleFinding> {
  const { line, index, actors, at: when } = entry;
  const policy = policyAt(catalog, when);
  const chairs = accountableFor(policy, 'review');
  const name = (role: string) => nameIn(policy.raci.roles, role);
  const shared = { obligation: 'C-123', when, release: release.id };
  if (!actors.some((actor) => actsAs(actor, chairs))) {
    yield {
      at: at(release.record, 'log', index, 'by'),
      message: `"${[line.by].flat().join(', ')}" did not hold the review as ${chairs.map(name).join(' or ')}, nor as a delegate.`,
      hint: 'Name who held it, or record the delegation in people.yaml.',
      ...delegationThatMisses(entry, chairs, catalog),
      ...shared,
    };
  }
  const missing = consultedFor(policy, 'review').filter((role) => !line.consulted?.includes(role));
  if (missing.length > 0) {
    yield {
      at: at(release.record, 'log', index, line.consulted ? 'consulted' : 'did'),
      message: `${missing.map(name).join(' and ')} was not consulted in the release review.`,
      hint: `Write consulted: [${[...(line.consulted ?? []), ...missing].join(', ')}] if it was.`,
      ...shared,
    };
  }
}
