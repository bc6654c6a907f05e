import { describe, expect, test } from 'vitest';
import { cleanText, oneLine } from '../../src/import/clean-text.ts';
import { flaggedIn, rowsWith } from '../../src/import/plan.ts';
import { azureDevOps, bugzilla, jiraCloud, mantisBT, serviceNow } from '../support/exports.ts';
import { countsOf, emptyTree, importInto, planFrom, reasonsIn, recordsOf, remarksIn } from '../support/importing.ts';
import { rawWorkbook, sheetData } from '../support/workbook.ts';

/** Exports with the faults that people, trackers and spreadsheets put into them; each was once taken wrongly. */
const header = 'Defect ID,Title,Status,Severity,Date Raised';
const generic = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;
const only = { profile: 'generic' };
const reasons = async (text: string) => reasonsIn((await importInto(text, emptyTree(), only)).plan);
const rowOf = (id: string, date = '14/07/2020') => `${id},It fails,Open,High,${date}`;

describe('nothing is counted as stored that is not', () => {
  test.each([
    ['jira-cloud', jiraCloud()],
    ['azure-devops', azureDevOps()],
    ['servicenow', serviceNow()],
    ['mantisbt', mantisBT()],
    ['bugzilla', bugzilla()],
  ])('every kept and every plain cell of an export for %s stands in its record', async (profile, text) => {
    const { plan } = await importInto(text, emptyTree(), { profile });
    const mapped = new Set(['status', 'resolution', 'severity', 'component', 'raised', 'resolved', 'closed']);
    const { columns } = plan.tables[0]?.layout ?? { columns: [] };
    let seen = 0;
    for (const { row, id, tracker } of rowsWith(plan, 'create')) {
      const strings = new Set(
        JSON.stringify(tracker)
          .match(/"(?:[^"\\]|\\.)*"/g)
          ?.map((text) => JSON.parse(text) as string),
      );
      for (const { index, fate, fields, keep } of columns) {
        const cell = row.table.sheet.rows[row.index]?.[index];
        if (
          typeof cell !== 'string' ||
          cell.trim() === '' ||
          fate === 'ignored' ||
          (!keep && fields.some((field) => mapped.has(field)))
        )
          continue;
        const text = cleanText(cell);
        const parts = keep?.separator ? text.split(keep.separator).map((part) => part.trim()) : [text];
        expect(
          parts.every((part) => strings.has(part) || strings.has(oneLine(part)) || strings.has(part.padStart(7, '0'))),
          `${text} in ${id}`,
        ).toBe(true);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  test('a heading that stands twice keeps both cells, and two ids are no id', async () => {
    const twice = (second: string, id = 'D-1') =>
      `${header},Status,Title,Defect ID\n${rowOf('D-1')},${second},Other words,${id}\n`;
    const { plan } = await importInto(twice('Closed'), emptyTree(), only);
    expect(rowsWith(plan, 'create')[0]?.tracker).toMatchObject({
      title: 'It fails',
      status: 'new',
      other: [
        { column: 'Title', values: ['Other words'] },
        { column: 'Status', values: ['Closed'] },
      ],
    });
    expect(flaggedIn(plan)).toHaveLength(1);
    expect(await reasons(twice('Open', 'D-777'))).toEqual(['A2 (Defect ID): the row has two ids, "D-1" and "D-777"']);
  });
});

describe('what a record cannot hold is given back, and what it can is read again', () => {
  const row = (text: string, comments: string[] = []) =>
    `${header},Details${',Comment'.repeat(comments.length)}\n${rowOf('D-1')},"${text.replaceAll('"', '""')}"${comments.map((comment) => `,${comment}`).join('')}\n`;
  test.each<[string, string, string[]]>([
    ['words', row('word '.repeat(170_000)), ['row 2: the row has more text than a record may hold']],
    ['line ends', row('a\n'.repeat(90_000)), ['row 2: the row has more text than a record may hold']],
    [
      'columns',
      row(
        'a',
        Array.from({ length: 2_001 }, () => 'c'),
      ),
      ['row 2: the row has more cells that no field takes than a record may hold'],
    ],
    ['fewer words', row('wor d'.repeat(159_000)), []],
    ['fewer line ends', row('a\n'.repeat(70_000)), []],
    ['quotes', row('"\\'.repeat(150_000)), []],
    [
      'fewer columns',
      row(
        'a',
        Array.from({ length: 2_000 }, (_, index) => `c${index}`),
      ),
      [],
    ],
  ])('%s', async (_, text, expected) => {
    const { plan, after } = await importInto(text, emptyTree(), only);
    expect(reasonsIn(plan).map((reason) => reason.split(' · ').at(-1))).toEqual(expected);
    expect(recordsOf(after).defects).toHaveLength(1 - expected.length);
  });
});

describe('ids that are none', () => {
  test.each([
    ['TBC', '"TBC" stands where the id is to come'],
    ['-', '"-" stands where the id is to come'],
    ['n/a', '"n/a" stands where the id is to come'],
    ['01-Feb', 'a spreadsheet has made the date "01-Feb" of the id'],
    ['Feb-01', 'a spreadsheet has made the date "Feb-01" of the id'],
    ['1.23E+15', 'a spreadsheet has shortened the number to "1.23E+15"'],
  ])('%s', async (id, reason) =>
    expect(await reasons(generic(rowOf(id), rowOf('D-2')))).toEqual([`A2 (Defect ID): ${reason}`]),
  );

  test('dates, choices and long numbers in a workbook', async () => {
    const cells = ['<c r="A2" s="1"><v>44076</v></c>', '<c r="A3" t="b"><v>1</v></c>', '<c r="A4"><v>1.23E+15</v></c>'];
    const sheet = cells.reduce(
      (xml, cell, index) => xml.replace(new RegExp(`<c r="A${index + 2}".*?</c>`), cell),
      sheetData([header.split(','), ...['1', '2', '3', 'D-4'].map((id) => rowOf(id).split(','))]),
    );
    const { plan } = await importInto(rawWorkbook({ sheets: { Sheet1: sheet } }), emptyTree(), only);
    expect(countsOf(plan)).toEqual({ read: 4, created: 1, quarantined: 3 });
  });

  test('an id that is another but for zeros is held back, not taken for new', async () => {
    const { after } = await importInto(generic(rowOf('0012')), emptyTree(), only);
    for (const id of ['12', '012']) {
      const { plan } = await importInto(generic(rowOf(id)), after, only);
      expect(reasonsIn(plan)).toEqual([
        `row 2: D-0001 is 0012 in the tracker, which is ${id} here but for zeros: a spreadsheet may have changed it`,
      ]);
    }
  });
});

describe('a profile that only seems to fit', () => {
  const jira = (status: string) =>
    `Issue key,Issue id,Summary,${status},Priority,Created,Issue Type,Reporter\nCSS-1,10001,It fails,To Do,High,2020-07-14 09:00,Bug,Z\nCSS-2,10002,It stops,To Do,High,2020-07-15 09:00,Bug,Z\n`;

  test('is refused when it would take known defects for new ones of another tracker', async () => {
    const { after } = await importInto(jira('Status'), emptyTree(), { profile: 'jira-cloud' });
    const plan = await planFrom(jira('State'), after);
    expect('refused' in plan ? plan : countsOf(plan)).toEqual({
      refused:
        'Of the 2 new defects that profile generic finds, 2 are known from Jira Cloud by profile jira-cloud: a heading may have changed since.',
      hint: 'Name the right profile: --profile jira-cloud, or --profile generic if they are others.',
    });
  });

  test('yields to the one whose usual dates these are', async () => {
    const few = (date: string) =>
      `Summary,Issue key,Issue id,Status,Priority,Created\nIt fails,CSS-1,10001,To Do,High,${date}\n`;
    for (const [date, profile] of [
      ['03/Jul/20 3:50 PM', 'jira-cloud'],
      ['03/Jul/20 15:50', 'jira-server'],
    ])
      expect(await planFrom(few(date as string), emptyTree())).toMatchObject({ profile });
  });
});

describe('dates', () => {
  test('a date cell of 0 is empty, a time alone and a day before March 1900 are no dates', async () => {
    const serial = (value: number, index: number) =>
      [`<c r="E${index + 2}" s="1"><v>${value}</v></c>`, new RegExp(`<c r="E${index + 2}".*?</c>`)] as const;
    const sheet = [0, 0.5, 60, 44_076]
      .map(serial)
      .reduce(
        (xml, [cell, pattern]) => xml.replace(pattern, cell),
        sheetData([header.split(','), ...['1', '2', '3', '4'].map((id) => rowOf(`D-${id}`).split(','))]),
      );
    const { plan } = await importInto(rawWorkbook({ sheets: { Sheet1: sheet } }), emptyTree(), only);
    expect(rowsWith(plan, 'create').map(({ tracker }) => tracker.raised)).toEqual(['2020-09-02']);
    expect(reasonsIn(plan)).toEqual([
      'Sheet1!E2 (Date Raised): it does not say when it was raised',
      'Sheet1!E3 (Date Raised): "12:00:00" is not a date in any form of the profile',
      'Sheet1!E4 (Date Raised): a spreadsheet has put a date before March 1900 in place of the date',
    ]);
  });

  test('words beside a date set their row aside, and another form of the same order is read', async () => {
    expect(await reasons(generic(rowOf('D-1'), rowOf('D-2', '13/7/2020 approx')))).toEqual([
      'E3 (Date Raised): "13/7/2020 approx" is not a date in any form of the profile',
    ]);
  });

  test('later than the export are told', async () => {
    const { plan } = await importInto(generic(rowOf('D-1', '14/12/2020')), emptyTree(), only);
    expect(remarksIn(plan)).toEqual([
      '1 row has a date later than the export, which is of 2020-11-18T11:00 (row 2 is the first): say with --exported when it was made; if that is right, day and month may be the wrong way round.',
    ]);
  });
});

describe('an export that does not say when defects were raised', () => {
  const bare =
    'ID,Work Item Type,Title,Assigned To,State,Tags\n"7","Bug","It fails","Zdenka Marsh <z@fennimore.example>","New",\n';

  test('is refused, and told how it can be taken all the same', async () => {
    expect(await planFrom(bare, emptyTree())).toMatchObject({
      hint: expect.stringContaining('let the day of this export stand for it (--first-seen)'),
    });
  });

  test('is taken when that is asked for, and a later export that knows better corrects it', async () => {
    const { plan, after } = await importInto(bare, emptyTree(), { firstSeen: true });
    expect(rowsWith(plan, 'create')[0]?.tracker).toMatchObject({
      status: 'new',
      raised: '2020-11-18',
      other: expect.arrayContaining([{ column: 'first seen', values: ['2020-11-18T11:00'] }]),
    });
    expect(remarksIn(plan)).toContain(
      'The export has no column for when a defect was raised; what is new counts as raised on the day of the export.',
    );
    expect(countsOf((await importInto(bare, after, { firstSeen: true })).plan)).toMatchObject({ unchanged: 1 });
    const known = await importInto(
      'ID,Work Item Type,Title,Assigned To,State,Tags,Created Date\n"7","Bug","It fails","Zdenka Marsh <z@fennimore.example>","New",,"9/25/2020 7:00:00 AM"\n',
      after,
    );
    expect(rowsWith(known.plan, 'update')[0]?.changes).toEqual([
      { field: 'raised', from: '2020-11-18', to: '2020-09-25T07:00' },
    ]);
  });
});

describe('formulas', () => {
  test('an empty text is an empty cell, and one that was never worked out sets its row aside', async () => {
    const rows = [[...header.split(','), 'Age'], ...['1', '2', '3'].map((id) => [...rowOf(`D-${id}`).split(','), 'x'])];
    const sheet = sheetData(rows)
      .replace(/<c r="F2".*?<\/c>/, '<c r="F2" t="str"><f>IF(E2="","","x")</f><v></v></c>')
      .replace(/<c r="F3".*?<\/c>/, '<c r="F3"><f>NOW()-E3</f></c>');
    const { plan } = await importInto(rawWorkbook({ sheets: { Sheet1: sheet } }), emptyTree(), only);
    expect(rowsWith(plan, 'create').map(({ row }) => row.index + 1)).toEqual([2, 4]);
    expect(reasonsIn(plan)).toEqual([
      'Sheet1!F3 (Age): a spreadsheet has put a formula without a result in place of the text',
    ]);
  });
});

describe('rows that are none', () => {
  test('lines of a text that was broken out of its quotes take the row above with them', async () => {
    const text = `${header},Description\n${rowOf('D-1')},fine\n${rowOf('D-2')},first line\nsecond line\nthird, line\n${rowOf('D-3')},fine\n`;
    const { plan } = await importInto(text, emptyTree(), only);
    expect(rowsWith(plan, 'create').map(({ row }) => row.mapped.id)).toEqual(['D-1', 'D-3']);
    expect(reasonsIn(plan)[0]).toBe(
      'row 3: the row below it is not whole (the row has 1 cell and there are 6 headings), so that a text of this one was probably broken',
    );
  });

  test('headings between the rows of a register are told and left out', async () => {
    const { plan } = await importInto(
      generic(rowOf('D-1'), 'Deferred to a later phase,,,,', rowOf('D-2')),
      emptyTree(),
      only,
    );
    expect(countsOf(plan)).toEqual({ read: 3, created: 2, ignored: 1 });
    expect(rowsWith(plan, 'skip')[0]?.row).toMatchObject({ why: 'section', text: 'Deferred to a later phase' });
  });

  test('headings alone are refused', async () => {
    expect(await planFrom(generic(), emptyTree())).toMatchObject({
      refused: 'The export has headings, and no row below them.',
    });
  });

  test('a byte order mark may stand twice', async () => {
    expect(countsOf((await importInto(`\ufeff\ufeff${generic(rowOf('D-1'))}`, emptyTree(), only)).plan)).toEqual({
      read: 1,
      created: 1,
    });
  });

  test('bytes that are no text are refused', async () => {
    expect(
      await planFrom(
        Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251),
        emptyTree(),
      ),
    ).toMatchObject({ refused: 'The file is neither text nor a workbook.' });
  });
});

test('what cannot be seen in a value is seen in its message', async () => {
  expect(await reasons(generic(rowOf('D-1').replace('High', 'High\u200b')))).toEqual([
    'D2 (Severity): "High⟨U+200B⟩" is not in the map of profile generic',
  ]);
});
