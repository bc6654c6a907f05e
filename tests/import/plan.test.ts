import { describe, expect, test } from 'vitest';
import { type PlannedRow, rowsWith } from '../../src/import/plan.ts';
import { reportOf } from '../../src/import/show/report.ts';
import { countsOf, emptyTree, importInto } from '../support/importing.ts';
import { workbookOf } from '../support/workbook.ts';

const header = ['Defect ID', 'Title', 'Status', 'Severity', 'Date Raised'];
const row = (id: string, title = 'It fails', status = 'Open') => [id, title, status, 'High', '14/07/2020'];
const csv = (...rows: string[][]) => `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
const only = { profile: 'generic' };
const placesIn = (rows: readonly PlannedRow[]) =>
  rows.map((planned) => {
    const { sheet } = planned.action === 'skip' ? planned.row : planned.row.table;
    return `${sheet.name}${sheet.name && '!'}${planned.row.index + 1} ${planned.action}`;
  });

describe('a plan is one list of rows', () => {
  test('in the order of the export, each with what becomes of it', async () => {
    const first = await importInto(csv(row('1'), row('2'), row('3'), row('9')), emptyTree(), only);
    const edited = {
      ...first.after,
      files: first.after.files.map((file) =>
        file.path === 'defects/D-0003.md'
          ? {
              ...file,
              bytes: new TextEncoder().encode(
                new TextDecoder().decode(file.bytes).replace('title: It fails', 'title: By hand'),
              ),
            }
          : file,
      ),
    };
    const { plan } = await importInto(
      await workbookOf({
        New: [
          ['Week 30', undefined, undefined, undefined, undefined],
          header,
          row('4'),
          row('5', 'It fails', 'Odd'),
          row('4'),
        ],
        Lists: [['Status'], ['Open']],
        Known: [header, row('2', 'It stops'), row('3'), row('1'), row('6')],
      }),
      edited,
      only,
    );
    expect(placesIn(plan.rows)).toEqual([
      'New!1 skip',
      'New!3 create',
      'New!4 quarantine',
      'New!5 collapse',
      'Lists!1 skip',
      'Lists!2 skip',
      'Known!2 update',
      'Known!3 conflict',
      'Known!4 keep',
      'Known!5 create',
    ]);
    expect(countsOf(plan)).toEqual({
      read: 10,
      created: 2,
      updated: 1,
      unchanged: 1,
      collapsed: 1,
      quarantined: 2,
      ignored: 3,
    });
    expect(plan.absent).toEqual(['D-0004']);
    const report = reportOf(plan, { written: false, quarantineFiles: [], digest: '', linesBefore: undefined });
    expect(report.quarantined?.map(({ id, conflict, sheet }) => [id, conflict, sheet])).toEqual([
      ['5', false, 'New'],
      ['3', true, 'Known'],
    ]);
    expect([report.created?.map(({ id }) => id), report.updated?.map(({ id }) => id), report.unchanged]).toEqual([
      ['D-0005', 'D-0006'],
      ['D-0002'],
      ['D-0001'],
    ]);
  });

  test('new defects are numbered in that order, where one has several rows too', async () => {
    const tree = emptyTree({
      'profiles/test.yaml':
        'title: A test\nsystem: Test\nzone: Europe/London\ndates: [yyyy-MM-dd]\nfields:\n  id: {columns: [Id]}\n  title: {columns: [Title]}\n  status: {columns: [Status], map: {New: new, Fixed: fixed}}\n  raised: {columns: [Raised]}\nhistory: {by: When}\n',
    });
    const { plan } = await importInto(
      'Id,Title,Status,Raised,When\n7,A,New,2020-09-01,2020-09-01\n8,B,New,2020-09-01,2020-09-01\n7,A,Fixed,2020-09-01,2020-09-03\n',
      tree,
      { profile: 'test' },
    );
    expect(rowsWith(plan, 'create').map(({ id, row: { mapped } }) => [id, mapped.id])).toEqual([
      ['D-0001', '8'],
      ['D-0002', '7'],
    ]);
    expect(placesIn(plan.rows)).toEqual(['2 collapse', '3 create', '4 create']);
  });
});

test('a row that was quoted as a whole is a row like the others, the last one too', async () => {
  const wrapped = (cells: string[]) => `"${cells.map((cell) => cell.replace(/.*,.*/, '""$&""')).join(',')}"`;
  const { plan } = await importInto(
    `${csv(row('1'))}${wrapped(row('2', 'It fails, again'))}\n${csv(row('3')).split('\n')[1]}\n${wrapped(row('4', 'It fails, too'))}`,
    emptyTree(),
    only,
  );
  expect(rowsWith(plan, 'create').map(({ tracker }) => tracker.title)).toEqual([
    'It fails',
    'It fails, again',
    'It fails',
    'It fails, too',
  ]);
});
