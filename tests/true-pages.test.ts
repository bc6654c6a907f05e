import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Sources } from '../src/load/read-content.ts';
import type { Facts } from '../src/site/project/facts.ts';
import { sampleSources, siteAt } from './support/site.ts';
import { textOf } from './support/tree.ts';

/**
 * What pages say is held against the records, which are read here anew: nothing of how the program reads or folds them
 * is used to find out what is true.
 */
const moments = [
  '2020-09-24T12:00',
  '2020-09-24T17:00',
  '2020-10-06T20:00',
  '2020-10-28T09:00',
  '2020-11-12T12:00',
  '2020-11-18T11:00',
];
type Line = Record<string, string> & { items?: string[]; versions?: Record<string, string>; replaces?: number };
type Release = { id: string; items: { id: string; components?: string[] }[]; log: Line[] };
type Defect = {
  id: string;
  duplicateOf?: string;
  summary?: string;
  tracker: { status: string; component?: string; raised: string; history?: Record<string, string>[] };
};

let releases: Release[];
let defects: Defect[];
const at = new Map<string, Facts>();

beforeAll(async () => {
  const sources = await sampleSources();
  releases = recordsIn(sources, 'releases');
  defects = recordsIn(sources, 'defects');
  for (const moment of moments) at.set(moment, siteAt(sources, moment).facts);
});

function recordsIn<Record_>({ files }: Sources, folder: string): Record_[] {
  return files
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map((file) => parse(textOf(file).split(/^---$/m)[1] as string) as Record_);
}

/** The lines that count at a moment, in order of time; local times of one zone compare as texts. */
function linesOf({ log }: Release, moment: string): Line[] {
  const replaced = log.flatMap(({ replaces }) => replaces ?? []);
  const counts = (line: Line) => line['until'] ?? line['at'] ?? '';
  return log
    .filter((line, index) => !replaced.includes(index + 1) && line['did'] !== 'request' && counts(line) <= moment)
    .sort((a, b) => (counts(a) < counts(b) ? -1 : 1));
}

