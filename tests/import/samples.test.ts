import { describe, expect, test } from 'vitest';
import { settleEncoding } from '../../src/import/read/encoding.ts';
import { flaggedIn, rowsWith } from '../../src/import/plan.ts';
import {
  damages,
  inUtf16,
  inUtf8WithMark,
  inWindows1252,
  damagedBySpreadsheet,
  withoutLeadingZeros,
  withRoundedNumbers,
} from '../support/damaged-exports.ts';
import {
  almRegister,
  azureDevOps,
  azureDevOpsTree,
  bugzilla,
  jiraCloud,
  jiraServer,
  longNumbers,
  mantisBT,
  samples,
  serviceNow,
  serviceNowSheet,
} from '../support/exports.ts';
import { countsOf, emptyTree, importInto, planFrom, reasonsIn, remarksIn } from '../support/importing.ts';
import { workbookOf } from '../support/workbook.ts';

/** Exports of every tracker with a ready profile, each found by its headings alone. */
const register = almRegister();
const exports: [string, string, () => string | Uint8Array | Promise<Uint8Array>][] = [
  ['Jira Cloud', 'jira-cloud', () => jiraCloud()],
  ['Jira Server', 'jira-server', () => jiraServer()],
  ['Azure DevOps', 'azure-devops', () => azureDevOps()],
  ['Azure DevOps, a tree', 'azure-devops', () => azureDevOpsTree()],
  ['ServiceNow, CSV', 'servicenow', () => serviceNow()],
  ['ServiceNow, workbook', 'servicenow', () => workbookOf({ Page1: serviceNowSheet() })],
  ['MantisBT', 'mantisbt', () => mantisBT()],
  ['MantisBT with bare quotes', 'mantisbt', () => mantisBT(samples, true)],
  ['Bugzilla', 'bugzilla', () => bugzilla()],
  [
    'a register from ALM',
    'alm',
    () =>
      workbookOf({ Defects: register.rows }, (workbook) =>
        register.merges.forEach((range) => workbook.getWorksheet('Defects')?.mergeCells(range)),
      ),
  ],
];

describe.each(exports)('%s', (_, profile, make) => {
  test('every defect goes in with its title, status and severity', async () => {
    const { plan } = await importInto(await make(), emptyTree());
    expect(plan.profile).toBe(profile);
    expect(reasonsIn(plan)).toEqual([]);
    const found = rowsWith(plan, 'create').map(({ tracker }) => ({
      title: tracker.title,
      status: tracker.status,
      severity: tracker.severity ?? 'unrated',
    }));
    expect(found).toHaveLength(samples.length);
    expect(found).toEqual(
      expect.arrayContaining(samples.map(({ title, status, severity }) => ({ title, status, severity }))),
    );
  });

  test('a second import changes nothing, to the byte', async () => {
    const bytes = await make();
    const first = await importInto(bytes, emptyTree());
    const second = await importInto(bytes, first.after);
    expect(countsOf(second.plan)).toMatchObject({ unchanged: samples.length });
    expect(rowsWith(second.plan, 'update')).toEqual([]);
    expect(second.after).toEqual(first.after);
  });
});

