import type { Stage } from '../model/log.ts';
import type { ReleaseType } from '../model/programme.ts';
import { isSameStep, type Step } from '../model/step.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Catalog } from './catalog.ts';
import type { ReleaseHistory } from './history.ts';
import { rolesMarked } from './roles.ts';
import type { Snapshot } from './snapshot.ts';
import { dueOfNext, isWindowOver, ownDue } from './step-deadlines.ts';
import { isMet, isUncorrected, renewedByVersions } from './step-met.ts';
import { nameOfErratum, nameOfStep, reasonOf } from './step-words.ts';

/** One required line of a release, and how it stands at the moment of looking. */
export type StepState = {
  step: Step;
  /** The step in the words of a reader, without the release: `Deployment to MT`. */
  name: string;
  isMet: boolean;
  /** Since when it is met without a break. */
  since?: Instant;
  /** Why it is open although the log has a line for it. */
  reason?: string;
  /**
   * What is owed in its place, although it is met, once a correction that is owed brings new versions: after a failure
   * nobody knows yet whether it will.
   */
  again?: string;
  /** True when somebody owes it: it is open, or may have to be done again, and the release is on its way. */
  isOwed: boolean;
  /** By when it has to be done; absent when nobody owes it, and while nothing says when. */
  due?: Instant;
  /** True when it is open and can no longer be done, so that nobody owes it. */
  isPast: boolean;
  /** The roles that carry it out, or the party that agrees. */
  owedBy: string[];
};

/**
 * Every required line of a release in order: the one answer to what is met, since when, what is open, until when, and
 * who owes it. Gates, duties and pages only show it.
 */
export function stepsOf(catalog: Catalog, release: ReleaseHistory): StepState[] {
  const { policy } = release;
  const steps = release.type.steps.flat();
  const isMoving = isOnItsWay(release);
  const isFailed = isUncorrected(release.now, release.entries, policy);
  const dues = steps.map((step) => (isMoving ? ownDue(release, step, policy) : undefined));
  return steps.map((step, index) => {
    const { isMet, since } = metSince(catalog, release, step);
    const isPast = !isMet && isPastFor(release, step);
    const again =
      isMet && isMoving && isFailed && renewedByVersions(step, policy) ? againIn(catalog, release, step) : '';
    const isOwed = isMoving && !isPast && (!isMet || again !== '');
    const reason = isMet ? undefined : reasonOf(catalog, release, step);
    const due = isOwed ? (dues[index] ?? dueOfNext(release, steps, dues, index, policy)) : undefined;
    return {
      ...{ step, name: nameOfStep(catalog, release, step), isMet, isPast, isOwed, owedBy: rolesOf(policy, step) },
      ...(since ? { since } : {}),
      ...(again ? { again } : {}),
      ...(reason ? { reason } : {}),
      ...(due ? { due } : {}),
    };
  });
}

/** True while a release still has something to do: something is proposed, and it is neither complete nor closed. */
function isOnItsWay({ state, now }: ReleaseHistory): boolean {
  return !['complete', 'closed', 'draft'].includes(state) && now.live.length > 0;
}

/** What is open is past once the release is over. */
function isPastFor(release: ReleaseHistory, step: Step): boolean {
  return isOvertaken(release, step) || release.state === 'complete' || release.state === 'closed';
}

/** A provisional note comes before the final one, or never. */
function isOvertaken({ now }: ReleaseHistory, { did, target }: Step): boolean {
  return did === 'publish' && target === 'provisional' && now.note !== undefined;
}

function againIn(catalog: Catalog, release: ReleaseHistory, step: Step): string {
  return step.did === 'publish' ? nameOfErratum(catalog.policy) : nameOfStep(catalog, release, step);
}

/** The steps that come before one; those that are free in order with it do not. */
export function stepsBefore({ steps }: ReleaseType, wanted: Step): Step[] {
  const end = steps.findIndex((entry) => [entry].flat().some((step) => isSameStep(step, wanted)));
  return end === -1 ? [] : steps.slice(0, end).flat();
}

/**
 * The steps that come before a note and are open. An erratum that confirms other contents stands where the final note
 * does; one that changes words only waits for nothing.
 */
export function openBefore(catalog: Catalog, release: ReleaseHistory, stage: Stage): StepState[] {
  if (stage === 'erratum' && release.now.noteCurrent) return [];
  const before = stepsBefore(release.type, { did: 'publish', target: stage === 'erratum' ? 'final' : stage });
  return stepsOf(catalog, release).filter(
    ({ step, isMet }) => !isMet && !isOvertaken(release, step) && before.some((one) => isSameStep(one, step)),
  );
}

function metSince(catalog: Catalog, release: ReleaseHistory, step: Step): { isMet: boolean; since?: Instant } {
  const { policy } = release;
  if (!isMet(release.now, release.entries, release, step, policy)) return { isMet: false };
  // A window that passed without a deployment has to be requested anew, and what is requested anew is approved anew.
  const isOfWindow = step.did === 'request' || step.did === 'approve';
  if (isOfWindow && isWindowOver(catalog, release)) return { isMet: false };
  // Each request takes the place of the one before, whose window may be over.
  if (step.did === 'request' && release.now.request) return { isMet: true, since: release.now.request.counts };
  const holds = (now: Snapshot, order: number) =>
    isMet(now, release.entries.slice(0, order + 1), release, step, policy);
  const since = release.entries[release.after.findLastIndex((now, order) => !holds(now, order)) + 1]?.counts;
  return { isMet: true, ...(since ? { since } : {}) };
}

/** Who carries a step out: the responsible roles; a party for its own agreement. */
function rolesOf(policy: Policy, { did, target }: Step): string[] {
  return did === 'agree' && target ? [target] : rolesMarked(policy, did, /R/);
}
