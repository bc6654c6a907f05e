import type { Step } from '../model/step.ts';
import { stageTerm } from '../model/terms.ts';
import { capital } from '../model/wording.ts';
import type { Policy } from '../validate/validate.ts';
import type { Catalog } from './catalog.ts';
import { type Entry, isEntry } from './entry.ts';
import { environmentName, isFor } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { failureInMarket } from './release-state.ts';
import { partyName } from './names.ts';
import { quorumFor } from './roles.ts';
import { isUncorrected } from './step-met.ts';

/** The condition on which a step that is met is owed again, while a correction is still to come. */
export const ifVersionsChange = 'if the correction changes a version';

/** What takes the place of a final note that no longer says what is so. */
export function nameOfErratum({ programme }: Policy): string {
  return `An erratum to the ${programme.terms.final} note`;
}

/** A step in the words of a reader. */
export function nameOfStep(catalog: Catalog, { now, entries }: ReleaseHistory, { did, target = '' }: Step): string {
  const { policy } = catalog;
  const { terms } = policy.programme;
  switch (did) {
    case 'propose':
      return 'Candidate list';
    case 'agree':
      return target ? `Agreement of ${partyName(catalog, target)}` : 'Committed list';
    case 'deliver':
      return isUncorrected(now, entries, policy) ? 'Delivery of a correction' : 'Delivery';
    case 'review':
      return 'Release review';
    case 'request':
      return 'Deployment request';
    case 'approve':
      return 'Approval';
    case 'deploy':
      return `Deployment to ${environmentName(policy, target)}`;
    case 'test': {
      const isMarket = isFor(policy, 'market', target);
      return `${isMarket ? capital(terms.smokeTest) : 'Passed test'} in ${environmentName(policy, target)}`;
    }
    case 'publish':
      return target === 'final' && now.note && !now.noteCurrent
        ? nameOfErratum(policy)
        : `The ${stageTerm(target, terms)} note`;
    case 'withdraw':
      return 'Withdrawal';
    case 'contact':
      return 'Contact';
  }
}

/** Why a step is open although a line stands for it: the last such line, and what became of it. */
export function reasonOf({ policy }: Catalog, release: ReleaseHistory, step: Step): string | undefined {
  const { now } = release;
  const entry = release.entries.findLast((candidate) => standsFor(candidate, step));
  if (!entry) return undefined;
  const { line } = entry;
  const failure = failureInMarket(now, policy);
  if (isEntry(entry, 'deliver') && failure && isUncorrected(now, release.entries, policy))
    return `it failed in ${environmentOf(failure, policy)}: a correction has to be delivered`;
  if ('outcome' in line && line.outcome === 'failed') return `failed: ${line.error ?? 'no reason given'}`;
  if ('decision' in line && line.decision === 'rejected') return 'rejected';
  switch (line.did) {
    case 'test': {
      const open = now.bundle.filter(
        (item) => now.results[line.in]?.[item]?.outcome !== 'passed' || !now.proved.includes(item),
      );
      return now.bundle.length === 0 ? 'no item is agreed' : `not yet passed: ${open.join(', ')}`;
    }
    case 'approve':
      if (!now.approvalValid && now.approvers.length > 0)
        return `${now.approvers.length} of ${quorumFor(release.policy, 'approve')} approvals given`;
      return now.approvalValid
        ? 'void: the window it was given for is over'
        : 'void: the contents changed, or a new deployment was requested, since';
    case 'publish':
      return 'void: what it confirmed has changed since';
    case 'request':
      return 'void: its window is over';
    case 'deploy':
      return failure && standsFor(failure, { did: 'test', target: line.to })
        ? `void: the ${policy.programme.terms.smokeTest} failed, so it has to be deployed again`
        : 'no longer holds for the present contents';
    case 'agree':
      return step.target && release.kind === 'emergency'
        ? 'it was given before the note'
        : 'no longer holds for the present contents';
    default:
      return 'no longer holds for the present contents';
  }
}

function standsFor({ line, actors }: Entry, { did, target }: Step): boolean {
  if (line.did !== did) return false;
  if (line.did === 'deploy') return line.to === target;
  if (line.did === 'test') return line.in === target;
  if (line.did === 'publish') return line.note === target || (target === 'final' && line.note === 'erratum');
  return line.did !== 'agree' || target === undefined || actors.some(({ id }) => id === target);
}

function environmentOf({ line }: Entry<'deploy' | 'test'>, policy: Policy): string {
  return environmentName(policy, line.did === 'deploy' ? line.to : line.in);
}
