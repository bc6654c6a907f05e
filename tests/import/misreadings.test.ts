import { describe, expect, test } from 'vitest';
import { withChanges } from '../../src/author/publish-note.ts';
import { settleEncoding } from '../../src/import/read/encoding.ts';
import { faultOfForm } from '../../src/model/date-form.ts';
import { countsOf, emptyTree, importInto, planFrom, reasonsIn, recordsOf, remarksIn } from '../support/importing.ts';
import { textOf } from '../support/tree.ts';
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

describe('the encoding of a text', () => {
  const inEncoding = (name: string, text: string) => {
    const signs = new TextDecoder(name).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    return Uint8Array.from(text, (sign) => {
      const byte = signs.indexOf(sign);
      if (byte < 0) throw new Error(`${name} has no ${sign}`);
      return byte;
    });
  };
  const with_ = (title: string) => `${header}\n7,${title},New,2020-09-01\n`;

  test.each([
    ['windows-1251', 'Ошибка при загрузке счётчика'],
    ['windows-1250', 'Błąd przy zapisie liczników źródła'],
    ['windows-1253', 'Σφάλμα κατά την αποθήκευση'],
    ['iso-8859-9', 'Şehir adı yanlış gösteriliyor'],
  ])('%s is not taken for another: it is asked for, and then read', async (name, title) => {
    const bytes = inEncoding(name, with_(title));
    expect(await planFrom(bytes, tree(), only)).toMatchObject({
      refused: expect.stringContaining('its encoding cannot be told for sure') as string,
      hint: expect.stringContaining('--encoding') as string,
    });
    const read = settleEncoding(bytes, name);
    if ('refused' in read) throw new Error(read.refused);
    const { after } = await importInto(read.bytes, tree(), only);
    expect(recordsOf(after).defects[0]?.tracker.title).toBe(title);
  });

  test('that is surely of the west is read, with how sure that is', async () => {
    const title = 'La facture n’est pas envoyée à l’hôte désigné';
    const { plan, after } = await importInto(inEncoding('windows-1252', with_(title)), tree(), only);
    expect(recordsOf(after).defects[0]?.tracker.title).toBe(title);
    expect(plan.remarks).toMatchObject([
      { code: 'text-encoding', encoding: 'windows-1252', confidence: expect.any(Number) as number },
    ]);
  });

  test('is no matter where all that it writes differently is punctuation on which the likely ones agree', async () => {
    for (const title of ['It “fails” – twice…', 'The supplier’s meter'])
      expect(settleEncoding(inEncoding('windows-1252', with_(title)))).toMatchObject({
        remarks: [{ code: 'text-encoding', encoding: 'windows-1252' }],
      });
    // On an old Mac these are letters: Espana with its tilde.
    expect(settleEncoding(inEncoding('macintosh', with_('Espa\u00f1a')))).toHaveProperty('refused');
  });

  test('that is named and is not that is refused', () => {
    expect(settleEncoding(Uint8Array.of(0x41, 0xff), 'utf-8')).toMatchObject({ refused: 'The text is not utf-8.' });
  });
});

describe('a column that fed a field and is gone', () => {
  const fields = `${profile}  team: {columns: [Team]}\n  severity: {columns: [Severity], map: {High: S2, Stop: S1}}\n`;
  const start = () => emptyTree({ 'profiles/test.yaml': fields });
  const first = `${header},Team,Severity\n1,It fails,New,2020-09-01,Blue,High\n`;

  test('is refused, naming what the profile does not know, until it is said to be meant', async () => {
    const { after } = await importInto(first, start(), only);
    const renamed = first.replace('Team', 'Crew').replace('Severity', 'Sev').replace('Blue', 'Red');
    expect(await planFrom(renamed, after, only)).toEqual({
      refused:
        'The export has no column for the severity and team, which known defects of this tracker have from one; the profile does not know "Crew", "Sev".',
      hint: 'Export that column too, or add its new heading to profiles/test.yaml; if it is gone for good, say so: --without severity --without team.',
    });
    const { plan } = await importInto(renamed, after, { ...only, without: ['severity', 'team'] });
    expect(plan.remarks.map(({ code }) => code)).toContain('columns-unknown');
  });

  test('is no matter for a field that people wrote themselves', async () => {
    const bare = `${header}\n1,It fails,New,2020-09-01\n`;
    const { after } = await importInto(bare, start(), only);
    const added = withChanges(after, [
      {
        path: 'defects/D-0001.md',
        text: textOf(after.files.find(({ path }) => path === 'defects/D-0001.md')).replace(
          '\n  raised:',
          '\n  team: Green\n  raised:',
        ),
        before: undefined,
      },
    ]);
    expect(recordsOf(added).defects[0]?.tracker.team).toBe('Green');
    expect(countsOf((await importInto(bare, added, only)).plan)).toMatchObject({ unchanged: 1 });
  });
});

