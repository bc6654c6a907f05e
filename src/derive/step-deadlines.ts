import type { Step } from '../model/step.ts';
import { addDays, addHours, endOfDay, type Instant, toDay } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import type { Catalog } from './catalog.ts';
import { hasStartedAfter } from './deployment.ts';
import type { Entry } from './entry.ts';
import { environmentsFor, isFor } from './environments.ts';
import type { ReleaseHistory } from './history.ts';
import { deploymentsTo } from './market.ts';
import { failureInMarket } from './release-state.ts';
import { deadlinesOf } from './slots.ts';
import { effectiveDay } from './slot-decisions.ts';
import { hasArrived } from './step-met.ts';
import { windowOf } from './window.ts';

/** True when the window passed without the deployment it was requested for; one that goes on beyond it is there. */
export function isWindowOver(catalog: Catalog, release: ReleaseHistory): boolean {
  const { asOf } = catalog;
  const { policy } = release;
  const window = windowOf(release, policy);
  if (!window || asOf < window.until) return false;
  const asked = release.now.request?.at ?? '';
  const isStarted = hasStartedAfter(release, asked, catalog) && !failureInMarket(release.now, policy);
  return (
    !isStarted &&
    !environmentsFor(policy, 'market').every((environment) => hasArrived(release.now, environment, policy, asOf))
  );
}

/**
 * The deadline of a step by itself. Those of the slot judge the first deployment; after a failure everything is due
 * when the release has to be deployed again.
 */
export function ownDue(release: ReleaseHistory, { did, target = '' }: Step, policy: Policy): Instant | undefined {
  const { zone, limits } = release.policy.programme;
  const slot = release.type.usesSlot ? release.record.slot : undefined;
  const isFirst = deploymentsTo(release, policy, 'market').length === 0;
  const deadlines = slot && isFirst ? deadlinesOf(slot, release.record.phase, release.policy) : {};
  if (did === 'publish' && target === 'provisional') return deadlines.provisional;
  if (did === 'publish' && target === 'final') return deadlines.final;
  if (did === 'test' && isFor(policy, 'proving', target)) return deadlines.tested;
  if (!isFor(policy, 'market', target)) return undefined;
  const deployed = deploymentsTo(release, policy, 'market').findLast(
    ({ line }) => line.to === target && line.outcome === 'succeeded',
  );
  if (did === 'test' && deployed && hasArrived(release.now, target, policy, deployed.counts))
    return addHours(deployed.counts, limits.confirmHours);
  const failure = failureInMarket(release.now, policy);
  const again = failure && endOfDay(addDays(toDay(failure.counts, zone), limits.redeployDays), zone);
  const window = failure && !isRequestedSince(release, failure) ? undefined : windowOf(release, policy);
  const last = again ?? (slot && endOfDay(effectiveDay(slot, release.record.phase, policy), zone));
  return did === 'deploy' ? (window?.until ?? last) : last;
}

/**
 * What has no deadline of its own is due by the next step that has one; before a deployment, by the start of its
 * window.
 */
export function dueOfNext(
  release: ReleaseHistory,
  steps: readonly Step[],
  dues: readonly (Instant | undefined)[],
  index: number,
  policy: Policy,
): Instant | undefined {
  const next = dues.findIndex((due, place) => place > index && due !== undefined);
  const step = steps[next];
  const isDeployment = step?.did === 'deploy' && isFor(policy, 'market', step.target ?? '');
  const window = windowOf(release, policy);
  return isDeployment && window?.until === dues[next] ? window?.from : dues[next];
}

function isRequestedSince({ now }: ReleaseHistory, failure: Entry): boolean {
  return now.request !== undefined && now.request.at >= failure.counts;
}
