import { expect, test } from 'vitest';
import type { Remark } from '../../src/import/remark.ts';
import { remarkText } from '../../src/import/show/remark.ts';

/** Every code with one thing and with several; the compiler asks for those that are missing. */
const remarks: { [Code in Remark['code']]: (Remark & { code: Code })[] } = {
  'text-encoding': [
    { code: 'text-encoding', encoding: 'UTF-16LE', isGuess: false },
    { code: 'text-encoding', encoding: 'windows-1252', isGuess: true, confidence: 60 },
  ],
  'row-types': [
    {
      code: 'row-types',
      column: 'Issue Type',
      types: [
        { type: 'Bug', rows: 3 },
        { type: 'Story', rows: 1 },
      ],
      leftOut: 1,
    },
  ],
  'reader-failed': [{ code: 'reader-failed', reason: 'no sheets were found' }],
  'readers-differ': [{ code: 'readers-differ', difference: 'A2 is empty to one and "1" to the other' }],
  'profiles-alike': [{ code: 'profiles-alike', taken: 'jira-cloud', other: 'jira-server' }],
  'merged-cells': [{ code: 'merged-cells', cells: [{ address: 'Defects!A5', rows: 2 }] }],
  'sheet-hidden': [{ code: 'sheet-hidden', sheet: 'Old', rows: 3 }],
  'sheet-without-table': [{ code: 'sheet-without-table', sheet: 'Lists', rows: 1 }],
  'row-limit': [{ code: 'row-limit', rows: 2000, limit: 1000 }],
  'hidden-rows': [{ code: 'hidden-rows', sheet: '', count: 1 }],
  'hidden-columns': [{ code: 'hidden-columns', sheet: 'Defects', count: 2 }],
  comments: [
    { code: 'comments', sheet: 'Defects', count: 1 },
    { code: 'comments', sheet: 'Defects', count: 2000 },
  ],
  formulas: [
    { code: 'formulas', sheet: 'Defects', count: 1 },
    { code: 'formulas', sheet: 'Defects', count: 2 },
  ],
  'columns-unknown': [
    { code: 'columns-unknown', profile: 'alm', columns: ['Age'] },
    { code: 'columns-unknown', profile: 'alm', columns: ['Age', 'Sprint'] },
  ],
  'values-unknown': [
    {
      code: 'values-unknown',
      profile: 'alm',
      field: 'status',
      values: [
        { value: 'Parked', rows: 12 },
        { value: 'On: hold', rows: 1 },
      ],
    },
  ],
  'severity-missing': [{ code: 'severity-missing' }],
  'raised-missing': [{ code: 'raised-missing' }],
  'components-unknown': [
    { code: 'components-unknown', profile: 'alm', defects: 1, names: ['Moon'] },
    { code: 'components-unknown', profile: 'alm', defects: 9, names: ['Moon', 'Sun'] },
  ],
  'dates-later': [
    { code: 'dates-later', rows: 1, first: 2, exported: '2020-11-18T11:00' },
    { code: 'dates-later', rows: 3, first: 2, exported: '2020-11-18T11:00' },
  ],
};

test('every remark is said in a sentence', () => {
  expect(Object.values(remarks).flat().map(remarkText).join('\n')).toMatchInlineSnapshot(`
    "The text was read as UTF-16LE.
    The text is not UTF-8 and was read as windows-1252, by its letters (confidence 60 of 100; --encoding names another).
    By Issue Type: 3 "Bug", 1 "Story"; 1 row of a type that the profile does not take was left out.
    exceljs could not read the workbook (no sheets were found); SheetJS did.
    exceljs and SheetJS read the workbook differently (A2 is empty to one and "1" to the other); SheetJS is believed.
    The profiles jira-cloud and jira-server fit alike; jira-cloud was taken.
    Merged cells count for every row that they span: Defects!A5 for 2 rows.
    The sheet Old is hidden and was not read (3 rows); --sheet "Old" reads it.
    The sheet Lists holds no table of defects (1 row).
    The export has exactly 2000 rows, and the tracker stops after 1000 without a word: it is probably not whole.
    1 row is hidden, and was read like the others.
    2 columns of the sheet Defects are hidden, and were read like the others.
    1 cell of the sheet Defects carries a comment, which is not read.
    2,000 cells of the sheet Defects carry comments, which are not read.
    1 cell of the sheet Defects is a formula; its last result was read.
    2 cells of the sheet Defects are formulas; their last result was read.
    The profile alm does not know the column Age; what stands there is kept word for word.
    The profile alm does not know the columns Age, Sprint; what stands there is kept word for word.
    The map of status in profile alm does not list "Parked" (12 rows), "On: hold" (1 row): add a line for each under fields.status.map, such as "Parked" and after a colon what it is here.
    The export has no column for the severity; what is new is not rated, and what is known keeps its severity.
    The export has no column for when a defect was raised; what is new counts as raised on the day of the export.
    1 defect names a component that is none of ours (Moon): add it to the map of profile alm.
    9 defects name a component that is none of ours (Moon, Sun): add it to the map of profile alm.
    1 row has a date later than the export, which is of 2020-11-18T11:00 (row 2 is the first): say with --exported when it was made; if that is right, day and month may be the wrong way round.
    3 rows have dates later than the export, which is of 2020-11-18T11:00 (row 2 is the first): say with --exported when it was made; if that is right, day and month may be the wrong way round."
  `);
});