describe.each(moments)('at %s', (moment) => {
  const facts = () => at.get(moment) as Facts;

  test('a fix is in front of participants since the deployment that brought the versions it has now', () => {
    let seen = 0;
    for (const defect of facts().defects) {
      for (const { release, deployedAt } of defect.releases) {
        const record = releases.find(({ id }) => id === release.id) as Release;
        if (!deployedAt) continue;
        const component = defects.find(({ id }) => id === defect.id)?.tracker.component as string;
        const lines = linesOf(record, moment);
        const deliveries = lines.filter(({ did, versions = {} }) => did === 'deliver' && component in versions);
        const last = deliveries.at(-1) ?? lines.findLast(({ did }) => did === 'deliver');
        const arrivals = lines.filter(
          (line) =>
            line['did'] === 'deploy' &&
            line['to'] === 'mt' &&
            line['outcome'] === 'succeeded' &&
            (line['at'] ?? '') >= (last?.['at'] ?? ''),
        );
        const ends = arrivals.map((line) => line['until'] ?? line['at']);
        expect(ends, `${defect.id} in ${release.id}`).toContain(deployedAt.local.slice(0, 16));
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(3);
  });

  test('a day of the schedule shows a test as passed only once all items of the release had passed', () => {
    for (const record of releases) {
      const tests = linesOf(record, moment).filter(({ did, in: where }) => did === 'test' && where === 'qas2');
      const marks = Object.entries(facts().schedule.grid.rows.find(({ name }) => name === 'QAS2')?.days ?? {})
        .flatMap(([day, { actual }]) => actual.map((mark) => ({ day, ...mark })))
        .filter(({ release, what }) => release.id === record.id && what === 'tested');
      for (const { day, isGood, part } of marks.filter(({ isGood: good, part: some }) => good && !some)) {
        const until = linesOf(record, `${day}T23:59`).filter(({ did }) => did === 'withdraw');
        const gone = until.flatMap(({ items = [] }) => items);
        const left = record.items.map(({ id }) => id).filter((id) => !gone.includes(id));
        const outcomes = new Map<string, string>();
        for (const line of tests.filter((entry) => (entry['at'] ?? '') <= `${day}T23:59`))
          for (const id of line.items ?? left) outcomes.set(id, line['outcome'] as string);
        expect(
          { isGood, part, open: left.filter((id) => outcomes.get(id) !== 'passed') },
          `${record.id} ${day}`,
        ).toEqual({
          isGood: true,
          part: undefined,
          open: [],
        });
      }
    }
  });

  test('every open defect is a known issue, or its page says why it is none', () => {
    const open = ['new', 'analysis', 'fixing', 'ready', 'reopened', 'deferred'];
    for (const { id, tracker, summary } of defects.filter((defect) => defect.tracker.raised <= moment)) {
      const later = (tracker.history ?? []).filter((change) => change['field'] === 'status' && change['at']! > moment);
      const status = later[0]?.['from'] ?? tracker.status;
      const page = facts().defects.find((defect) => defect.id === id);
      const isListed = facts().issues.some(({ item }) => item.id === id);
      if (open.includes(status)) expect(isListed || page?.notKnown !== undefined, id).toBe(true);
      else expect({ isListed, notKnown: page?.notKnown }, id).toEqual({ isListed: false, notKnown: undefined });
      if (isListed) expect(summary, id).toBeDefined();
    }
  });

  test('what participants had of a component when a defect was raised', () => {
    for (const { id, tracker } of defects.filter((defect) => defect.tracker.raised <= moment)) {
      const arrivals = releases
        .flatMap((record) => {
          const lines = linesOf(record, moment);
          return lines
            .filter((line) => line['did'] === 'deploy' && line['to'] === 'mt' && line['outcome'] === 'succeeded')
            .map((line) => ({
              end: line['until'] ?? line['at'] ?? '',
              release: record.id,
              version: lines.findLast(
                ({ did, versions = {}, at: time = '' }) =>
                  did === 'deliver' && (tracker.component ?? '') in versions && time <= (line['at'] ?? ''),
              )?.versions?.[tracker.component ?? ''],
            }));
        })
        .filter(({ version, end }) => version !== undefined && end < tracker.raised)
        .sort((a, b) => (a.end < b.end ? -1 : 1));
      const last = arrivals.at(-1);
      const [held] = facts().defects.find((defect) => defect.id === id)?.heldWhenRaised ?? [];
      expect({ version: held?.versions[0], release: held?.release?.id }, id).toEqual({
        version: last?.version,
        release: last?.release,
      });
    }
  });

  test('what changed for participants is each version that a deployment put in the place of another', () => {
    const arrivals = releases
      .flatMap((record) => {
        const lines = linesOf(record, moment);
        return lines
          .filter((line) => line['did'] === 'deploy' && line['to'] === 'mt' && line['outcome'] === 'succeeded')
          .flatMap((line) => {
            const delivered = lines.filter(({ did, at: time = '' }) => did === 'deliver' && time <= (line['at'] ?? ''));
            const versions: Record<string, string> = Object.assign(
              {},
              ...delivered.map((entry) => entry.versions ?? {}),
            );
            const end = line['until'] ?? line['at'] ?? '';
            return Object.entries(versions).map(([component, version]) => ({
              end,
              release: record.id,
              component,
              version,
            }));
          });
      })
      .sort((a, b) => (a.end < b.end ? -1 : 1));
    const held = new Map<string, string>();
    const changes: string[] = [];
    for (const { end, release, component, version } of arrivals) {
      const before = held.get(component);
      held.set(component, version);
      // What came with the first release has nothing before it to be told from.
      if (before !== undefined && before !== version)
        changes.push(`${end} ${release} ${component} ${before} ${version}`);
    }
    const told = facts().since.flatMap(({ news }) =>
      news.flatMap((entry) =>
        entry.kind === 'version'
          ? [`${entry.at.local.slice(0, 16)} ${entry.release.id} ${entry.component.id} ${entry.from} ${entry.to}`]
          : [],
      ),
    );
    expect(told.sort()).toEqual(changes.sort());
    if (moment > '2020-11') expect(told.length).toBeGreaterThan(15);
  });

  test('each fix waits for its retest since it came, and a confirmed one was closed after that', () => {
    let confirmed = 0;
    for (const { item, since, outcome } of facts().retests) {
      const record = defects.find(({ id }) => id === item.id);
      const last = facts()
        .defects.find(({ id }) => id === item.id)
        ?.releases.findLast(({ deployedAt }) => deployedAt);
      if (record) expect(since, item.id).toEqual(last?.deployedAt);
      if (outcome !== 'confirmed') continue;
      const closed = record?.tracker.history?.findLast(
        (change) => change['to'] === 'closed' && change['at']! <= moment,
      );
      expect((closed?.['at'] ?? '') >= since.local.slice(0, 10), item.id).toBe(true);
      confirmed += 1;
    }
    if (moment > '2020-10') expect(confirmed).toBeGreaterThan(5);
  });

  test('a duplicate stands where its original stands, and names it', () => {
    const standing = (id: string) => facts().defects.find((defect) => defect.id === id)?.standing;
    const pairs = defects.flatMap(({ id, duplicateOf, tracker }) =>
      duplicateOf && tracker.raised <= moment ? [{ id, duplicateOf }] : [],
    );
    expect(pairs.length).toBeGreaterThan(0);
    for (const { id, duplicateOf } of pairs) {
      const { kind, release } = standing(duplicateOf) ?? {};
      expect(standing(id)).toMatchObject({ kind, original: { id: duplicateOf } });
      expect(standing(id)?.release?.id).toBe(release?.id);
      expect(standing(id)?.sentence).toMatch(new RegExp(`^Duplicate of ${duplicateOf}: `));
    }
  });

  test('a known issue of an old note says how it stands today', () => {
    let moved = 0;
    for (const { shown } of facts().notes) {
      for (const { item, today } of shown.knownIssues) {
        expect(today.kind, item.id).toBe(facts().defects.find(({ id }) => id === item.id)?.standing.kind);
        if (today.kind === 'fixed') moved += 1;
      }
    }
    if (moment > '2020-11') expect(moved).toBeGreaterThan(0);
  });

  test('what a note says was there before it was there: the version that participants had when it was published', () => {
    for (const { release, shown, publishedAt } of facts().notes) {
      for (const { component, from } of shown.versions) {
        const events = releases
          .filter(({ id }) => id !== release)
          .flatMap((record) => {
            const lines = linesOf(record, publishedAt.local.slice(0, 16));
            return lines
              .filter((line) => line['did'] === 'deploy' && line['to'] === 'mt' && line['outcome'] === 'succeeded')
              .map((line) => ({
                end: line['until'] ?? line['at'] ?? '',
                version: lines.findLast(
                  ({ did, versions = {}, at: time = '' }) =>
                    did === 'deliver' && component.id in versions && time <= (line['at'] ?? ''),
                )?.versions?.[component.id],
              }));
          })
          .filter(({ version }) => version !== undefined)
          .sort((a, b) => (a.end < b.end ? -1 : 1));
        expect(from, `${release} ${component.id}`).toBe(events.at(-1)?.version);
      }
    }
  });
});
