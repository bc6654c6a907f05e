import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readExport } from '../../scripts/reader/read-export.ts';
import { placeForQuarantine, putAside } from '../../scripts/quarantine-files.ts';
import { type ImportPlan, rowsWith } from '../../src/import/plan.ts';
import { readWitness } from '../../src/import/read/witness.ts';
import { cpuOf } from '../support/cpu.ts';
import { countsOf, emptyTree, importInto, planFrom, remarksIn } from '../support/importing.ts';
import { rawWorkbook, sheetData, workbookOf } from '../support/workbook.ts';

const headings = ['Defect ID', 'Summary', 'Status', 'Severity', 'Detected on Date'];
const row = (id: string | number, date: string | number = '2020-09-01') => [id, 'It fails', 'New', '2-Medium', date];
const compound = (...names: string[]) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(504),
    ...names.map((name) => Buffer.from(name, 'utf16le')),
  ]);

/** A zip whose list says that an entry is smaller than it is. */
function lying(bytes: Uint8Array, entry: string, size: number): Uint8Array {
  const copy = Buffer.from(bytes);
  for (const [signature, sizeAt, nameAt] of [
    [0x02014b50, 24, 46],
    [0x04034b50, 22, 30],
  ] as const) {
    for (let at = 0; at < copy.length - 46; at += 1)
      if (
        copy.readUInt32LE(at) === signature &&
        copy.subarray(at + nameAt, at + nameAt + entry.length).toString() === entry
      )
        copy.writeUInt32LE(size, at + sizeAt);
  }
  return copy;
}

/** A workbook of a few bytes that holds very many. */
const bombOf = (size: number) => rawWorkbook({ more: { 'xl/media/a.bin': new Uint8Array(size) } });

const refusals: [string, () => string | Uint8Array | Promise<Uint8Array>][] = [
  ['an empty file', () => ''],
  ['a file of blanks', () => ' \n\n'],
  ['an old workbook', () => compound('Workbook')],
  ['a workbook with a password', () => compound('EncryptionInfo', 'EncryptedPackage')],
  ['an old text document', () => compound('WordDocument')],
  ['a web page', () => '\n<html><body><table><tr><td>Key</td></tr></table></body></html>'],
  ['a table of HTML', () => '<table><tr><td>Key</td></tr></table>'],
  [
    'SpreadsheetML',
    () => '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
  ],
  ['JSON', () => '[{"id": 1}]'],
  ['a PDF document', () => '%PDF-1.7\n'],
  ['an archive', () => zipSync({ 'readme.txt': strToU8('hello') })],
  [
    'a text document',
    () => zipSync({ 'word/document.xml': strToU8('<w/>'), '[Content_Types].xml': strToU8('<Types/>') }),
  ],
  [
    'an OpenDocument file',
    () =>
      zipSync({
        'content.xml': strToU8('<office/>'),
        mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
      }),
  ],
  ['a damaged workbook', async () => (await workbookOf({ Sheet: [headings] })).subarray(0, 2000)],
  ['a bomb', () => bombOf(200_000_000)],
  ['a bomb that lies about its size', () => lying(bombOf(60_000_000), 'xl/media/a.bin', 1000)],
  [
    'billion laughs',
    () => rawWorkbook({ sheets: { Sheet1: '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sheetData/>' } }),
  ],
  ['no sheets', () => rawWorkbook({ sheets: {} })],
  ['no table', () => rawWorkbook({})],
  [
    'hidden sheets only',
    () =>
      workbookOf({ Sheet: [headings, row(1)] }, (workbook) =>
        workbook.worksheets.forEach((sheet) => (sheet.state = 'hidden')),
      ),
  ],
  ['no export of defects', () => 'id,open_date,name,location\n1,2020-01-01,Spill,Here\n2,2020-01-02,Spill,There\n'],
  ['an export without a column that is needed', () => 'Defect ID,Summary,Status\n1,It fails,New\n'],
  [
    'an export that its tracker cut',
    () =>
      'number,short_description,state,opened_at\nINC1,It fails,New,2020-09-01 10:00:00\nExport stopped due to excessive size. Use CSV for a complete export,,,\n',
  ],
  [
    'an export that ends in the middle of a row',
    () => 'Defect ID,Summary,Status,Detected on Date\n1,It fails,New,2020-09-01\n2,It fa',
  ],
  ['an export that ends in the middle of a cell', () => 'Defect ID,Summary,Status,Detected on Date\n1,"It fails'],
];

