import type { Step } from '../model/step.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Entry } from './entry.ts';
import { isFor } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { failureInMarket, hasPartyAgreed } from './release-state.ts';
import { isWhole } from './presence.ts';
import { sameSet, type Snapshot } from './snapshot.ts';

/** True when a step is met once the given entries have been recorded. */
export function isMet(
  now: Snapshot,
  entries: readonly Entry[],
  release: ReleaseHistory,
  { did, target }: Step,
  policy: Policy,
): boolean {
  switch (did) {
    case 'propose':
      return now.candidates.length > 0;
    case 'agree':
      return isAgreed(now, entries, release, target);
    case 'deliver':
      return now.delivery !== undefined && sameSet(now.contents, now.bundle) && !isUncorrected(now, entries, policy);
    case 'review':
      return now.review?.line.decision === 'approved';
    case 'request':
      return now.request !== undefined;
    case 'approve':
      return now.approvalValid;
    case 'deploy':
      return target !== undefined && hasArrived(now, target, policy, entries.at(-1)?.counts ?? '');
    case 'test':
      return target !== undefined && hasPassed(now, target, policy);
    case 'publish':
      return target === 'final'
        ? now.noteCurrent
        : entries.some(({ line }) => line.did === did && line.note === target);
    default:
      return entries.some(({ line }) => line.did === did);
  }
}

/** Without a party: the managers have committed items, and in an emergency a party has agreed after the note. */
function isAgreed(
  now: Snapshot,
  entries: readonly Entry[],
  { kind, type }: ReleaseHistory,
  party: string | undefined,
): boolean {
  if (party) {
    // To an emergency a party agrees once it can read what it agrees to (5.3).
    const note = entries.find(({ line }) => line.did === 'publish' && line.note === 'final');
    const isTooEarly = (at: string) => kind === 'emergency' && (note === undefined || at < note.at);
    return entries.some(
      ({ line, actors, at }) => line.did === 'agree' && !isTooEarly(at) && actors.some(({ id }) => id === party),
    );
  }
  return kind === 'emergency' ? hasPartyAgreed(now, entries, { kind, type }) : now.bundle.length > 0;
}

/** A failure in front of participants asks for a correction before anything else (5.5). */
export function isUncorrected(now: Snapshot, entries: readonly Entry[], policy: Policy): boolean {
  const failure = failureInMarket(now, policy);
  return failure !== undefined && !entries.some(({ line, at }) => line.did === 'deliver' && at >= failure.counts);
}

/** True for a step that other versions undo: they pass every environment, are approved and confirmed, anew. */
export function renewedByVersions({ did, target = '' }: Step, policy: Policy): boolean {
  if (did === 'publish') return target === 'final';
  return did === 'approve' || ((did === 'deploy' || did === 'test') && !isFor(policy, 'market', target));
}

/** What was last delivered is there; where participants test, nothing failed since it arrived. */
export function hasArrived(now: Snapshot, environment: string, policy: Policy, moment: Instant): boolean {
  const hasFailed = isFor(policy, 'market', environment) && failureInMarket(now, policy) !== undefined;
  return isWhole(now, environment, policy, moment) && !hasFailed;
}

function hasPassed(now: Snapshot, environment: string, policy: Policy): boolean {
  const isProving = isFor(policy, 'proving', environment);
  const isPassed = now.bundle.every((item) => now.results[environment]?.[item]?.outcome === 'passed');
  return now.bundle.length > 0 && isPassed && (!isProving || sameSet(now.proved, now.bundle));
}
