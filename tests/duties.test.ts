import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { simulate } from '../src/author/simulate.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { dutiesOf } from '../src/check/duties.ts';
import { ownersOf } from '../src/check/duty.ts';
import { gatesOfDefect, gatesOfRelease } from '../src/derive/gates.ts';
import { readContent, type Sources } from '../src/load/read-content.ts';
import { addHours, toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { factsOf } from '../src/site/project/facts.ts';
import { timeOf } from '../src/site/words/dates.ts';
import { base } from './support/tree.ts';

let sources: Sources;
const moment = (time: string) => ({ instant: toInstant(time, 'Europe/London'), isChosen: true });
const catalogAt = (time: string) => evaluate(sources, moment(time)).catalog as Catalog;

beforeAll(async () => {
  sources = await readContent(fileURLToPath(new URL('../content', import.meta.url)));
});

describe('what is owed', () => {
  test('each open step of a release, soonest first, with its owner and its deadline', () => {
    const catalog = catalogAt('2020-11-18T11:00');
    const own = dutiesOf(catalog).filter(({ release }) => release === 'R10');
    expect(own.map((duty) => `${duty.due} ${duty.what}: ${ownersOf(catalog, duty).join()}`)).toEqual([
      '2020-11-19T00:00:00Z Passed test in QAS2 of R10: HV',
      '2020-11-19T07:00:00Z Approval of R10: CR',
      '2020-11-19T07:00:00Z The final note of R10: CR',
      '2020-11-19T09:00:00Z Deployment to MT of R10: EM',
      '2020-11-20T00:00:00Z Smoke test in MT of R10: HV',
    ]);
    expect(dutiesOf(catalog).map(({ due }) => due ?? '9')).toEqual(
      dutiesOf(catalog)
        .map(({ due }) => due ?? '9')
        .sort(),
    );
  });

  test('a failed release is owed its correction and what leads back to its completion', () => {
    const owed = (time: string) =>
      dutiesOf(catalogAt(time))
        .filter(({ release }) => release === 'R03')
        .map(({ what, due }) => `${due} ${what}`);
    expect(owed('2020-09-24T09:00')).toEqual([
      '2020-09-26T23:00:00Z Delivery of a correction of R03',
      '2020-09-26T23:00:00Z Deployment request of R03',
      '2020-09-26T23:00:00Z Deployment to MT of R03',
      '2020-09-26T23:00:00Z Smoke test in MT of R03',
    ]);
    // The corrected version is there: it renews evidence, approval and note.
    expect(owed('2020-09-24T10:05')).toEqual([
      '2020-09-26T23:00:00Z Deployment to QAS1 of R03',
      '2020-09-26T23:00:00Z Deployment to QAS2 of R03',
      '2020-09-26T23:00:00Z Deployment request of R03',
      '2020-09-26T23:00:00Z Passed test in QAS2 of R03',
      '2020-09-26T23:00:00Z Approval of R03',
      '2020-09-26T23:00:00Z An erratum to the final note of R03',
      '2020-09-26T23:00:00Z Deployment to MT of R03',
      '2020-09-26T23:00:00Z Smoke test in MT of R03',
    ]);
    expect(owed('2020-09-24T14:00')).toEqual([
      '2020-09-24T15:30:00Z Deployment to MT of R03',
      '2020-09-26T23:00:00Z Smoke test in MT of R03',
    ]);
  });

  test('an emergency is owed to the next regular note until that is published', () => {
    const owed = (time: string) =>
      dutiesOf(catalogAt(time))
        .filter(({ release }) => release === 'E01')
        .map(({ what }) => what);
    expect(owed('2020-09-13T12:00')).toEqual([expect.stringContaining('again in the final note of R02')]);
    expect(owed('2020-09-18T12:00')).toEqual([]);
  });
});

describe('why a defect is or is not there', () => {
  test('the gates of a release in proving', () => {
    const catalog = catalogAt('2020-11-18T11:00');
    const release = catalog.releases.find(({ id }) => id === 'R10') as Catalog['releases'][number];
    const open = gatesOfRelease(catalog, release).filter(({ isMet }) => !isMet);
    expect(open).toEqual([
      {
        gate: 'Passed test in QAS2',
        isMet: false,
        note: 'not yet passed: D-0047, D-0052',
        due: '2020-11-19T00:00:00Z',
      },
      { gate: 'Approval', isMet: false, due: '2020-11-19T07:00:00Z' },
      { gate: 'The final note', isMet: false, due: '2020-11-19T07:00:00Z' },
      { gate: 'Deployment to MT', isMet: false, due: '2020-11-19T09:00:00Z' },
      { gate: 'Smoke test in MT', isMet: false, due: '2020-11-20T00:00:00Z' },
    ]);
  });

  test('a defect that no release proposed can reach the first slot whose provisional note is not due yet', () => {
    const last = gatesOfDefect(catalogAt('2020-11-18T11:00'), 'D-0066').gates.at(-1);
    expect(last).toEqual({
      gate: 'Proposed for a release',
      isMet: false,
      note: 'no release has proposed it',
      day: '2020-11-26',
    });
  });

  test('a defect that is in the market met every gate', () => {
    const { release, gates } = gatesOfDefect(catalogAt('2020-11-18T11:00'), 'D-0014');
    expect(release?.id).toBe('E01');
    expect(gates.filter(({ isMet }) => !isMet)).toEqual([]);
  });
});

describe('gates, duties and pages give one answer', () => {
  const trees = { sample: () => sources, base };
  const telling = ['to', 'in', 'note', 'outcome', 'decision'];
  /** After the first two lines and the last of each kind, by type of release; and an hour later, when more is late. */
  const momentsOf = (releases: Catalog['releases']): string[] => {
    const kinds = new Map<string, string[]>();
    for (const { record, entries } of releases)
      for (const { counts, line } of entries) {
        const what = Object.entries(line).filter(([field]) => telling.includes(field));
        const kind = JSON.stringify([record.type, line.did, what]);
        kinds.set(kind, [...(kinds.get(kind) ?? []), counts]);
      }
    const chosen = [...kinds.values()].flatMap((moments) => [...moments.slice(0, 2), ...moments.slice(-1)]);
    return [...new Set(chosen.flatMap((counts) => [counts, addHours(counts, 1)]))];
  };
  test.each(Object.keys(trees) as (keyof typeof trees)[])(
    'after each kind of line of %s, and an hour later',
    (name) => {
      const tree = trees[name]();
      const all = (evaluate(tree, moment('2021-06-01')).catalog as Catalog).releases;
      for (const [index, instant] of momentsOf(all).entries()) {
        const { catalog, diagnostics } = evaluate(tree, { instant, isChosen: true }) as {
          catalog: Catalog;
          diagnostics: [];
        };
        const duties = dutiesOf(catalog);
        // Pages take their time to make: every tenth moment is enough for them.
        const facts = index % 10 === 0 ? factsOf(catalog, diagnostics) : undefined;
        for (const release of catalog.releases) {
          const owed = duties.filter((duty) => duty.release === release.id && duty.step);
          if (owed.length === 0) continue;
          const open = gatesOfRelease(catalog, release).filter(
            ({ isMet, note }) => !isMet && note !== 'it can no longer be done',
          );
          const pairs = open.map(({ gate, due }) => `${gate} of ${release.id} ${due}`).sort();
          expect(owed.map(({ what, due }) => `${what} ${due}`).sort(), `${release.id} at ${instant}`).toEqual(pairs);
          if (!facts) continue;
          const shownAs = (due?: string) => timeOf(due, catalog.policy.programme.zone)?.local;
          const shown = facts.releases.find(({ id }) => id === release.id)?.gates.filter(({ isMet }) => !isMet) ?? [];
          expect(shown.map(({ gate, due }) => `${gate} ${due?.local}`)).toEqual(
            expect.arrayContaining(open.map(({ gate, due }) => `${gate} ${shownAs(due)}`)),
          );
          expect(facts.duties.filter((duty) => duty.release?.id === release.id).map(({ due }) => due?.local)).toEqual(
            expect.arrayContaining(owed.map(({ due }) => shownAs(due))),
          );
        }
      }
    },
  );
});

describe('simulate', () => {
  test('drops and adds in a copy: the note, the difference, who is affected', () => {
    const before = sources.files.map(({ path, bytes }) => `${path} ${bytes.length}`);
    const result = simulate(sources, moment('2020-11-18T11:00'), 'R10', { drop: ['D-0047'], add: ['D-0066'] });
    if ('refusal' in result) throw new Error(result.refusal);
    expect(result.note.dropped.map(({ id }) => id)).toEqual(['D-0047']);
    expect(result.note.added.map(({ id }) => id)).toEqual(['D-0066']);
    expect(result.note.items.map(({ id }) => id)).not.toContain('D-0047');
    expect(sources.files.map(({ path, bytes }) => `${path} ${bytes.length}`)).toEqual(before);
  });

  test.each([
    ['R99', [], [], 'There is no release R99 that can be read.'],
    ['R10', ['D-0001'], [], expect.stringContaining('D-0001 is not in R10, which holds ')],
    ['R10', [], ['D-0047'], 'D-0047 is in R10 already.'],
    ['R10', [], ['D-9999'], 'There is no defect or change D-9999.'],
    ['R01', ['D-0001'], [], expect.anything()],
  ])('%s without %j with %j is refused in one sentence', (id, drop, add, refusal) => {
    expect(simulate(sources, moment('2020-11-18T11:00'), id, { drop, add })).toEqual({ refusal });
  });
});