describe('what is no export of defects is refused in a sentence', () => {
  test.each(refusals)('%s', async (_, make) => {
    const plan = await planFrom(await make(), emptyTree());
    expect('refused' in plan ? `${plan.refused} ${plan.hint}` : countsOf(plan)).toMatchSnapshot();
  });

  test.each([
    ['a bomb', (bytes: Uint8Array) => bytes],
    ['a bomb that lies about its size', (bytes: Uint8Array) => lying(bytes, 'xl/media/a.bin', 1000)],
  ])('%s is refused long before it could be unpacked', async (_, change) => {
    const bomb = bombOf(60_000_000);
    const given = change(bomb);
    const refusing = await cpuOf(async () =>
      expect(await readExport({ bytes: given, path: undefined }, { progress: () => {} })).toHaveProperty('refused'),
    );
    expect(refusing).toBeLessThan((await cpuOf(() => unzipSync(bomb))) / 2);
  });
});

describe('workbooks that make a reader fail, hang or lie', () => {
  const table = (...dates: (string | number)[]) => [headings, ...dates.map((date, index) => row(index + 1, date))];
  const read = async (bytes: Uint8Array) => {
    const { plan } = await importInto(bytes, emptyTree(), { profile: 'alm' });
    return {
      raised: rowsWith(plan, 'create').map(({ tracker }) => tracker.raised),
      remarks: remarksIn(plan).map((text) => text.replace(/\(.*\)/, '(…)')),
    };
  };
  const exceljsFailed = 'exceljs could not read the workbook (…); SheetJS did.';
  const differ = 'exceljs and SheetJS read the workbook differently (…); SheetJS is believed.';
  const dated = (serial: number, style = 1) =>
    sheetData(table('2020-09-01')).replace(/<c r="E2".*?<\/c>/, `<c r="E2" s="${style}"><v>${serial}</v></c>`);

  test('rows and cells without addresses, as Jira Cloud writes them', async () => {
    expect(
      await read(rawWorkbook({ sheets: { Sheet1: sheetData(table('2020-09-01', '2020-09-02'), false) } })),
    ).toEqual({ raised: ['2020-09-01', '2020-09-02'], remarks: [exceljsFailed] });
  });

  test('every tag prefixed', async () => {
    const prefixed = sheetData(table('2020-09-01')).replace(/<(\/?)(\w)/g, '<$1x:$2');
    const bytes = rawWorkbook({ sheets: { Sheet1: prefixed } });
    expect(readWitness(bytes, { withHidden: true })).toHaveLength(1);
  });

  test.each([
    ['1904, said with a word', 'date1904="true"', dated(42_614.291_666_67), ['2020-09-02T07:00'], [differ]],
    ['1904, said with a number', 'date1904="1"', dated(42_614.291_666_67), ['2020-09-02T07:00'], []],
    ['1900', '', dated(44_076.291_666_67), ['2020-09-02T07:00'], []],
  ])('dates counted from %s', async (_, property, sheet, raised, remarks) => {
    expect(
      await read(rawWorkbook({ workbookProperties: `<workbookPr ${property}/>`, sheets: { Sheet1: sheet } })),
    ).toEqual({ raised, remarks });
  });

  test('a choice of values for whole columns', async () => {
    const more =
      '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>';
    expect(await read(rawWorkbook({ sheets: { Sheet1: sheetData(table('2020-09-01')) + more } }))).toEqual({
      raised: ['2020-09-01'],
      remarks: [],
    });
  });

  test('a merged cell as large as a sheet', async () => {
    const more = '<mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>';
    expect(await read(rawWorkbook({ sheets: { Sheet1: sheetData(table('2020-09-01')) + more } }))).toEqual({
      raised: ['2020-09-01'],
      remarks: [],
    });
  });

  const withCellIn = (number: number) =>
    rawWorkbook({
      sheets: {
        Sheet1: sheetData(table('2020-09-01')).replace(
          '</sheetData>',
          `<row r="${number}"><c r="A${number}"><v>1</v></c></row></sheetData>`,
        ),
      },
    });

  test('a cell in the last row of a sheet', async () => {
    const found = await readExport({ bytes: withCellIn(1_048_576), path: undefined }, { progress: () => {} });
    expect('refused' in found ? found : Object.keys(found.sheets[0]?.rows ?? [])).toEqual(['0', '1', '1048575']);
  });

  test('a cell in a row that no sheet has', async () => {
    expect(await readExport({ bytes: withCellIn(900_000_000), path: undefined }, { progress: () => {} })).toMatchObject(
      { refused: 'The workbook cannot be read: row 900000000 is below the last row that a sheet has.' },
    );
  });

  test('results of formulas count, zero and nothing too', async () => {
    const formula = (result: string) =>
      sheetData(table('2020-09-01')).replace(/<c r="A2".*?<\/c>/, `<c r="A2"><f>1-1</f>${result}</c>`);
    const zero = await importInto(rawWorkbook({ sheets: { Sheet1: formula('<v>0</v>') } }), emptyTree(), {
      profile: 'alm',
    });
    expect(rowsWith(zero.plan, 'create')[0]?.tracker.key).toBe('0');
    expect(remarksIn(zero.plan)).toEqual(['1 cell of the sheet Sheet1 is a formula; its last result was read.']);
    const without = await importInto(rawWorkbook({ sheets: { Sheet1: formula('') } }), emptyTree(), { profile: 'alm' });
    expect(countsOf(without.plan)).toMatchObject({ quarantined: 1 });
  });

  test('an id that a format fills up with zeros is what it shows', async () => {
    const { plan } = await importInto(
      await workbookOf({ Sheet: table('2020-09-01') }, (workbook) => {
        const cell = workbook.worksheets[0]?.getCell('A2');
        if (cell) [cell.value, cell.numFmt] = [12_236, '0000000'];
      }),
      emptyTree(),
      { profile: 'alm' },
    );
    expect(rowsWith(plan, 'create')[0]?.tracker.key).toBe('0012236');
  });

  test('links and rich text are their text, and never their address', async () => {
    const { plan } = await importInto(
      await workbookOf({ Sheet: table('2020-09-01') }, (workbook) => {
        const sheet = workbook.worksheets[0];
        if (!sheet) return;
        sheet.getCell('A2').value = { text: '77', hyperlink: 'javascript:alert(1)' };
        sheet.getCell('B2').value = { richText: [{ text: 'It ' }, { font: { bold: true }, text: 'fails' }] };
      }),
      emptyTree(),
      { profile: 'alm' },
    );
    expect(rowsWith(plan, 'create')[0]?.tracker).toMatchObject({ key: '77', title: 'It fails' });
  });
});

