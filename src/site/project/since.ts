import { releaseArrivals } from '../../derive/arrivals.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { environmentName } from '../../derive/environments.ts';
import { changeOf, defectOf } from '../../derive/lookup.ts';
import { type News, newsOf } from '../../derive/news.ts';
import { itemOf } from '../../derive/note-item.ts';
import { labelled, nameIn } from '../../model/labelled.ts';
import type { Instant } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { type Affected, affectedBy, affectedByDefect } from './affected.ts';
import { type Reference, referenceTo } from './reference.ts';

/** Something that participants who test again should know of, with whom and what it touches. */
export type PublicNews = Affected & {
  at: Time;
  /** The day, where no more is known. */
  day?: string | undefined;
} & (
    | {
        kind: 'version';
        environment: string;
        component: Reference;
        from?: string | undefined;
        to: string;
        release: Reference;
      }
    | { kind: 'fix'; item: Reference; summary: string; release: Reference; isEmergency: boolean; actions: string[] }
    | { kind: 'issue'; item: Reference; summary: string; did: Extract<News, { kind: 'issue' }>['did'] }
    | { kind: 'retest'; item: Reference; summary: string; did: Extract<News, { kind: 'retest' }>['did'] }
  );

/** What happened in front of participants after a release came to them, until the next one had come, or until now. */
export type PublicSince = { release: Reference; isEmergency: boolean; at: Time; news: PublicNews[] };

/** Every release that came to participants, the oldest first, with what happened after it. */
export function projectSince(catalog: Catalog): PublicSince[] {
  const { zone } = catalog.policy.programme;
  const arrivals = releaseArrivals(catalog);
  const news = newsOf(catalog);
  return arrivals.map(({ release, at }, place) => ({
    release: referenceTo(catalog, 'release', release.id, release.record.title),
    isEmergency: release.kind === 'emergency',
    at: timeOf(at, zone),
    news: between(news, at, arrivals[place + 1]?.at).map((entry) => publicNews(catalog, entry)),
  }));
}

function between(news: readonly News[], after: Instant, until: Instant | undefined): News[] {
  return news.filter(({ at }) => at > after && (until === undefined || at <= until));
}

function publicNews(catalog: Catalog, news: News): PublicNews {
  const { policy } = catalog;
  const at = timeOf(news.at, policy.programme.zone);
  if (news.kind === 'version') {
    const { environment, component: id, from, to, release } = news;
    const component = labelled(id, policy.components);
    return {
      ...affectedBy(catalog, { components: [component], interfaces: [] }),
      at,
      kind: 'version',
      environment: environmentName(policy, environment),
      component: referenceTo(catalog, 'component', id, nameIn(policy.components, id)),
      from,
      to,
      release: referenceTo(catalog, 'release', release),
    };
  }
  const item = referenceTo(catalog, 'item', news.item);
  if (news.kind === 'fix') {
    const { release } = news;
    const fix = itemOf(catalog, release, news.item);
    return {
      ...affectedBy(catalog, fix),
      at,
      kind: 'fix',
      item,
      summary: fix.note,
      release: referenceTo(catalog, 'release', release.id),
      isEmergency: release.kind === 'emergency',
      actions: fix.actions.map(({ name }) => name),
    };
  }
  const defect = defectOf(catalog, news.item);
  const touched = defect ? affectedByDefect(catalog, defect) : affectedBy(catalog, { components: [], interfaces: [] });
  const summary = defect?.summary ?? changeOf(catalog, news.item)?.summary ?? '';
  const { at: _, item: __, ...rest } = news;
  return { ...touched, at, item, summary, ...rest };
}
