import type { Policy } from '../validate/validate.ts';
import { environmentsFor } from './environments.ts';
import type { Entry } from './entry.ts';
import { entriesOf, type ReleaseHistory } from './history.ts';

/** Every deployment of a release to an environment of one use, whatever came of it. */
export function deploymentsTo(
  release: ReleaseHistory,
  policy: Policy,
  use: Policy['environments'][number]['use'],
): Entry<'deploy'>[] {
  const environments = environmentsFor(policy, use);
  return entriesOf(release, 'deploy').filter(({ line }) => environments.includes(line.to));
}

/** The first deployment of a release to a market-facing environment, whatever came of it, or of one outcome. */
export function firstMarketDeployment(
  release: ReleaseHistory,
  policy: Policy,
  outcome?: 'succeeded',
): Entry<'deploy'> | undefined {
  return deploymentsTo(release, policy, 'market').find(({ line }) => outcome === undefined || line.outcome === outcome);
}
