import type { ReleaseType } from '../model/programme.ts';
import { isSameStep, type Step } from '../model/step.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Catalog } from './catalog.ts';
import { environmentsFor } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { rolesMarked } from './roles.ts';
import type { Snapshot } from './snapshot.ts';
import { dueOfNext, ownDue, windowOf } from './step-deadlines.ts';
import { hasArrived, isMet } from './step-met.ts';
import { nameOfStep, reasonOf } from './step-words.ts';

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
  /** By when it has to be done; absent when it is met, and while nothing says when. */
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
  const steps = release.type.steps.flat();
  const dues = steps.map((step) => ownDue(release, step, catalog.policy));
  return steps.map((step, index) => {
    const { isMet, since } = metSince(catalog, release, step);
    const shared = { step, name: nameOfStep(catalog, release, step), isMet, owedBy: rolesOf(catalog.policy, step) };
    if (isMet) return { ...shared, isPast: false, ...(since ? { since } : {}) };
    const reason = reasonOf(catalog, release, step);
    const due = dues[index] ?? dueOfNext(release, steps, dues, index, catalog.policy);
    const isPast = step.did === 'publish' && step.target === 'provisional' && release.now.note !== undefined;
    return { ...shared, isPast, ...(reason ? { reason } : {}), ...(due ? { due } : {}) };
  });
}

/** The steps that come before one; those that are free in order with it do not. */
export function stepsBefore({ steps }: ReleaseType, wanted: Step): Step[] {
  const end = steps.findIndex((entry) => [entry].flat().some((step) => isSameStep(step, wanted)));
  return end === -1 ? [] : steps.slice(0, end).flat();
}

/** The steps that come before one and are open. */
export function openBefore(catalog: Catalog, release: ReleaseHistory, wanted: Step): StepState[] {
  const before = stepsBefore(release.type, wanted);
  return stepsOf(catalog, release).filter(({ step, isMet }) => !isMet && before.some((one) => isSameStep(one, step)));
}

function metSince(catalog: Catalog, release: ReleaseHistory, step: Step): { isMet: boolean; since?: Instant } {
  if (!isMet(release.now, release.entries, release, step, catalog.policy)) return { isMet: false };
  // Each request takes the place of the one before, whose window may be over.
  if (step.did === 'request' && release.now.request)
    return isWindowOver(catalog, release) ? { isMet: false } : { isMet: true, since: release.now.request.counts };
  const holds = (now: Snapshot, order: number) =>
    isMet(now, release.entries.slice(0, order + 1), release, step, catalog.policy);
  const since = release.entries[release.after.findLastIndex((now, order) => !holds(now, order)) + 1]?.counts;
  return { isMet: true, ...(since ? { since } : {}) };
}

/** A window that passed without the deployment it was requested for has to be requested anew. */
function isWindowOver({ policy, asOf }: Catalog, release: ReleaseHistory): boolean {
  const window = windowOf(release, policy);
  const isDeployed = environmentsFor(policy, 'market').every((environment) =>
    hasArrived(release.now, environment, policy, asOf),
  );
  return window !== undefined && asOf >= window.until && !isDeployed;
}

/** Who carries a step out: the responsible roles; a party for its own agreement. */
function rolesOf(policy: Policy, { did, target }: Step): string[] {
  return did === 'agree' && target ? [target] : rolesMarked(policy, did, /R/);
}
