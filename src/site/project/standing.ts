import type { Catalog } from '../../derive/catalog.ts';
import { unknownBecause, unreadReleases } from '../../derive/lookup.ts';
import { toDay, toInstant } from '../../model/time.ts';
import { longDay } from '../words/dates.ts';
import type { StandingKind } from '../words/statuses.ts';
import { type Held, heldOf, type Holding, holdingOf } from './holdings.ts';
import { marketsIn } from './programme.ts';
import { type Reference, referenceTo } from './reference.ts';

/** In one sentence: why an item is, or is not, in front of participants or in the next release. */
export type Standing = { kind: StandingKind; release?: Reference | undefined; sentence: string };

/** Every release that ever proposed an item, oldest first, and how the item stands after them all. */
export function projectStanding(
  catalog: Catalog,
  item: string,
  isOpen: boolean | undefined,
): { releases: Holding[]; standing: Standing } {
  const held = heldOf(catalog, item);
  const { kind, release, sentence } = standingOf(catalog, held, isOpen);
  return {
    releases: held.map((holding) => holdingOf(catalog, holding)),
    standing: { kind, release: release === undefined ? undefined : referenceTo(catalog, 'release', release), sentence },
  };
}

type Stand = { kind: StandingKind; release?: string; sentence: string };

/**
 * The first thing that can be said of the item decides: on its way, proposed, in place, settled, withdrawn. A change
 * has no status, so `isOpen` is absent.
 */
function standingOf(catalog: Catalog, holdings: readonly Held[], isOpen: boolean | undefined): Stand {
  const { policy } = catalog;
  const markets = marketsIn(catalog);
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
      sentence: `${fixed.release} brought it to ${markets}; complete since ${longDay(toDay(fixed.completedAt, policy.programme.zone))}.${isOpen ? ' The tracker still has it open.' : ''}`,
    };
  const unread = unreadReleases(catalog);
  if (unread.length > 0)
    return { kind: 'unknown', sentence: `Which release it is in, if any, is ${unknownBecause(unread)}.` };
  if (isOpen === false) return { kind: 'settled', sentence: 'It is settled without a release.' };
  if (last?.withdrawn) {
    const { target } = last.withdrawn;
    const isPast = /^\d{4}-/.test(target) && toInstant(target.slice(0, 10), policy.programme.zone) < catalog.asOf;
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

function standingIn({ release, state, deployedAt }: Held, markets: string): Stand {
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
