import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import { type Entry, isBefore } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { isGateOpen } from '../../derive/gate-open.ts';
import { quorumFor } from '../../derive/roles.ts';
import type { Snapshot } from '../../derive/snapshot.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const approvedBeforeMarket = defineRule({
  id: 'approved-before-market',
  obligations: ['C-042', 'C-043', 'C-046', 'C-099', 'C-128'],
  summary:
    'Every deployment to the market-facing environment has an approval of just this content, given before it starts.',
  *check({ releases, policy }) {
    for (const release of releases) {
      for (const entry of deploymentsTo(release, policy, 'market')) {
        const before = snapshotBefore(release, entry.at);
        if (isGateOpen(before, release.type, 'approve')) continue;
        yield {
          at: at(release.record, 'log', entry.index, 'at'),
          ...reason(release, before, entry, environmentName(policy, entry.line.to)),
          when: entry.at,
          release: release.id,
        };
      }
    }
  },
});

function reason(
  release: ReleaseHistory,
  before: Snapshot,
  entry: Entry<'deploy'>,
  market: string,
): Omit<RuleFinding, 'at'> {
  const { approval, contentChange } = before;
  if (!approval) {
    const later = release.entries.find(({ line, at: when }) => line.did === 'approve' && when >= entry.at);
    if (later)
      return {
        message: `The deployment to ${market} started before it was approved.`,
        hint: 'An approval counts only when it is earlier than the start of the deployment.',
        obligation: 'C-043',
        related: [{ at: at(release.record, 'log', later.index, 'at'), message: 'the approval' }],
      };
    return {
      message: `The deployment to ${market} has no approval.`,
      hint: 'Record an "approve" line before this one.',
      obligation: 'C-042',
    };
  }
  const related = [{ at: at(release.record, 'log', approval.index), message: 'the last decision' }];
  if (approval.line.decision === 'rejected')
    return {
      message: `The deployment to ${market} was rejected.`,
      hint: 'Record a new "approve" line with the decision "approved".',
      obligation: 'C-042',
      related,
    };
  const isChanged = contentChange !== undefined && isBefore(approval, contentChange);
  if (!isChanged && before.approvers.length > 0)
    return {
      message: `The deployment to ${market} has ${before.approvers.length} of the ${quorumFor(release.policy, 'approve')} approvals that it needs.`,
      hint: 'Name everyone who approved it in "by", or record an "approve" line of each before this one.',
      obligation: 'C-042',
      related,
    };
  const cause = isChanged ? 'Bundle or versions changed' : 'A new deployment was requested';
  return {
    message: `${cause} after the approval, so the deployment to ${market} is not approved.`,
    hint: 'Record a new "approve" line after the change.',
    obligation: 'C-046',
    related,
  };
}
