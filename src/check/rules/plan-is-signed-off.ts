import { versionInForce } from '../../derive/plan-version.ts';
import { at, defineRule } from '../rule.ts';

const plan = { file: 'plan/plan.md' };

export const planIsSignedOff = defineRule({
  id: 'plan-is-signed-off',
  obligations: ['C-008', 'C-007'],
  summary:
    'A plan in force has the mark of each reviewer, and one that is no longer a draft a known outcome of each approver.',
  *check({ policy, asOf }) {
    const { header, reviewers, approvers, outcomes } = policy.plan;
    const isInForce = versionInForce(policy, asOf) !== undefined;
    for (const [index, { role, reviewed }] of reviewers.entries()) {
      if (isInForce && !reviewed)
        yield {
          at: at(plan, 'reviewers', index),
          message: `The plan is in force without the review mark of ${role}.`,
          hint: 'Add reviewed: true once it is reviewed.',
          obligation: 'C-007',
        };
    }
    const known = Object.keys(outcomes);
    for (const [index, { role, outcome }] of approvers.entries()) {
      if (outcome === undefined ? header.draft : outcomes[String(outcome)] !== undefined) continue;
      yield {
        at: at(plan, 'approvers', index),
        message:
          outcome === undefined
            ? `The plan is not a draft any more, and ${role} has given no outcome.`
            : `The outcome ${outcome} of ${role} has no meaning.`,
        hint:
          known.length > 0
            ? `The outcomes are ${known.join(', ')}; "outcomes" says what each means.`
            : 'Say in "outcomes" what each outcome means.',
      };
    }
  },
});
