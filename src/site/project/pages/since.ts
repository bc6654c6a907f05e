import type { Time } from '../../words/dates.ts';
import { pathOfSince } from '../../words/address.ts';
import { type Choices, choicesOf } from '../affected.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import type { PublicNews, PublicSince } from '../since.ts';
import type { Page } from './page.ts';

/** The points from which one can look, the newest first, with how much happened until the next. */
export type SinceIndexPage = {
  asOf: Time;
  markets: string;
  points: (SincePoint & { counts: { fixes: number; emergencies: number; issues: number } })[];
  choices: Choices;
};

/** A release that came to participants. */
export type SincePoint = { release: Reference; isEmergency: boolean; at: Time; path: string };

/** What changed after one release until the next had come; of the last, until now. */
export type SincePage = {
  /** Only where it is still going on. */
  asOf?: Time | undefined;
  markets: string;
  since: Omit<SincePoint, 'path'>;
  until?: SincePoint | undefined;
  before?: { id: string; path: string } | undefined;
  news: { [Kind in PublicNews['kind']]: Extract<PublicNews, { kind: Kind }>[] };
  choices: Choices;
};

export function sinceIndexPage(facts: Facts): SinceIndexPage {
  return {
    asOf: facts.asOf.time,
    markets: facts.programme.markets,
    points: facts.since.map((since) => ({ ...pointOf(since), counts: countsOf(since) })).reverse(),
    choices: choicesOf(
      facts.since.flatMap(({ news }) => news),
      facts,
    ),
  };
}

export function sincePages(facts: Facts): Page<SincePage>[] {
  return facts.since.map((since, place) => {
    const next = facts.since[place + 1];
    const before = facts.since[place - 1];
    const of = <Kind extends PublicNews['kind']>(kind: Kind) =>
      since.news.filter((news): news is Extract<PublicNews, { kind: Kind }> => news.kind === kind);
    return {
      params: { from: since.release.id },
      model: {
        asOf: next ? undefined : facts.asOf.time,
        markets: facts.programme.markets,
        since: { release: since.release, isEmergency: since.isEmergency, at: since.at },
        until: next && pointOf(next),
        before: before && { id: before.release.id, path: pathOfSince(before.release.id) },
        news: { version: of('version'), fix: of('fix'), issue: of('issue'), retest: of('retest') },
        choices: choicesOf(since.news, facts),
      },
    };
  });
}

function pointOf({ release, isEmergency, at }: PublicSince): SincePoint {
  return { release, isEmergency, at, path: pathOfSince(release.id) };
}

function countsOf({ news }: PublicSince): SinceIndexPage['points'][number]['counts'] {
  return {
    fixes: news.filter(({ kind }) => kind === 'fix').length,
    emergencies: news.filter((entry) => entry.kind === 'fix' && entry.isEmergency).length,
    issues: news.filter((entry) => entry.kind === 'issue' && entry.did === 'opened').length,
  };
}
