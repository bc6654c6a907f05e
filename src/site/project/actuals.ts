import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { type Slot } from '../../derive/slots.ts';
import { type Instant, toDay } from '../../model/time.ts';
import type { RowSubject } from '../../derive/schedule-rows.ts';

/** Something that happened on a day of the grid. */
export type Actual = {
  release: string;
  what: 'delivered' | 'deployed' | 'tested' | 'published';
  isGood: boolean;
  /** How many of the release's items had passed there by then, while some had not. */
  part?: { passed: number; of: number } | undefined;
};

/** What happened in one row, with its day: arrivals and tests of an environment, or the publication of notes. */
export function actualsOf(catalog: Catalog, { environment, stage }: RowSubject): (Actual & { day: string })[] {
  const { zone } = catalog.policy.programme;
  const found = stage ? publicationsOf(catalog, stage) : environment ? eventsOf(catalog, environment.id) : [];
  const seen = new Set<string>();
  return found
    .map(({ at, ...actual }) => ({ ...actual, day: toDay(at, zone) }))
    .filter(({ day, release, what, isGood, part }) => {
      const key = `${day} ${release} ${what} ${isGood} ${part?.passed ?? ''}`;
      return seen.has(key) ? false : seen.add(key);
    });
}

/** True when what a deadline asks for was there in time for every release that aims at the slot. */
export function isKept(catalog: Catalog, { environment, stage }: RowSubject, slot: Slot, due: Instant): boolean {
  return slot.releases.every((id) => {
    const release = catalog.releases.find((candidate) => candidate.id === id) as ReleaseHistory;
    if (release.state === 'closed') return true;
    if (stage) return entriesOf(release, 'publish').some(({ line, at }) => line.note === stage && at < due);
    const first = firstMarketDeployment(release, catalog.policy)?.at ?? catalog.asOf;
    return (
      entriesOf(release, 'test').findLast(({ line, at }) => line.in === environment?.id && at <= first && at < due)
        ?.line.outcome === 'passed'
    );
  });
}

const words = { deliver: 'delivered', deploy: 'deployed', test: 'tested' } as const;

function eventsOf({ events, releases }: Catalog, environment: string): (Actual & { at: Instant })[] {
  return events
    .filter((event) => event.environment === environment)
    .map(({ at, release, index, did, outcome, items }) => {
      const history = releases.find(({ id }) => id === release);
      const part = items && outcome === 'passed' && history ? partOf(history, index, environment) : undefined;
      return { at, release, what: words[did], isGood: outcome !== 'failed', part };
    });
}

/** How much of a release had passed in an environment after a line of its log; nothing once all of it had. */
function partOf({ entries, after }: ReleaseHistory, index: number, environment: string): Actual['part'] {
  const snapshot = after[entries.findIndex((entry) => entry.index === index)];
  const items = snapshot ? (snapshot.bundle.length > 0 ? snapshot.bundle : snapshot.contents) : [];
  const passed = items.filter((item) => snapshot?.results[environment]?.[item]?.outcome === 'passed').length;
  return passed < items.length ? { passed, of: items.length } : undefined;
}

function publicationsOf({ releases }: Catalog, stage: string): (Actual & { at: Instant })[] {
  return releases.flatMap((release) =>
    entriesOf(release, 'publish')
      .filter(({ line }) => line.note === stage || (stage === 'final' && line.note === 'erratum'))
      .map(({ at }) => ({ at, release: release.id, what: 'published', isGood: true })),
  );
}
