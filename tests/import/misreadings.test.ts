import { describe, expect, test } from 'vitest';
import { countsOf, emptyTree, importInto, planFrom, reasonsIn, recordsOf } from '../support/importing.ts';
import { workbookOf } from '../support/workbook.ts';

/** What an import once took for something else without a word. */

const header = 'Id,Title,Status,Raised';
const profile = `title: A test
system: Test
zone: Europe/London
dates: [yyyy-MM-dd, "yyyy-MM-dd'T'HH:mmZZZ"]
fields:
  id: {columns: [Id]}
  title: {columns: [Title]}
  status: {columns: [Status], map: {New: new, Fixed: fixed, Again: reopened, Shut: closed}}
  raised: {columns: [Raised]}
`;
const only = { profile: 'test' };
const tree = (more = '') => emptyTree({ 'profiles/test.yaml': profile + more });

describe('one row a change, some with the same time', () => {
  const perChange = () => tree('history: {by: When}\n');
  const export_ = (...rows: [id: string, status: string, when: string][]) =>
    [`${header},When`, ...rows.map(([id, status, when]) => `${id},It fails,${status},2020-09-01,${when}`), ''].join(
      '\n',
    );
  const storyOf = async (...rows: [string, string, string][]) => {
    const { plan, after } = await importInto(export_(...rows), perChange(), only);
    const stories = recordsOf(after).defects.map(({ tracker: { history, status } }) =>
      [history[0]?.from, ...history.map(({ to }) => to), `now ${status}`].filter(Boolean).join(' '),
    );
    return { stories, aside: countsOf(plan)['quarantined'] ?? 0, reasons: reasonsIn(plan) };
  };

  test.each([
    {
      name: 'newest first',
      rows: [
        ['1', 'Shut', '2020-09-05'],
        ['1', 'Fixed', '2020-09-05'],
        ['1', 'New', '2020-09-01'],
      ],
      stories: ['new fixed closed now closed'],
    },
    {
      name: 'oldest first',
      rows: [
        ['1', 'New', '2020-09-01'],
        ['1', 'Fixed', '2020-09-05'],
        ['1', 'Shut', '2020-09-05'],
      ],
      stories: ['new fixed closed now closed'],
    },
    {
      name: 'newest first, told by another defect of the file',
      rows: [
        ['1', 'Shut', '2020-09-05'],
        ['1', 'Fixed', '2020-09-05'],
        ['2', 'Fixed', '2020-09-04'],
        ['2', 'New', '2020-09-02'],
      ],
      stories: ['fixed closed now closed', 'new fixed now fixed'],
    },
  ] as const)('$name', async ({ rows, stories }) => {
    expect(await storyOf(...(rows as unknown as [string, string, string][]))).toEqual({
      stories,
      aside: 0,
      reasons: [],
    });
  });

  test('are set aside where neither order is told, or both are', async () => {
    const untold = await storyOf(['1', 'Shut', '2020-09-05'], ['1', 'Fixed', '2020-09-05'], ['2', 'New', '2020-09-04']);
    expect(untold).toMatchObject({ stories: ['now new'], aside: 2 });
    expect(untold.reasons[0]).toBe(
      'row 2: the rows 2, 3 are changes of one defect, 1, of which some have the same time (2020-09-05) and say different things: which came last cannot be told',
    );
    const mixed = await storyOf(
      ['1', 'Shut', '2020-09-05'],
      ['1', 'Fixed', '2020-09-05'],
      ['2', 'New', '2020-09-02'],
      ['2', 'Fixed', '2020-09-04'],
      ['3', 'Fixed', '2020-09-04'],
      ['3', 'New', '2020-09-02'],
    );
    expect(mixed).toMatchObject({ stories: ['new fixed now fixed', 'new fixed now fixed'], aside: 2 });
  });

  test('are one where they say the same', async () => {
    expect(await storyOf(['1', 'New', '2020-09-05'], ['1', 'New', '2020-09-05'])).toMatchObject({
      stories: ['now new'],
      aside: 0,
    });
  });

  test('are in order of their moments, not of the letters in which these are written', async () => {
    // In the hour that happens twice the later clock has the smaller offset.
    const told = await storyOf(['1', 'New', '2020-10-25T01:30+01:00'], ['1', 'Fixed', '2020-10-25T01:10+00:00']);
    expect(told.stories).toEqual(['new fixed now fixed']);
  });
});

describe('ids', () => {
  test.each([
    ['"DEF-"0000', 'DEF-0001'],
    ['\\X0000', 'X0001'],
    ['00000', '00001'],
    ['0', '1'],
    ['General', '1'],
    ['#,##0', '1'],
  ])('a number shown as %s is the id that people see', async (format, id) => {
    const bytes = await workbookOf({ Sheet: [header.split(','), [1, 'It fails', 'New', '2020-09-01']] }, (workbook) => {
      const cell = workbook.getWorksheet('Sheet')?.getCell('A2');
      if (cell) cell.numFmt = format;
    });
    const { plan, after } = await importInto(bytes, tree(), only);
    expect(plan.remarks).toEqual([]);
    expect(recordsOf(after).defects[0]?.tracker.source?.id).toBe(id);
  });

  test.each(['1234.0', '1,234', '7,00'])('%s was calculated, and is set aside', async (id) => {
    const plan = await planFrom(`${header}\n"${id}",It fails,New,2020-09-01\n`, tree(), only);
    if ('refused' in plan) throw new Error(plan.refused);
    expect(reasonsIn(plan)).toEqual([`A2 (Id): a spreadsheet has made the number "${id}" of the id`]);
  });
});

test('rows that differ are told by column, and by sheet where there are several', async () => {
  const rows = (status: string) => [header.split(','), ['8', 'Other', status, '2020-09-01']];
  const plan = await planFrom(await workbookOf({ May: rows('New'), June: rows('Fixed') }), tree(), only);
  if ('refused' in plan) throw new Error(plan.refused);
  expect(reasonsIn(plan)[0]).toBe(
    'May!row 2: the rows 2 of the sheet May and 2 of the sheet June are of one defect, 8, and differ in status',
  );
});

test('a file that no profile knows is told by its first full row', async () => {
  const plan = await planFrom(
    'incident_code,employee,incident_state_now\nI-1,E-1,Open\nI-2,E-2,Resolved\nI-3,E-3,Closed\n',
    emptyTree(),
  );
  expect(plan).toMatchObject({
    refused: expect.stringContaining('its headings are incident_code, employee, incident_state_now') as string,
  });
});
