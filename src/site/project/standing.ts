import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import type { ReleaseState } from '../../derive/release-state.ts';
import { environmentsOf } from '../../derive/environments.ts';
import { completedAt, slotOf } from '../../derive/slots.ts';
import { type Instant, toDay, toInstant } from '../../model/time.ts';
import { longDay } from '../words/dates.ts';
import { type Membership, membershipOf, type Withdrawal, withdrawalOf } from '../../derive/membership.ts';
import { compareText } from '../../diagnostic.ts';

/** A release that has or had an item: how it belongs to it, and what came of it. */
export type Holding = {
  release: string;
  title: string;
  state: ReleaseState;
  day?: string | undefined;
  membership: Membership;
  proposedAt?: Instant | undefined;
  withdrawn?: Withdrawal | undefined;
  deployedAt?: Instant | undefined;
  completedAt?: Instant | undefined;
};

/** In one sentence: why an item is, or is not, in front of participants or in the next release. */
export type Standing = {
  kind: 'fixed' | 'deployed' | 'coming' | 'proposed' | 'withdrawn' | 'settled' | 'unplanned';
  release?: string | undefined;
  sentence: string;
};

/** Every release that ever proposed the item, oldest first. */
export function holdingsOf(catalog: Catalog, item: string): Holding[] {
  return catalog.releases
    .filter(({ now }) => now.candidates.includes(item))
    .map((release) => holdingOf(catalog, release, item))
    .sort((a, b) => compareText(a.proposedAt ?? '', b.proposedAt ?? ''));
}

function holdingOf({ policy }: Catalog, release: ReleaseHistory, item: string): Holding {
  const { now, entries, record } = release;
  const isInside = now.contents.includes(item) || now.bundle.includes(item);
  return {
    release: release.id,
    title: record.title,
    state: release.state,
    day: slotOf(release, policy)?.day,
    membership: membershipOf(now, item),
    proposedAt: entries.find(({ line }) => line.did === 'propose' && line.items.includes(item))?.at,
    withdrawn: withdrawalOf(now, item),
    deployedAt: isInside ? firstMarketDeployment(release, policy, 'succeeded')?.counts : undefined,
    completedAt: isInside ? completedAt(release, policy) : undefined,
  };
}

/**
 * The first thing that can be said of the item decides: on its way, proposed, in place, settled, withdrawn. A change
 * has no status, so `isOpen` is absent.
 */
export function standingOf(
  { policy, asOf }: Catalog,
  holdings: readonly Holding[],
  isOpen: boolean | undefined,
): Standing {
  const markets = environmentsOf(policy, 'market')
    .map(({ name }) => name)
    .join(', ');
  const last = holdings.at(-1);
  const inside = holdings.filter(({ membership }) => membership === 'committed');
  const current = inside.find(({ completedAt: at }) => at === undefined);
  if (current && current.state !== 'closed') return standingIn(current, markets);
  const fixed = inside.findLast(({ completedAt: at }) => at !== undefined);
  const proposed = holdings.find(
    ({ membership, state }) => membership === 'candidate' && state !== 'closed' && state !== 'complete',
  );
  if (proposed)
    return {
      kind: 'proposed',
      release: proposed.release,
      sentence: `It is a candidate for ${proposed.release}; that it will be in it is not agreed yet.`,
    };
  if (fixed?.completedAt)
    return {
      kind: 'fixed',
      release: fixed.release,
      sentence: `${fixed.release} brought it to ${markets}; it is complete since ${longDay(toDay(fixed.completedAt, policy.programme.zone))}.${isOpen ? ' The tracker still has it open.' : ''}`,
    };
  if (isOpen === false) return { kind: 'settled', sentence: 'It is settled without a release.' };
  if (last?.withdrawn) {
    const { target } = last.withdrawn;
    const isPast = /^\d{4}-/.test(target) && toInstant(target.slice(0, 10), policy.programme.zone) < asOf;
    const next =
      target === 'none'
        ? 'it has no new target'
        : isPast
          ? `its target was ${target}, and no release has taken it up`
          : `it is now meant for ${target}`;
    return {
      kind: 'withdrawn',
      release: last.release,
      sentence: `It was withdrawn from ${last.release} (${last.withdrawn.reason}); ${next}.`,
    };
  }
  return {
    kind: 'unplanned',
    sentence:
      'It is not in the next release: no release proposes it yet. Defects are not fixed and deployed automatically in the week they are raised.',
  };
}

function standingIn({ release, state, deployedAt }: Holding, markets: string): Standing {
  if (state === 'failed')
    return {
      kind: 'coming',
      release,
      sentence: `It is in ${release}, which failed in ${markets} and is being fixed forward.`,
    };
  if (deployedAt)
    return {
      kind: 'deployed',
      release,
      sentence: `${release} deployed it to ${markets}; the smoke test is still to pass.`,
    };
  return { kind: 'coming', release, sentence: `It is committed for ${release}, which is not in ${markets} yet.` };
}
