import { describe, expect, test } from 'vitest';
import { isSameNumber, readPoint } from '../src/components/since/point.ts';
import type { Facts } from '../src/site/project/facts.ts';
import { sampleMoment, sampleSources, siteAt } from './support/site.ts';
import { textOf } from './support/tree.ts';

describe('a point in time as somebody writes it', () => {
  const day = (text: string) => ({ kind: 'day', day: text });
  const number = (text: string) => ({ kind: 'number', number: text });
  test.each([
    ['2020-11-02', day('2020-11-02')],
    ['2 November 2020', day('2020-11-02')],
    ['Mon 2 Nov 2020', day('2020-11-02')],
    ['Monday, 2 november', day('2020-11-02')],
    ['2 dec', day('2019-12-02')],
    ['02/11/2020', day('2020-11-02')],
    ['2.11.2020', day('2020-11-02')],
    [' R05 ', number('r05')],
    ['d42', number('d42')],
    ['CCMT-1009', number('ccmt-1009')],
    ['2020-02-30', undefined],
    ['31 November 2020', undefined],
    ['yesterday', undefined],
    ['', undefined],
    ['42', undefined],
  ])('"%s"', (text, point) => expect(readPoint(text, '2020-11-18')).toEqual(point));

  test.each([
    ['d42', 'D-0042', true],
    ['D-0042', 'D-0042', true],
    ['d-420', 'D-0042', false],
    ['r5', 'R05', true],
    ['e5', 'R05', false],
  ])('"%s" and "%s" are the same number: %s', (one, other, is) => expect(isSameNumber(one, other)).toBe(is));
});

const fixed = '    - {at: 2020-10-15T08:45, field: status, from: ready, to: fixed}\n';

/** What is told of D-0012, whose fix came with R05 on 15 October, with another history from then on. */
async function toldOf(history: string, status: string): Promise<string[]> {
  const sources = await sampleSources();
  const files = sources.files.map((file) => {
    if (file.path !== 'defects/D-0012.md') return file;
    const text = textOf(file)
      .replace(/^ {2}status: .*$/m, `  status: ${status}`)
      .replace(/ {4}- \{at: 2020-10-15T08:45[\s\S]+?(?=^summary)/m, history);
    return { ...file, bytes: Buffer.from(text) };
  });
  const { facts } = siteAt({ ...sources, files }, sampleMoment);
  return newsOf(facts).flatMap(({ after, news }) =>
    'item' in news && news.item.id === 'D-0012'
      ? [`${after}: ${news.kind} ${'did' in news ? news.did : ''} ${news.day ?? news.at.local.slice(0, 16)}`]
      : [],
  );
}

function newsOf({ since }: Facts) {
  return since.flatMap(({ release, news }) => news.map((entry) => ({ after: release.id, news: entry })));
}

const before = [
  'B01: issue opened 2020-09-09T15:40',
  'E01: issue settled 2020-09-14T16:00',
  'R03: issue opened again 2020-09-28T09:20',
  'R04: fix  2020-10-15T08:10',
];
test.each([
  [
    'confirmed',
    fixed + '    - {at: 2020-10-20, field: status, from: fixed, to: closed}\n',
    'closed',
    ['R05: retest confirmed 2020-10-20'],
  ],
  [
    'back after its fix',
    fixed + '    - {at: 2020-10-19T10:00, field: status, from: fixed, to: reopened}\n',
    'reopened',
    ['R05: retest came back 2020-10-19T10:00'],
  ],
  [
    'settled in another way',
    '    - {at: 2020-10-19T10:00, field: status, from: ready, to: rejected}\n',
    'rejected',
    ['R05: retest settled 2020-10-19T10:00'],
  ],
  ['not touched since', fixed, 'fixed', []],
])('what changed tells of a defect that is %s', async (_, history, status, after) => {
  expect(await toldOf(history, status)).toEqual([...before, ...after]);
});

test('every version that came to participants is told once, in the part of time in which it came', async () => {
  const { facts } = siteAt(await sampleSources(), sampleMoment);
  const versions = newsOf(facts).flatMap(({ after, news }) =>
    news.kind === 'version' ? [`${after} ${news.release.id} ${news.component.id} ${news.from} ${news.to}`] : [],
  );
  expect(versions).toMatchInlineSnapshot(`
    [
      "B01 R01 core 4.12.0 4.13.0",
      "R01 E01 core 4.13.0 4.13.1",
      "E01 R02 core 4.13.1 4.14.1",
      "E01 R02 messaging 2020.8.3 2020.9.1",
      "R02 R03 core 4.14.1 4.15.0",
      "R02 R03 core 4.15.0 4.15.1",
      "R03 R04 messaging 2020.9.1 2020.10.1",
      "R03 R04 css-adapter 1.0.0 1.1.0",
      "R04 R05 core 4.15.1 4.16.0",
      "R05 R06 core 4.16.0 4.17.0",
      "R05 R06 integration 2.6.0 2.7.1",
      "R05 R06 enquiry 7.8 7.9",
      "R06 R07 trading 3.4 3.5",
      "R06 R07 messaging 2020.10.1 2020.10.2",
      "R07 R08 core 4.17.0 4.18.0",
      "R07 R08 css-adapter 1.1.0 1.2.0",
      "R08 E02 css-adapter 1.2.0 1.2.1",
      "E02 R09 integration 2.7.1 2.7.2",
      "E02 R09 enquiry 7.9 7.11",
    ]
  `);
  expect(new Set(versions).size).toBe(versions.length);
});
