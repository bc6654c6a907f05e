import type { Remark } from '../remark.ts';
import { counted, shorten } from '../../model/wording.ts';
import { listed } from '../wording.ts';

/** What a remark says, in a sentence. */
export function remarkText(remark: Remark): string {
  switch (remark.code) {
    case 'text-encoding':
      return remark.isGuess
        ? `The text is not UTF-8 and was read as ${remark.encoding}${remark.confidence === undefined ? '' : `, by its letters (confidence ${remark.confidence} of 100; --encoding names another)`}.`
        : `The text was read as ${remark.encoding}.`;
    case 'row-types':
      return typesText(remark);
    case 'reader-failed':
      return `exceljs could not read the workbook (${remark.reason}); SheetJS did.`;
    case 'readers-differ':
      return `exceljs and SheetJS read the workbook differently (${remark.difference}); SheetJS is believed.`;
    case 'profiles-alike':
      return `The profiles ${remark.taken} and ${remark.other} fit alike; ${remark.taken} was taken.`;
    case 'merged-cells': {
      const cells = remark.cells.map(({ address, rows }) => `${address} for ${rows} rows`);
      return `Merged cells count for every row that they span: ${listed(cells, 5)}.`;
    }
    case 'sheet-hidden':
      return `The sheet ${remark.sheet} is hidden and was not read (${counted(remark.rows, 'row')}); --sheet "${remark.sheet}" reads it.`;
    case 'sheet-without-table':
      return `The sheet ${remark.sheet} holds no table of defects (${counted(remark.rows, 'row')}).`;
    case 'row-limit':
      return `The export has exactly ${remark.rows} rows, and the tracker stops after ${remark.limit} without a word: it is probably not whole.`;
    case 'hidden-rows':
    case 'hidden-columns':
    case 'comments':
    case 'formulas':
      return countText(remark);
    case 'columns-unknown':
      return `The profile ${remark.profile} does not know the ${remark.columns.length === 1 ? 'column' : 'columns'} ${listed(remark.columns, 12)}; what stands there is kept word for word.`;
    case 'values-unknown':
      return valuesText(remark);
    case 'severity-missing':
      return 'The export has no column for the severity; what is new is not rated, and what is known keeps its severity.';
    case 'raised-missing':
      return 'The export has no column for when a defect was raised; what is new counts as raised on the day of the export.';
    case 'components-unknown':
      return `${counted(remark.defects, 'defect')} ${remark.defects === 1 ? 'names' : 'name'} a component that is none of ours (${listed(remark.names, 5)}): add it to the map of profile ${remark.profile}.`;
    case 'dates-later':
      return `${counted(remark.rows, 'row')} ${remark.rows === 1 ? 'has a date' : 'have dates'} later than the export, which is of ${remark.exported} (row ${remark.first} is the first): say with --exported when it was made; if that is right, day and month may be the wrong way round.`;
  }
}

/** What was counted in a sheet that was read. */
function countText({ code, sheet, count }: Extract<Remark, { count: number }>): string {
  const [noun, one, many] = {
    'hidden-rows': ['row', 'is hidden, and was read like the others', 'are hidden, and were read like the others'],
    'hidden-columns': [
      'column',
      'is hidden, and was read like the others',
      'are hidden, and were read like the others',
    ],
    comments: ['cell', 'carries a comment, which is not read', 'carry comments, which are not read'],
    formulas: ['cell', 'is a formula; its last result was read', 'are formulas; their last result was read'],
  }[code] as [string, string, string];
  const where = sheet === '' ? '' : ` of the sheet ${sheet}`;
  return `${counted(count, noun)}${where} ${count === 1 ? one : many}.`;
}

function typesText(remark: Extract<Remark, { code: 'row-types' }>): string {
  const types = remark.types.map(({ type, rows }) => `${rows} ${type === '' ? 'without one' : `"${shorten(type)}"`}`);
  return `By ${remark.column}: ${listed(types, 12)}${remark.leftOut > 0 ? `; ${counted(remark.leftOut, 'row')} of a type that the profile does not take ${remark.leftOut === 1 ? 'was' : 'were'} left out` : ''}.`;
}

function valuesText(remark: Extract<Remark, { code: 'values-unknown' }>): string {
  const values = remark.values.map(({ value, rows }) => `"${shorten(value)}" (${counted(rows, 'row')})`);
  const example = JSON.stringify(remark.values[0]?.value ?? '');
  return `The map of ${remark.field} in profile ${remark.profile} does not list ${listed(values, 12)}: add a line for each under fields.${remark.field}.map, such as ${example} and after a colon what it is here.`;
}
