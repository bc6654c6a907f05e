import type { RetestOutcome } from '../../../derive/retests.ts';
import type { Time } from '../../words/dates.ts';
import { type Choices, choicesOf } from '../affected.ts';
import type { Facts } from '../facts.ts';
import type { PublicRetest } from '../retests.ts';

/** What participants have been given to retest, and what came of it: what waits for them first. */
export type RetestsPage = {
  asOf: Time;
  markets: string;
  retests: PublicRetest[];
  choices: Choices;
  /** The outcomes that there are. */
  outcomes: RetestOutcome[];
  hasRoles: boolean;
};

export function retestsPage(facts: Facts): RetestsPage {
  const { retests, programme } = facts;
  const present = order.filter((outcome) => retests.some((retest) => retest.outcome === outcome));
  return {
    asOf: facts.asOf.time,
    markets: programme.markets,
    retests: inOrder(retests),
    choices: choicesOf(retests, facts),
    outcomes: present,
    hasRoles: programme.marketRoles.length > 0,
  };
}

const order: RetestOutcome[] = ['waiting', 'reopened', 'untracked', 'confirmed', 'settled', 'not-asked'];

/** What waits for participants first; the newest first among equals. */
export function inOrder(retests: readonly PublicRetest[]): PublicRetest[] {
  return [...retests].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
}
