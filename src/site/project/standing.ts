import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { isSettled } from '../../derive/known-issues.ts';
import { defectOf, unknownBecause, unreadReleases } from '../../derive/lookup.ts';
import { type Withdrawal, withdrawalOf } from '../../derive/membership.ts';
import { promisesOf } from '../../derive/promises.ts';
import { completedAt, slotOf } from '../../derive/slots.ts';
import { type ItemStanding, originalOf, type StandingKind, standingOf } from '../../derive/standing.ts';
import { isDate, toDay } from '../../model/time.ts';
import { longDay } from '../words/dates.ts';
import { heldOf, type Holding, holdingOf } from './holdings.ts';
import { marketsIn } from './programme.ts';
import { type Reference, referenceTo } from './reference.ts';

/** In one sentence: why an item is, or is not, in front of participants or in the next release. */
export type Standing = {
  kind: StandingKind;
  /** The defect that this one reports once more: the release and the sentence are its own. */
  original?: Reference | undefined;
  release?: Reference | undefined;
  sentence: string;
};

/** Every release that ever proposed an item, oldest first, and how the item stands after them all. */
export function projectStanding(catalog: Catalog, item: string): { releases: Holding[]; standing: Standing } {
  const original = originalOf(catalog, item);
  const { kind, release } = standingOf(catalog, original);
  const sentence = sentenceFor(catalog, original, { kind, ...(release ? { release } : {}) });
  return {
    releases: heldOf(catalog, item).map((holding) => holdingOf(catalog, holding)),
    standing: {
      kind,
      original: original === item ? undefined : referenceTo(catalog, 'item', original),
      release:
        release && referenceTo(catalog, 'release', release.id, original === item ? release.record.title : undefined),
      sentence: original === item ? sentence : `Duplicate of ${original}: ${sentence.replace(/^It\b/, 'it')}`,
    },
  };
}

function sentenceFor(catalog: Catalog, item: string, { kind, release }: ItemStanding): string {
  const { policy } = catalog;
  const markets = marketsIn(catalog);
  const { id, state } = release ?? { id: '', state: '' };
  const day = (instant: string | undefined) => (instant ? longDay(toDay(instant, policy.programme.zone)) : '');
  const slot = release && slotOf(release, policy)?.day;
  const planned = slot === undefined ? '' : `, planned for ${longDay(slot)}`;
  switch (kind) {
    case 'deployed':
      return `${id} deployed it to ${markets}; the ${policy.programme.terms.smokeTest} is still to pass.`;
    case 'coming':
      return state === 'failed'
        ? `It is in ${id}, which failed in ${markets} and is being fixed forward.`
        : `It is committed for ${id}${planned}, and not in ${markets} yet.`;
    case 'proposed':
      return `It is a candidate for ${id}${planned}; that it will be in it is not agreed yet.`;
    case 'fixed': {
      const isOpen = defectOf(catalog, item) !== undefined && !isSettled(catalog, item);
      const since = day(release && completedAt(release, policy));
      return `${id} brought it to ${markets}; complete since ${since}.${isOpen ? ' The tracker still has it open.' : ''}`;
    }
    case 'unknown':
      return `Which release it is in, if any, is ${unknownBecause(unreadReleases(catalog))}.`;
    case 'settled':
      return 'It is settled without a release.';
    case 'withdrawn':
      return sentenceForWithdrawn(catalog, item, release as ReleaseHistory);
    case 'unplanned':
      if (release) return `${id} is closed and does not bring it, and no other release proposes it yet.`;
      return 'It is not in the next release: no release proposes it yet. Defects are not fixed and deployed automatically in the week they are raised.';
  }
}

/** What was promised is told for as long as it is owed, and that it was not kept. */
function sentenceForWithdrawn(catalog: Catalog, item: string, { id, now }: ReleaseHistory): string {
  const { zone, terms } = catalog.policy.programme;
  const { at, reason, target } = withdrawalOf(now, item) as Withdrawal;
  const gone = `It was withdrawn from ${id} on ${longDay(toDay(at, zone))} (${reason})`;
  if (target === 'none') return `${gone}, and has no new target.`;
  if (!isDate(target)) return `${gone}, and is now meant for ${target}.`;
  const promised = promisesOf(catalog).find((promise) => promise.item === item && promise.release.id === id);
  const isPast = promised !== undefined && promised.due <= catalog.asOf;
  return isPast
    ? `${gone} and promised for ${longDay(target)}, which passed without a release that lists it.`
    : `${gone} and promised for ${longDay(target)}; no release of that ${terms.slot} lists it yet.`;
}
