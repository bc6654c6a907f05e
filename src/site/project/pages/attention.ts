import type { ReleaseState } from '../../../derive/release-state.ts';
import { addHours } from '../../../model/time.ts';
import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import type { PublicWindow } from '../releases.ts';
import { type Outage, outageOf } from './schedule.ts';

/** What is out of the ordinary. */
export type Attention = {
  failed: { release: Reference; next?: ReleaseState | undefined }[];
  emergencies: { release: Reference; state: ReleaseState; window?: PublicWindow | undefined }[];
  owed: { emergency: Reference; deployedAt: Time; items: Reference[] }[];
  overdue: { text: string; release?: Reference | undefined; clause?: string | undefined }[];
  outages: (Outage & { isNow: boolean })[];
  closed: { from: Time; until: Time; reason: string; except: string[]; isNow: boolean }[];
  /** True when something that the release team owes is late, which the list of what is due shows. */
  isOwedLate: boolean;
  /** True while files cannot be read: then nobody can say that all is calm. */
  isUnknown: boolean;
};

export function attentionOf({ asOf, home, releases, findings, schedule, duties, unread }: Facts): Attention {
  const now = asOf.instant;
  const horizon = addHours(now, 14 * 24);
  return {
    failed: releases
      .filter(({ state }) => state === 'failed')
      .map(({ reference, nextAttempt }) => ({ release: reference, next: nextAttempt })),
    emergencies: releases
      .filter(({ id }) => home.emergencies.includes(id))
      .map(({ reference, state, window }) => ({ release: reference, state, window })),
    owed: home.owed,
    overdue: findings
      .filter(({ level }) => level === 'overdue')
      .map(({ message, rule, release, clause }) => ({ text: message ?? rule, release, clause })),
    outages: schedule.outages
      .filter(({ from, until }) => until > now && from < horizon)
      .map((outage) => ({ ...outageOf(outage), isNow: outage.from <= now })),
    closed: schedule.closed
      .filter(({ from, until }) => until > now && from < horizon)
      .map(({ period, reason, except, from }) => ({ ...period, reason, except, isNow: from <= now })),
    isOwedLate: duties.some(({ isOverdue }) => isOverdue),
    isUnknown: unread.length > 0,
  };
}
