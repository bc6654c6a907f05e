import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readExport } from '../../scripts/reader/read-export.ts';
import { changesOf } from '../../src/import/apply-import.ts';
import { draftProfile } from '../../src/import/draft/profile.ts';
import { mapAhead } from '../../src/import/map/ahead.ts';
import { type ImportRequest, planImport } from '../../src/import/plan-import.ts';
import { rowsWith } from '../../src/import/plan.ts';
import { printPlan } from '../../src/import/show/print.ts';
import { quarantineTexts } from '../../src/import/show/quarantine.ts';
import { reportOf } from '../../src/import/show/report.ts';
import { almRegister, azureDevOps, mantisBT, samples } from '../support/exports.ts';
import { emptyTree, recordsOf } from '../support/importing.ts';
import { encode, readTree } from '../support/tree.ts';
import { unchangeable } from '../support/unchangeable.ts';
import { workbookOf } from '../support/workbook.ts';

/** Exports that once were changed while they were looked at, and others with all that a plan can hold. */
const register = almRegister();
const quotedAsAWhole = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .map((row, index) => (index % 2 === 0 ? row : `"${row.replaceAll('"', '""')}"`))
    .join('\r\n');
const perChange = `title: A test
system: Test
zone: Europe/London
dates: [yyyy-MM-dd HH:mm]
fields:
  id: {columns: [Id]}
  title: {columns: [Title]}
  status: {columns: [Status], map: {New: new, Fixed: fixed}}
  raised: {columns: [Raised]}
history: {by: When}
`;
const exports: [string, () => string | Uint8Array | Promise<Uint8Array>, Partial<ImportRequest>?][] = [
  ['rows that were quoted as a whole', () => quotedAsAWhole(mantisBT())],
  ['quotes that are not doubled', () => mantisBT(samples, true)],
  ['unknown values and a row cut in two', () => `${azureDevOps().replace('"Triaged"', '"Somewhere"')}99,Bug\r\n`],
  [
    'merged cells and a hidden sheet',
    () =>
      workbookOf({ Defects: register.rows }, (workbook) => {
        register.merges.forEach((range) => workbook.getWorksheet('Defects')?.mergeCells(range));
        workbook.addWorksheet('Old', { state: 'hidden' }).addRow(['Status', 'Meaning']);
      }),
  ],
  [
    'one row a change',
    () =>
      'Id,Title,Status,Raised,When\n7,It fails,Fixed,2020-09-01 10:00,2020-09-05 12:00\n7,It fails,New,2020-09-01 10:00,2020-09-01 10:00\n',
    { profile: 'test' },
  ],
];

describe('what is given is not changed', () => {
  test.each(exports)('by planning, showing and carrying out: %s', async (_, make, more) => {
    const given = await make();
    const bytes = typeof given === 'string' ? encode(given) : given;
    const read = await readExport({ bytes, path: undefined }, { progress: () => {} });
    if ('refused' in read) throw new Error(read.refused);
    const sources = emptyTree({ 'profiles/test.yaml': perChange });
    const records = unchangeable(recordsOf(sources));
    const request = unchangeable({
      file: 'x',
      sha256: '',
      exportedAt: '2020-11-18T11:00:00Z',
      takeOver: ['all'],
      ...more,
    });
    const plan = unchangeable(planImport(unchangeable(read), records, request));
    if ('refused' in plan) throw new Error(plan.refused);
    expect(plan.balance.rows.read).toBeGreaterThan(1);
    // Planned once more from the very same things, it is the very same plan.
    expect(planImport(read, records, request)).toEqual(plan);
    reportOf(plan, { written: false, quarantineFiles: [], digest: '', linesBefore: 0 });
    printPlan(plan, (_style, text) => text);
    quarantineTexts(rowsWith(plan, 'quarantine', 'conflict'), ',');
    changesOf(plan, unchangeable(sources));
  });

  test('by mapping ahead, and what was mapped ahead serves twice', async () => {
    const row = (index: number) =>
      `${index},Row ${index},New,,2020-03-29 01:30:00,${index % 2 === 0 ? '2020-09-02 10:00:00' : ''}`;
    const csv = `Defect ID,Summary,Status,Severity,Detected on Date,Closing Date\n${Array.from({ length: 500 }, (_, index) => row(index + 1)).join('\n')}\n`;
    const read = await readExport({ bytes: encode(csv), path: undefined }, { progress: () => {} });
    if ('refused' in read) throw new Error(read.refused);
    const records = unchangeable(recordsOf(emptyTree()));
    const request = { file: 'x', sha256: '', exportedAt: '2020-11-18T11:00:00Z', takeOver: [], profile: 'alm' };
    const ahead = mapAhead(records, request);
    ahead.take(unchangeable(read).sheets[0]?.rows ?? [], false);
    const [first, second, without] = [
      planImport(read, records, request, ahead.mapped),
      planImport(read, records, request, ahead.mapped),
      planImport(read, records, request),
    ];
    if ('refused' in first) throw new Error(first.refused);
    expect(ahead.mapped(first.profile, first.tables[0] as (typeof first.tables)[0])?.size).toBe(501);
    expect(first).toEqual(without);
    expect(second).toEqual(without);
  });

  test('by drafting a profile', async () => {
    const { policy, profiles } = unchangeable(
      recordsOf(readTree(fileURLToPath(new URL('../../content', import.meta.url)))),
    );
    const read = await readExport({ bytes: encode(azureDevOps()), path: undefined }, { progress: () => {} });
    if ('refused' in read) throw new Error(read.refused);
    const named = unchangeable(profiles.map((profile) => ({ name: profile.file, profile })));
    expect(draftProfile('mine', unchangeable(read).sheets, named, policy.programme)).toMatchObject({
      text: expect.stringContaining('system: mine'),
    });
  });
});