describe('reading leaves nothing behind', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'ccmt-read-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('neither in the folder for temporary files nor beside the export', async () => {
    writeFileSync(join(folder, 'export.xlsx'), await workbookOf({ Sheet: [headings, row(1)] }));
    const cli = fileURLToPath(new URL('../../scripts/cli.ts', import.meta.url));
    const { status } = spawnSync(
      process.execPath,
      [
        cli,
        'import',
        join(folder, 'export.xlsx'),
        '--content',
        fileURLToPath(new URL('../../content', import.meta.url)),
      ],
      { env: { ...process.env, TMPDIR: folder } },
    );
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual(['export.xlsx']);
  });
});

describe('rows that are set aside find a place of their own', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'ccmt-aside-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a pipe beside the export is no place, and is not waited for', { timeout: 20_000 }, async () => {
    const pipe = join(folder, 'x.quarantine.csv');
    spawnSync('mkfifo', [pipe]);
    await expect(placeForQuarantine(join(folder, 'x.csv'), folder, undefined)).rejects.toThrow(
      /x\.quarantine\.csv cannot hold quarantined rows\. Name a file or a folder with --quarantine\.$/,
    );
    const plan = (await planFrom('Id,Title,Status,Raised,Severity\n1,T,Nonsense,2020-11-01,High\n', emptyTree(), {
      profile: 'generic',
    })) as ImportPlan;
    const { files } = await putAside(rowsWith(plan, 'quarantine', 'conflict'), pipe, ',');
    expect(files.map((file) => file.split('/').at(-1))).toEqual(['x.quarantine-2.csv']);
  });
});
