import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { arrivalInMarket } from '../../derive/market.ts';
import { type Membership, membershipOf, type Withdrawal, withdrawalOf } from '../../derive/membership.ts';
import type { ReleaseState } from '../../derive/release-state.ts';
import { completedAt, slotOf } from '../../derive/slots.ts';
import { holdersOf, proposedAt } from '../../derive/standing.ts';
import type { Instant } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { type Reference, referenceTo } from './reference.ts';

/** What is known of an item in one release. */
export type Held = {
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

/** A release that has or had an item: how it belongs to it, and what came of it. */
export type Holding = {
  release: Reference;
  state: ReleaseState;
  day?: string | undefined;
  membership: Membership;
  proposedAt?: Time | undefined;
  withdrawn?: { at: Time; reason: string; target: string } | undefined;
  deployedAt?: Time | undefined;
  isComplete: boolean;
};

/** Every release that ever proposed an item, oldest first. */
export function heldOf(catalog: Catalog, item: string): Held[] {
  return holdersOf(catalog, item).map((release) => heldIn(catalog, release, item));
}

function heldIn({ policy }: Catalog, release: ReleaseHistory, item: string): Held {
  const { now, record } = release;
  const isInside = now.contents.includes(item) || now.bundle.includes(item);
  return {
    release: release.id,
    title: record.title,
    state: release.state,
    day: slotOf(release, policy)?.day,
    membership: membershipOf(now, item),
    proposedAt: proposedAt(release, item),
    withdrawn: withdrawalOf(now, item),
    deployedAt: isInside ? arrivalInMarket(release, item, policy) : undefined,
    completedAt: isInside ? completedAt(release, policy) : undefined,
  };
}

/** What pages show of it. */
export function holdingOf(catalog: Catalog, held: Held): Holding {
  const { zone } = catalog.policy.programme;
  const { release, title, state, day, membership, proposedAt, withdrawn, deployedAt } = held;
  return {
    release: referenceTo(catalog, 'release', release, title),
    state,
    day,
    membership,
    proposedAt: timeOf(proposedAt, zone),
    withdrawn: withdrawn && {
      at: timeOf(withdrawn.at, zone),
      reason: withdrawn.reason,
      target: withdrawn.target,
    },
    deployedAt: timeOf(deployedAt, zone),
    isComplete: held.completedAt !== undefined,
  };
}
