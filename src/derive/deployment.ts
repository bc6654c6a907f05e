import { environmentsFor, isFor } from './environments.ts';
import { type Instant, toInstant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import type { Policy } from '../validate/validate.ts';
import type { Entry } from './entry.ts';
import type { ReleaseHistory } from './history.ts';

/** True when a test line is a smoke test: it ran in a market-facing environment. */
export function isSmokeTest(entry: Entry, policy: Policy): boolean {
  return entry.line.did === 'test' && isFor(policy, 'market', entry.line.in);
}

/**
 * True when a deployment to the market-facing environment started after a moment; one that goes on counts, which no
 * fold sees yet.
 */
export function hasStartedAfter(release: ReleaseHistory, moment: string, { policy, asOf }: Catalog): boolean {
  const market = environmentsFor(policy, 'market');
  return release.record.log.some((line) => {
    if (line.did !== 'deploy' || !market.includes(line.to)) return false;
    const start = toInstant(line.at, policy.programme.zone);
    return start > moment && start <= asOf;
  });
}

/** True when another release was deployed successfully to the environment of a deployment after a moment. */
export function isDeployedOver(
  { id }: ReleaseHistory,
  { line: { to } }: Entry<'deploy'>,
  moment: Instant,
  { events }: Catalog,
): boolean {
  return events.some(
    ({ did, outcome, environment, at, release }) =>
      did === 'deploy' && outcome === 'succeeded' && environment === to && at > moment && release !== id,
  );
}
