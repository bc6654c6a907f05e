import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dutiesOf } from '../src/check/duties.ts';
import { isOverdue } from '../src/check/duty.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { gatesOfDefect } from '../src/derive/gates.ts';
import { originalOf, standingOf } from '../src/derive/standing.ts';
import type { Diagnostic } from '../src/diagnostic.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { factsOf } from '../src/site/project/facts.ts';
import { defectPages } from '../src/site/project/pages/defect.ts';
import { runHere } from './support/command.ts';
import { base, encode, overlay, readTree, textOf } from './support/tree.ts';

/** What `withdraw … target` promises is owed until a release of that slot has it, or another line moves it. */
const line = (target: string, at = '2020-09-18T10:00') =>
  `  - {at: ${at}, did: withdraw, by: cr, items: [D-0099], reason: Not ready, target: ${target}}\n`;

/** The base, in which R03 proposed D-0099 and let it go again. */
function treeWith(lines: string, ...others: { path: string; bytes: Uint8Array }[]) {
  const text = textOf(base().files.find(({ path }) => path === 'releases/R03.mdx'))
    .replace('items:\n', 'items:\n  - {id: D-0099, kind: code, note: Filled., action: retest, fileFormat: none}\n')
    .replace('items: [D-0057], consulted', 'items: [D-0057, D-0099], consulted')
    .replace(/( {2}- \{at: 2020-09-18T11:00, did: deliver)/, `${lines}$1`);
  return overlay(base(), [{ path: 'releases/R03.mdx', bytes: encode(text) }, ...others]);
}

function read(local: string, lines: string, ...others: { path: string; bytes: Uint8Array }[]) {
  const { catalog, diagnostics } = evaluate(treeWith(lines, ...others), {
    instant: toInstant(local, 'Europe/London'),
    isChosen: true,
  }) as { catalog: Catalog; diagnostics: Diagnostic[] };
  const duty = dutiesOf(catalog).find(({ item, rule }) => item === 'D-0099' && rule === 'promised-item-is-taken-up');
  const finding = diagnostics.find(({ rule }) => rule === 'promised-item-is-taken-up');
  const page = defectPages(factsOf(catalog, diagnostics)).find(({ params }) => params?.['id'] === 'D-0099')?.model;
  return { catalog, duty, finding, page };
}

const released = (slot: string, state: string) => ({
  path: 'releases/R06.mdx',
  bytes: encode(
    `---\nid: R06\ntitle: Sixth\nsummary: Postcodes.\ntype: regular\nphase: trials\nslot: ${slot}\nitems:\n  - {id: D-0099, kind: code, note: Filled., action: retest, fileFormat: none}\nlog:\n${state}---\n`,
  ),
});
const proposed = '  - {at: 2020-10-01T14:00, did: propose, by: ad, items: [D-0099], consulted: [test-manager]}\n';

describe('a promise', () => {
  test('is owed from the withdrawal to the end of the slot, and told on the page and in explain', () => {
    const { catalog, duty, finding, page } = read('2020-10-02T12:00', line('2020-10-08'));
    expect(duty).toMatchObject({
      what: 'D-0099, promised for 2020-10-08 when R03 let it go: a release of that slot, or another target',
      due: '2020-10-08T23:00:00Z',
      release: 'R03',
    });
    expect(finding).toBeUndefined();
    expect(page?.standing.sentence).toBe(
      'It was withdrawn from R03 on Fri 18 September 2020 (Not ready) and promised for Thu 8 October 2020; no release of that slot lists it yet.',
    );
    expect(gatesOfDefect(catalog, 'D-0099').gates.at(-1)?.note).toBe(
      'withdrawn from R03: Not ready; promised for 2020-10-08',
    );
  });

  test('that the slot passed without is overdue in todo, a warning of the check, and told as such', () => {
    const { catalog, duty, finding, page } = read('2020-10-09T00:00', line('2020-10-08'));
    expect(duty && isOverdue(duty, catalog.asOf)).toBe(true);
    expect(finding).toMatchObject({ level: 'warning', release: 'R03', item: 'D-0099' });
    expect(page?.standing.sentence).toContain('which passed without a release that lists it.');
  });

  test('of a slot that moved is due when that takes place', () =>
    expect(read('2020-10-02T12:00', line('2020-10-15')).duty?.due).toBe('2020-10-14T23:00:00Z'));

  test.each([
    ['a release of the slot has it', line('2020-10-22'), [released('2020-10-22', proposed)]],
    ['another release proposed it since', line('2020-10-08'), [released('2020-10-22', proposed)]],
    ['it was given up', line('2020-10-08') + line('none', '2020-09-18T10:30'), []],
    [
      'the tracker settled the defect',
      line('2020-10-08'),
      [
        {
          path: 'defects/D-0099.md',
          bytes: encode(
            textOf(base().files.find(({ path }) => path === 'defects/D-0099.md')).replace(
              'status: open',
              'status: closed',
            ),
          ),
        },
      ],
    ],
  ])('is owed no more when %s', (_, lines, others) => {
    const { duty, finding } = read('2020-10-16T12:00', lines, ...others);
    expect([duty, finding]).toEqual([undefined, undefined]);
  });
});

describe('where an item stands', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ccmt-standing-'));
    cpSync(fileURLToPath(new URL('../content', import.meta.url)), join(folder, 'content'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('explain, the gates and the page of every defect name the same release, whenever one asks', () => {
    const sources = readTree(join(folder, 'content'));
    for (const local of ['2020-09-14T10:00', '2020-09-24T09:00', '2020-10-07T12:00', '2020-11-18T11:00']) {
      const instant = toInstant(local, 'Europe/London');
      const { catalog, diagnostics } = evaluate(sources, { instant, isChosen: true });
      if (!catalog) throw new Error('the programme cannot be read');
      for (const { params, model } of defectPages(factsOf(catalog, diagnostics))) {
        const id = params?.['id'] ?? '';
        const { kind, release } = standingOf(catalog, originalOf(catalog, id));
        const own = standingOf(catalog, id).release;
        const gates = gatesOfDefect(catalog, id);
        expect([model.standing.kind, model.standing.release?.id], `${id} at ${local}`).toEqual([kind, release?.id]);
        expect([gates.release?.id, model.path.release]).toEqual([own?.id, own?.id]);
        expect(model.path.question?.startsWith('How it came'), id).toBe(
          gates.gates.length > 0 ? gates.gates.every(({ isMet }) => isMet) : undefined,
        );
      }
    }
  });

  test.each([
    [
      'D-0009',
      '2020-09-16T12:00',
      'It was withdrawn from R02 on ',
      'Why it is not in the release of Thu 17 September 2020:',
    ],
    [
      'D-0009',
      '2020-09-24T09:00',
      'It is in R03, which failed in MT ',
      'Why it is not in the release of Thu 1 October 2020:',
    ],
    ['D-0009', '2020-11-18T11:00', 'R03 brought it to MT', 'How it came to MT:'],
    [
      'D-0066',
      '2020-11-18T11:00',
      'It is not in the next release',
      'Why it is not in the release of Thu 19 November 2020:',
    ],
  ])('explain of %s at %s is headed by what is so then', async (id, at, standing, question) => {
    const rows = (await runHere(`explain ${id} --as-of ${at}`, folder)).stdout.split('\n');
    expect(rows[2]?.slice(0, standing.length)).toBe(standing);
    expect(rows[4]).toBe(question);
  });

  test('explain knows no defect before it was raised', async () =>
    expect(await runHere('explain D-0066 --as-of 2020-10-01T10:00', folder)).toMatchObject({
      status: 2,
      stderr: 'D-0066 was raised on 2020-11-18, after this moment.\n',
    }));
});