describe('rows that are no defects', () => {
  const typed = `${header},Kind\n1,It fails,New,2020-09-01,Bug\n2,Wanted,New,2020-09-01,Story\n3,Also,Unheard of,2020-09-01,Epic\n`;

  test('are left out by their type, and counted', async () => {
    const { plan } = await importInto(typed, tree('only: {column: Kind, values: [Bug]}\n'), only);
    expect(countsOf(plan)).toEqual({ read: 3, created: 1, ignored: 2 });
    expect(remarksIn(plan)).toContain(
      'By Kind: 1 "Bug", 1 "Story", 1 "Epic"; 2 rows of a type that the profile does not take were left out.',
    );
  });

  test('are counted where the profile takes all', async () => {
    const { plan } = await importInto(typed, tree('only: {column: Kind}\n'), only);
    expect(countsOf(plan)).toMatchObject({ created: 2, quarantined: 1 });
    expect(plan.remarks).toMatchObject([{ code: 'row-types', leftOut: 0 }, { code: 'values-unknown' }]);
  });

  test('cannot be told without the column', async () => {
    const plan = await planFrom(typed.replace('Kind', 'Sort'), tree('only: {column: Kind, values: [Bug]}\n'), only);
    expect(plan).toMatchObject({
      refused: expect.stringContaining('by the column "Kind", and that is not there') as string,
    });
  });
});

test.each([
  ['dd/MM/yyyy HH:mm', undefined],
  ["yyyy-MM-dd'T'HH:mm:ss.SSSZZZ", undefined],
  ["d 'de' MMMM 'de' yyyy", undefined],
  ['MMM d, yyyy, h:mm a', undefined],
  ['yyyy-MM-ddTHH:mm', 'has "T", which is no part of a date'],
  ['YYYY-MM-DD', 'has "Y", which is no part of a date'],
  ['dd.MM.yyyy HH:m', 'has "m", which is no part of a date'],
  ["yyyy-MM-dd'T", 'has a quotation mark that is never closed'],
])('the form of dates %s is looked at letter by letter', (form, fault) => {
  if (fault === undefined) expect(faultOfForm(form)).toBeUndefined();
  else expect(faultOfForm(form)).toContain(fault);
});

test('a workbook whose defects stand in a hidden sheet is refused by the name of that sheet', async () => {
  const bytes = await workbookOf(
    { Cover: [['Register of defects', 'Phase 2']], Data: [header.split(','), ['1', 'It fails', 'New', '2020-09-01']] },
    (workbook) => {
      const sheet = workbook.getWorksheet('Data');
      if (sheet) sheet.state = 'hidden';
    },
  );
  const plan = await planFrom(bytes, tree(), only);
  expect(plan).toMatchObject({
    refused: expect.stringContaining('The sheet Data is hidden and was not looked at.') as string,
    hint: expect.stringContaining('--sheet "Data"') as string,
  });
  expect(countsOf((await importInto(bytes, tree(), { ...only, sheet: 'Data' })).plan)).toMatchObject({ created: 1 });
});

test('a value that no map lists is told once, with its rows', async () => {
  const rows = Array.from({ length: 30 }, (_, index) => `${index},It fails,Parked,2020-09-01`);
  const { plan } = await importInto([header, ...rows, '99,It fails,Asleep,2020-09-01', ''].join('\n'), tree(), only);
  expect(remarksIn(plan)).toEqual([
    'The map of status in profile test does not list "Parked" (30 rows), "Asleep" (1 row): add a line for each under fields.status.map, such as "Parked" and after a colon what it is here.',
  ]);
});
