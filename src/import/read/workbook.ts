import exceljs from 'exceljs';
import { type Cell, emptyHead, type SheetReading } from '../sheet.ts';
import { earlyDate, lastRow, numberAsShown, unescaped } from './workbook-cell.ts';

/**
 * Parts of a sheet that no import needs and that make the reader slow or fail. Merged cells come from the second
 * reader.
 */
const ignoreNodes = [
  'dataValidations',
  'conditionalFormatting',
  'mergeCells',
  'extLst',
  'drawing',
  'picture',
  'tableParts',
  'autoFilter',
  'legacyDrawing',
  'hyperlinks',
];

/** Reads a workbook with exceljs. Throws what exceljs throws, and where it finds nothing although it says nothing. */
export async function readWorkbook(bytes: Uint8Array): Promise<SheetReading[]> {
  const workbook = new exceljs.Workbook();
  // The types of exceljs know no bytes but a whole ArrayBuffer.
  await workbook.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes });
  if (workbook.worksheets.length === 0) throw new Error('no sheets were found');
  return workbook.worksheets.map(readSheet);
}

function readSheet(worksheet: exceljs.Worksheet): SheetReading {
  const head = {
    ...emptyHead(worksheet.name),
    isHidden: worksheet.state !== undefined && worksheet.state !== 'visible',
  };
  if (worksheet.rowCount > lastRow) throw new Error(`row ${worksheet.rowCount} is below the last row that a sheet has`);
  for (const [index, column] of (worksheet.columns ?? []).entries()) if (column.hidden) head.hiddenColumns.push(index);
  return { head, rows: rowsOf(worksheet, head) };
}

function* rowsOf(worksheet: exceljs.Worksheet, head: SheetReading['head']): Generator<[number, Cell[]]> {
  for (let number = 1; number <= worksheet.rowCount; number += 1) {
    const row = worksheet.findRow(number);
    if (!row) continue;
    if (row.hidden) head.hiddenRows.push(number - 1);
    const cells: Cell[] = [];
    row.eachCell((cell, column) => {
      const value = cell.value;
      const isFormula = typeof value === 'object' && value !== null && ('formula' in value || 'sharedFormula' in value);
      if (isFormula) head.formulas += 1;
      const read = flatten(isFormula ? cell.result : value, cell);
      if (isFormula && read === undefined) head.resultless.push(`${number - 1} ${column - 1}`);
      if (read !== undefined) cells[column - 1] = read;
    });
    if (cells.length > 0) yield [number - 1, cells];
  }
}

/**
 * A value without all that is only for the eye. The format is asked for where it matters, because asking takes long.
 */
function flatten(value: exceljs.CellValue, cell: exceljs.Cell): Cell {
  if (typeof value === 'string') return unescaped(value);
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'number') return numberAsShown(value, cell.numFmt);
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return dateOf(value);
  if ('error' in value) return { error: String(value.error) };
  if ('richText' in value) return unescaped(value.richText.map(({ text }) => text).join(''));
  return 'text' in value ? flatten(value.text, cell) : undefined;
}

/** exceljs counts the days of a sheet as its other reader does, but for those before March 1900. */
function dateOf(value: Date): Cell {
  const early = earlyDate(value.getTime() / 86_400_000 + 25_569);
  return early.isLate
    ? { date: new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().slice(0, 19) }
    : early.cell;
}
