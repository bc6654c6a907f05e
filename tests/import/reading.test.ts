import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readExport } from '../../scripts/reader/read-export.ts';
import { mapAhead } from '../../src/import/map/ahead.ts';
import { type ImportRequest, planImport } from '../../src/import/plan-import.ts';
import { rowsWith } from '../../src/import/plan.ts';
import { cutBetweenRows } from '../../src/import/read/cut-text.ts';
import type { Table } from '../../src/import/table.ts';
import { emptyTree, recordsOf } from '../support/importing.ts';
import { encode } from '../support/tree.ts';

const rowsIn = async (text: string | Uint8Array) => {
  const read = await readExport(
    { bytes: typeof text === 'string' ? encode(text) : text, path: undefined },
    { progress: () => {} },
  );
  return 'refused' in read ? read : read.sheets[0]?.rows;
};

describe('text is read cell by cell as it stands', () => {
  test.each([
    [
      'commas in quotes',
      'a,b\n1,"x, y"\n',
      [
        ['a', 'b'],
        ['1', 'x, y'],
      ],
    ],
    [
      'doubled quotes',
      'a,b\n1,"ha ""ha"" ha"\n',
      [
        ['a', 'b'],
        ['1', 'ha "ha" ha'],
      ],
    ],
    [
      'empty cells',
      'a,b,c\n,"",\n',
      [
        ['a', 'b', 'c'],
        ['', '', ''],
      ],
    ],
    [
      'JSON in a cell',
      'a,b\n1,"{""type"": ""Point""}"\n',
      [
        ['a', 'b'],
        ['1', '{"type": "Point"}'],
      ],
    ],
    [
      'line ends in cells',
      'a,b\r\n1,"x\ny\r\nz"\r\n',
      [
        ['a', 'b'],
        ['1', 'x\ny\r\nz'],
      ],
    ],
    [
      'no line end at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'three ways to end a row',
      'a,b\r\n1,2\n3,4\r5,6\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'letters of all kinds',
      'a,b\nʤ,ñ 😀\n',
      [
        ['a', 'b'],
        ['ʤ', 'ñ 😀'],
      ],
    ],
    [
      'ids and numbers',
      'a,b\n0012236,9007199254740993\n0x10,1e5\n',
      [
        ['a', 'b'],
        ['0012236', '9007199254740993'],
        ['0x10', '1e5'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1,5\t2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'semicolons beside commas',
      'a;b\n1,5;2\n3,25;4\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
        ['3,25', '4'],
      ],
    ],
    [
      'a separator that is announced',
      'sep=|\na|b\n1;2|3,4\n',
      [
        ['a', 'b'],
        ['1;2', '3,4'],
      ],
    ],
    ['blank rows', 'a,b\n\n1,2\n', [['a', 'b'], [''], ['1', '2']]],
  ])('%s', async (_, text, rows) => expect(await rowsIn(text)).toEqual(rows));
});

describe('a long text', () => {
  let folder: string;
  let path: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ccmt-long-'));
    path = join(folder, 'register.csv');
    const line = (index: number) =>
      `${index},Row ${index},${index % 3 === 0 ? 'New' : 'Fixed'},2020-09-${String(1 + (index % 28)).padStart(2, '0')} 10:00:00,"${'word, "" '.repeat(100)}\nend ${index}"\n`;
    writeFileSync(
      path,
      `Defect ID,Summary,Status,Detected on Date,Description\n${Array.from({ length: 22_000 }, (_, index) => line(index + 1)).join('')}`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    'is cut between two rows, read in halves and mapped ahead, with the same plan as the whole',
    { timeout: 120_000 },
    async () => {
      const bytes = readFileSync(path);
      const cut = cutBetweenRows(bytes);
      expect(bytes.subarray((cut?.at ?? 0) - 8, cut?.at).toString()).toMatch(/\d"\n$/);
      const records = recordsOf(emptyTree());
      const request: ImportRequest = { file: 'x', sha256: '', exportedAt: '2020-11-18T11:00:00Z', takeOver: [] };
      const ahead = mapAhead(records, request);
      const halves = await readExport({ bytes, path }, { progress: () => {}, rows: ahead.take });
      const whole = await readExport({ bytes, path: undefined }, { progress: () => {} });
      if ('refused' in halves || 'refused' in whole) throw new Error('refused');
      expect(halves.sheets[0]?.rows.length).toBe(22_001);
      expect(isDeepStrictEqual(halves, whole)).toBe(true);
      const plans = [planImport(halves, records, request, ahead.mapped), planImport(whole, records, request)];
      const [first, second] = plans.map((plan) => {
        if ('refused' in plan) throw new Error(plan.refused);
        expect(ahead.mapped(plan.profile, plan.tables[0] as Table)?.size).toBe(22_001);
        return rowsWith(plan, 'create').map(({ id, tracker }) => ({ id, tracker }));
      });
      expect(first).toHaveLength(22_000);
      expect(isDeepStrictEqual(first, second)).toBe(true);
    },
  );

  test('of which one half is not sound is read as a whole, and its rows are named', { timeout: 120_000 }, async () => {
    const text = readFileSync(path, 'utf8').replace('\n5,Row 5,', '\n5,Row "5",');
    writeFileSync(join(folder, 'loose.csv'), text);
    const read = await readExport({ bytes: encode(text), path: join(folder, 'loose.csv') }, { progress: () => {} });
    expect('refused' in read ? read : read.sheets[0]?.faults).toEqual([{ row: 5, kind: 'bare-quote' }]);
  });
});
