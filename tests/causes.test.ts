import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lawfulBecause } from '../scripts/bench/lawful.ts';
import { type Mutation, mutationsOf } from '../scripts/bench/mutations.ts';
import type { Diagnostic } from '../src/diagnostic.ts';
import { withChanges } from '../src/author/publish-note.ts';
import type { Sources } from '../src/load/read-content.ts';
import { evaluate } from '../src/pipeline.ts';
import { formats } from '../src/reporters/formats.ts';
import { momentFor } from './support/marks.ts';
import { changed as changedTree, readTree, textOf } from './support/tree.ts';

/** One mistake is told once: what follows from it disappears with it, and two mistakes are always both told. */
const sample = readTree(fileURLToPath(new URL('../content', import.meta.url)));
const moment = momentFor(sample);
const keyOf = ({ rule, file, message }: Diagnostic) => `${rule} ${file} ${message}`;
const known = new Set(evaluate(sample, moment).diagnostics.map(keyOf));
const foundIn = (tree: Sources) =>
  evaluate(tree, moment, { causes: true }).diagnostics.filter((diagnostic) => !known.has(keyOf(diagnostic)));
const shown = (tree: Sources) => foundIn(tree).filter(({ causedBy }) => !causedBy);

/** A choice that is the same in each run. */
function* chosen<Value>(list: readonly Value[], seed: number): Generator<Value> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield list[state % list.length] as Value;
  }
}

const releases = sample.files.filter(({ path }) => path.startsWith('releases/')).map(({ path }) => path);
const mistakes = releases.flatMap((path) => mutationsOf(sample, path));
const taken = (count: number, seed: number): Mutation[] => [...chosen(mistakes, seed).take(count)];

test('a single mistake has one finding in the middle, three at most of almost all, and what has none is lawful', () => {
  const tried = taken(100, 7).map((mistake) => ({ mistake, count: shown(mistake.tree()).length }));
  const unexplained = tried.filter(({ mistake, count }) => count === 0 && !lawfulBecause(mistake));
  expect(unexplained.map(({ mistake }) => mistake.name)).toEqual([]);
  const counts = tried.map(({ count }) => count);
  const found = counts.filter((count) => count > 0).sort((a, b) => a - b);
  expect(found.length).toBeGreaterThan(80);
  expect(found[Math.floor(found.length / 2)]).toBe(1);
  expect(found[Math.floor(found.length * 0.95)]).toBeLessThanOrEqual(3);
});

test('two mistakes in two releases are both told', () => {
  const pairs = taken(120, 11);
  let told = 0;
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [first, second] = [pairs[index] as Mutation, pairs[index + 1] as Mutation];
    if (first.file === second.file) continue;
    const alone = [first, second].map((mistake) => foundIn(mistake.tree()));
    if (alone.some((found) => found.length === 0)) continue;
    const other = textOf(second.tree().files.find(({ path }) => path === second.file));
    const both = shown(withChanges(first.tree(), [{ path: second.file, text: other, before: undefined }]));
    const keys = new Set(both.map(keyOf));
    for (const [place, found] of alone.entries())
      expect(
        found.some((diagnostic) => keys.has(keyOf(diagnostic))),
        `${first.name} and ${second.name}: ${place === 0 ? 'the first' : 'the second'} is not told`,
      ).toBe(true);
    told += 1;
  }
  expect(told).toBeGreaterThan(30);
});

const r05 = 'releases/R05.mdx';
const changed = (path: string, ...pairs: [string, string][]): Sources =>
  changedTree(sample, ...pairs.map(([from, to]): [string, string, string] => [path, from, to]));
const proposal = /^.*did: propose.*\n/m.exec(textOf(sample.files.find(({ path }) => path === r05)))?.[0] as string;

test.each<[string, Sources, string]>([
  ['a month', changed(r05, ['2020-10-09T11:40', '2020-11-09T11:40']), 'published-note-unchanged'],
  ['a proposal that is gone', changed(r05, [proposal, '']), 'items-match-log'],
  ['the id of an item', changed(r05, ['items: [D-0012, ', 'items: [D0012, ']), 'references-resolve'],
  ['an item of another release', changed(r05, ['in: qas2, by', 'in: qas2, items: [D-0050], by']), 'items-match-log'],
  ['a slot', changed(r05, ['slot: 2020-10-15', 'slot: 2020-10-14']), 'regular-release-on-slot'],
  ['a type', changed(r05, ['type: regular', 'type: Regular']), 'references-resolve'],
  ['a manager who is missing', changed(r05, ['[bk, ad, programme]', '[bk, programme]']), 'published-note-unchanged'],
  ['an element in the text', changed(r05, ['\n---\n', '\n---\n\nA line<br>break.\n']), 'body-closed-form'],
  ['who granted a waiver', changed('waivers/W-0001.md', ['by: programme', 'by: cr']), 'waiver-is-granted'],
  [
    'the rule of a waiver',
    changed('waivers/W-0001.md', ['provisional-note', 'provisonal-note']),
    'waiver-covers-a-finding',
  ],
  ['the id of a person', changed('people.yaml', ['{id: bk,', '{id: ad,']), 'policy-ids-are-distinct'],
  [
    'the end of a delegation',
    changed('people.yaml', ['until: 2020-10-10', 'until: 2020-10-01']),
    'delegations-are-granted',
  ],
])('%s has one finding, which is the cause', (_, tree, rule) =>
  expect(shown(tree).map((diagnostic) => diagnostic.rule)).toEqual([rule]),
);

test('a cause is as severe as what follows from it, so that the first thing to do is not the least', () => {
  const found = foundIn(changed(r05, ['[bk, ad, programme]', '[bk, programme]']));
  const [cause, ...following] = found.toSorted((a, b) => Number(Boolean(a.causedBy)) - Number(Boolean(b.causedBy)));
  expect(cause?.level).toBe('error');
  expect(following.length).toBeGreaterThan(0);
  expect(following.every(({ causedBy }) => causedBy?.message === cause?.message)).toBe(true);
});

test('programs are told what follows from what; people are told how much', async () => {
  const tree = changed(r05, ['type: regular', 'type: Regular']);
  const all = foundIn(tree);
  const report = {
    diagnostics: all.filter(({ causedBy }) => !causedBy),
    all,
    command: 'check',
    instant: moment.instant,
    files: tree.files.length,
    prefix: '',
    failing: ['error'] as const,
    rules: [],
    version: '0',
    paint: (_: string, text: string) => text,
    textOf: () => undefined,
  };
  const pretty = (await formats.pretty())(report);
  expect(pretty).toContain('then   2 more findings follow from this one: check --all');
  expect(pretty).toMatch(/: 1 error, 0 warnings, 2 more that follow from them\.\n$/);
  const whole = { ...report, diagnostics: all };
  expect((await formats.pretty())(whole)).toMatch(/from {3}releases\/R05\.mdx:5:7 There is no release type "Regular"/);
  const json = JSON.parse((await formats.json())(whole)) as { summary: object; diagnostics: { causedBy?: object }[] };
  expect(json.summary).toMatchObject({ error: 1, consequent: 2 });
  expect(json.diagnostics.filter(({ causedBy }) => causedBy)).toHaveLength(2);
  expect((await formats.sarif())(whole)).toContain('"causedBy"');
});