describe('what a spreadsheet or a download does to an export', () => {
  test.each(Object.keys(damages))('%s of an export of Azure DevOps', async (name) => {
    const plan = await planFrom((damages[name] as (csv: string) => string)(azureDevOps()), emptyTree());
    expect(
      'refused' in plan
        ? plan
        : {
            counts: countsOf(plan),
            reasons: reasonsIn(plan),
            remarks: remarksIn(plan),
            flags: flaggedIn(plan).flatMap(({ mapped }) => mapped.flags.map(({ message }) => message)),
          },
    ).toMatchSnapshot();
  });

  test('zeros that a spreadsheet took away come back, so that a defect is known again', async () => {
    const { after } = await importInto(mantisBT(), emptyTree());
    const again = await importInto(withoutLeadingZeros(mantisBT()), after);
    expect(countsOf(again.plan)).toEqual({ read: 10, unchanged: 10 });
  });

  test('ids that a spreadsheet shortened are set aside, every one', async () => {
    const { plan } = await importInto(withRoundedNumbers(azureDevOps(longNumbers)), emptyTree());
    expect(countsOf(plan)).toEqual({ read: 10, quarantined: 10 });
    expect(reasonsIn(plan)[0]).toBe('A2 (ID): a spreadsheet has shortened the number to "1.23E+15"');
  });

  test('text that a spreadsheet took for a formula is set aside', async () => {
    const { plan } = await importInto(damagedBySpreadsheet(jiraCloud()), emptyTree());
    expect(reasonsIn(plan)).toEqual([
      'A6 (Summary): a spreadsheet has put #NAME? in place of the text',
      'A8 (Summary): a spreadsheet has put #NAME? in place of the text',
    ]);
  });

  test.each([
    ['UTF-16', inUtf16, ['The text was read as UTF-16LE.']],
    ['UTF-8 with a mark', inUtf8WithMark, []],
  ])('%s is read as what it is', async (_, encoded, remarks) => {
    const { plan } = await importInto(encoded(jiraServer()), emptyTree());
    expect(rowsWith(plan, 'create').map(({ tracker }) => tracker.title)).toContain(
      'Heading “Réf. du point” is cut off',
    );
    expect(remarksIn(plan)).toEqual(expect.arrayContaining(remarks));
    expect(plan.remarks.filter(({ code }) => code === 'text-encoding')).toHaveLength(remarks.length);
  });
});

test('windows-1252 with few letters of its own is asked for, and read as that', async () => {
  const bytes = inWindows1252(jiraServer());
  expect(await planFrom(bytes, emptyTree())).toMatchObject({
    hint: 'Export it as UTF-8, or name the encoding: --encoding windows-1252.',
  });
  const named = settleEncoding(bytes, 'windows-1252');
  if ('refused' in named) throw new Error(named.refused);
  const { plan } = await importInto(named.bytes, emptyTree());
  expect(rowsWith(plan, 'create').map(({ tracker }) => tracker.title)).toContain('Heading “Réf. du point” is cut off');
});

test('columns that change with every export are no change', async () => {
  const { after } = await importInto(jiraCloud(samples, 1), emptyTree());
  const next = await importInto(jiraCloud(samples, 2), after);
  expect(countsOf(next.plan)).toMatchObject({ unchanged: 10 });
  expect(next.after).toEqual(after);
});

test('a register keeps what people noted, tells what is hidden, and leaves title and footer out', async () => {
  const bytes = await workbookOf(
    {
      Defects: register.rows,
      Lists: [
        ['Status', 'Meaning'],
        ['New', 'Just raised'],
      ],
    },
    (workbook) => {
      const sheet = workbook.getWorksheet('Defects');
      register.merges.forEach((range) => sheet?.mergeCells(range));
      if (sheet) [sheet.getRow(7).hidden, sheet.getColumn(10).hidden] = [true, true];
      const old = workbook.addWorksheet('Old', { state: 'veryHidden' });
      register.rows.slice(3, 6).forEach((row) => old.addRow(row));
    },
  );
  const { plan } = await importInto(bytes, emptyTree());
  expect(countsOf(plan)).toEqual({ read: 19, created: 10, ignored: 9 });
  expect(rowsWith(plan, 'skip').map(({ row }) => row.why)).toEqual([
    'title',
    'title',
    'footer',
    'footer',
    'no table',
    'no table',
    'hidden sheet',
    'hidden sheet',
    'hidden sheet',
  ]);
  expect(rowsWith(plan, 'create').flatMap(({ tracker }) => tracker.other ?? [])).toContainEqual({
    column: 'Notes',
    values: ['Ask Piers again on Friday'],
  });
  expect(rowsWith(plan, 'create').filter(({ tracker }) => tracker.component === 'core')).toHaveLength(2);
  expect(remarksIn(plan)).toEqual([
    'Merged cells count for every row that they span: Defects!A5 for 2 rows, Defects!A9 for 3 rows, Defects!A12 for 2 rows.',
    'The sheet Lists holds no table of defects (2 rows).',
    'The sheet Old is hidden and was not read (3 rows); --sheet "Old" reads it.',
    '1 row of the sheet Defects is hidden, and was read like the others.',
    '1 column of the sheet Defects is hidden, and was read like the others.',
    '1 defect names a component that is none of ours (Customer portal): add it to the map of profile alm.',
  ]);
  const hidden = await importInto(bytes, emptyTree(), { sheet: 'Old' });
  expect(countsOf(hidden.plan)).toMatchObject({ created: 2 });
});
