// Measures an import, read and planned, of a register as text and as a workbook beside reading the same file bare with
// csv-parse and with exceljs, in turn and in one run: npm run bench-import -- [rows] [rounds]
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { mapAhead } from '../../src/import/map/ahead.ts';
import { planImport } from '../../src/import/plan-import.ts';
import { readExport } from '../reader/read-export.ts';
import { readContent } from '../../src/load/read-content.ts';
import { recordsAt, type RecordsAt } from '../../src/derive/policy-at.ts';
import { validate } from '../../src/validate/validate.ts';
import { countRows, writeWorkbook } from './workbook.ts';
import { project } from '../commands/build.ts';

const [rows = 100_000, rounds = 3] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'ccmt-bench-'));
try {
  const { records: read } = validate(await readContent(join(project, 'content')));
  const records = recordsAt(read, '2020-11-18T11:00:00Z') as RecordsAt;
  await generate(folder);
  await compare('register.csv', 'csv-parse', records, async (bytes) => parse(bytes).length);
  await compare('register.xlsx', 'exceljs', records, countRows);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(
  name: string,
  library: string,
  records: RecordsAt,
  readBare: (bytes: Buffer) => Promise<number>,
): Promise<void> {
  const path = join(folder, name);
  const bytes = await readFile(path);
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const whole = await timed(async () => {
      const ahead = mapAhead(records, {});
      const read = await readExport({ bytes, path }, { progress: () => {}, rows: ahead.take });
      if ('refused' in read) throw new Error(read.refused);
      const plan = planImport(
        read,
        records,
        { file: name, sha256: '', exportedAt: '2020-11-18T11:00:00Z', takeOver: [] },
        ahead.mapped,
      );
      if ('refused' in plan || plan.balance.rows.created !== rows)
        throw new Error('the plan is not what was generated');
    });
    const bare = await timed(async () => {
      if ((await readBare(bytes)) !== rows + 1) throw new Error('not every row was read');
    });
    ratios.push(whole / bare);
    process.stdout.write(
      `${name}, round ${round}: ${library} alone ${bare.toFixed(2)} s, import ${whole.toFixed(2)} s, ratio ${(whole / bare).toFixed(2)}\n`,
    );
  }
  ratios.sort((a, b) => a - b);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${name}, ${rows} rows, ${Math.round(bytes.length / 1e6)} MB: median ratio ${(ratios[Math.floor(ratios.length / 2)] as number).toFixed(2)}; this process held ${peak} MB at the most\n`,
  );
}

async function generate(place: string): Promise<void> {
  const table = register(rows);
  await writeFile(join(place, 'register.csv'), stringify(table));
  await writeWorkbook(join(place, 'register.xlsx'), table);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** A register over many years, with descriptions of a hundred words; the same for every run. */
function register(count: number): string[][] {
  let state = 123_456_789;
  const random = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const words =
    'registration nomination supply point rejects valid date response file reading switch gate closure objection meter shipper message invoice'.split(
      ' ',
    );
  const text = (length: number) => Array.from({ length }, () => words[random(words.length)]).join(' ');
  const pad = (value: number) => String(value).padStart(2, '0');
  const pick = (values: string[], index: number) => values[index % values.length] as string;
  const heading = [
    'Defect ID',
    'Summary',
    'Status',
    'Severity',
    'Priority',
    'Detected on Date',
    'Closing Date',
    'Subject',
    'Assigned To',
    'Description',
  ];
  const lines = Array.from({ length: count }, (_, index) => [
    String(100_001 + index),
    text(8),
    pick(['New', 'Open', 'Fixed', 'Closed', 'Rejected'], index),
    pick(['1-Low', '2-Medium', '3-High', '5-Urgent'], index),
    '2-Medium',
    `${2008 + (index % 13)}-${pad(1 + (index % 12))}-${pad(1 + (index % 28))} 07:${pad(index % 60)}:00`,
    '',
    'Data enquiry',
    'Team A',
    `${text(80)}\n"quoted", ${text(20)}`,
  ]);
  return [heading, ...lines];
}
