import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dutiesOf } from '../src/check/duties.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { gatesOfDefect } from '../src/derive/gates.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { factsOf, type Facts } from '../src/site/project/facts.ts';
import { homePage } from '../src/site/project/pages/home.ts';
import { frameOf, manifestOf } from '../src/site/project/pages/frame.ts';
import { runHere } from './support/command.ts';
import { encode, overlay, readTree } from './support/tree.ts';

/** What stands in a file that cannot be read is unknown, and never told as absent. */
const sample = fileURLToPath(new URL('../content', import.meta.url));
const unreadable = '---\nid: [\n---\n';
const because = 'unknown because releases/R11.mdx cannot be read';

function readWithout(...paths: string[]): { catalog: Catalog; facts: Facts } {
  const tree = overlay(
    readTree(sample),
    paths.map((path) => ({ path, bytes: encode(unreadable) })),
  );
  const moment = { instant: toInstant('2020-11-18T11:00', 'Europe/London'), isChosen: true };
  const { catalog, diagnostics } = evaluate(tree, moment);
  if (!catalog) throw new Error('the programme cannot be read');
  return { catalog, facts: factsOf(catalog, diagnostics) };
}

describe('a release that cannot be read', () => {
  const { catalog, facts } = readWithout('releases/R11.mdx');

  test('comes first in what is owed, and its slot is not to be decided', () => {
    const duties = dutiesOf(catalog).map(({ what }) => what);
    expect(duties[0]).toBe(`What is owed for R11 is ${because}`);
    expect(duties.filter((what) => what.startsWith('Decision on the slot'))).toEqual([]);
  });

  test('may have proposed a defect: whether it has is unknown, and so is when it can be', () =>
    expect(gatesOfDefect(catalog, 'D-0066').gates.at(-1)).toEqual({
      gate: 'Proposed for a release',
      isMet: false,
      note: `whether a release has proposed it is ${because}`,
    }));

  test('leaves its slot unknown on the pages, and where a defect stands', () => {
    expect(facts.schedule.slots.find(({ date }) => date === '2020-11-26')).toMatchObject({
      outcome: 'unknown',
      reason: `It is ${because}`,
    });
    expect(facts.schedule.slots.find(({ date }) => date === '2020-11-19')).toMatchObject({ outcome: 'planned' });
    expect(facts.defects.find(({ id }) => id === 'D-0066')?.standing).toMatchObject({
      kind: 'unknown',
      sentence: `Which release it is in, if any, is ${because}.`,
    });
    expect(facts.defects.find(({ id }) => id === 'D-0001')?.standing.kind).toBe('fixed');
  });

  test('is named on every page and in the manifest, and nobody says that all is calm', () => {
    expect(frameOf(facts).unread).toEqual(['releases/R11.mdx']);
    expect(manifestOf(facts).unread).toEqual(['releases/R11.mdx']);
    expect(homePage(facts).attention.isUnknown).toBe(true);
    expect(homePage(facts).duties.next[0]).toMatchObject({ isUnknown: true });
  });
});

test('where all can be read nothing says otherwise', () => {
  const { catalog, facts } = readWithout();
  expect(dutiesOf(catalog).some(({ isUnknown }) => isUnknown)).toBe(false);
  expect([frameOf(facts).unread, manifestOf(facts).unread]).toEqual([[], undefined]);
});

describe('the commands', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ccmt-unread-'));
    cpSync(sample, join(folder, 'content'), { recursive: true });
    for (const path of ['releases/R11.mdx', 'defects/D-0066.md'])
      writeFileSync(join(folder, 'content', path), unreadable);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['explain R11', 'R11 · unknown because releases/R11.mdx is there, and cannot be read\n\nerror: releases/R11.mdx:'],
    [
      'explain D-0066',
      'D-0066 · unknown because defects/D-0066.md is there, and cannot be read\n\nerror: defects/D-0066.md:',
    ],
  ])('%s says so, with what was found first, and ends with 1', async (command, said) => {
    const { status, stdout } = await runHere(command, folder);
    expect([status, stdout.slice(0, said.length)]).toEqual([1, said]);
    const json = JSON.parse((await runHere(`${command} --json`, folder)).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ unread: expect.any(String), findings: [expect.anything()] });
  });

  test.each([
    ['simulate R11 --drop D-0001', 'releases/R11.mdx is there, and cannot be read: '],
    ['simulate R10 --add D-0066', 'defects/D-0066.md is there, and cannot be read: '],
  ])('%s says so and ends with 1', async (command, said) => {
    const { status, stderr } = await runHere(command, folder);
    expect([status, stderr.slice(0, said.length)]).toEqual([1, said]);
  });

  test('simulating another release tells what is missing', async () =>
    expect((await runHere('simulate R10 --drop D-0047', folder)).stdout).toContain(
      'releases/R11.mdx cannot be read: what it says is missing here.\n',
    ));

  test('no note is published, because it would lack what they say', async () => {
    const { status, stdout } = await runHere('publish R11 provisional --at 2020-11-18T11:00', folder);
    expect(status).toBe(1);
    expect(stdout).toContain('releases/R11.mdx:');
    expect((await runHere('publish R10 final --at 2020-11-18T11:00', folder)).status).toBe(1);
  });

  test('todo never says that nothing is owed', async () =>
    expect((await runHere('todo', folder)).stdout).toMatch(
      /^ +unknown +What is owed for R11 is unknown because releases\/R11\.mdx cannot be read\n +unknown +What is owed for D-0066 is/,
    ));
});
