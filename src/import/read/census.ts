import { createHash } from 'node:crypto';
import { addressOf, type Cell, isEmpty, noResult, type Reading, type Sheet, textOf } from '../sheet.ts';
import { cut } from '../../model/wording.ts';

/**
 * The digest of all cells of some rows, by which two readers find out whether they read the same without showing each
 * other what. Cells that `isSame` takes for the same have the same digest.
 */
export function censusOf(rows: readonly (readonly Cell[])[]): string {
  const hash = createHash('sha256');
  for (const row of rows) {
    let text = '';
    for (let column = 0; column < row.length; column += 1) {
      const cell = row[column];
      if (isEmpty(cell) || isNoResult(cell)) continue;
      text += `${column}${signOf(cell)}${typeof cell === 'string' ? unified(cell) : textOf(cell)}\u0000`;
    }
    hash.update(`${text}\n`);
  }
  return hash.digest('hex');
}

/** Tells a number from the same digits as text, and a date from what it would be as text. */
function signOf(cell: Cell): string {
  if (typeof cell === 'string') return 'text';
  return typeof cell === 'object' ? 'date or error' : typeof cell === 'boolean' ? 'choice' : 'number';
}

function unified(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

/** To one reader a formula without a result is an empty cell. */
function isNoResult(cell: Cell): boolean {
  return typeof cell === 'object' && textOf(cell) === textOf(noResult);
}

/**
 * How two readings of one workbook differ, in a sentence; undefined when they are the same in every sheet, cell and
 * text.
 */
export function differenceBetween(a: Reading, b: Reading): string | undefined {
  const names = (reading: Reading) => reading.sheets.map(({ name }) => name).join(', ');
  if (names(a) !== names(b)) return `one finds the sheets ${names(a)}, the other ${names(b)}`;
  for (const [index, sheet] of a.sheets.entries()) {
    const found = differenceInSheet(sheet, b.sheets[index] as Sheet);
    if (found) return found;
  }
  return undefined;
}

function differenceInSheet(a: Sheet, b: Sheet): string | undefined {
  for (let row = 0; row < Math.max(a.rows.length, b.rows.length); row += 1) {
    const [left = [], right = []] = [a.rows[row], b.rows[row]];
    for (let column = 0; column < Math.max(left.length, right.length); column += 1) {
      if (isSame(left[column], right[column])) continue;
      return `${addressOf(a.name, row, column)} is ${words(left[column])} to one and ${words(right[column])} to the other`;
    }
  }
  return undefined;
}

/** Texts are compared letter by letter but for the two ways to end a line, numbers as numbers, dates to the second. */
function isSame(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  if (isEmpty(a) && isEmpty(b)) return true;
  if (isNoResult(a) || isNoResult(b)) return isEmpty(isNoResult(a) ? b : a);
  if (typeof a === 'object' && typeof b === 'object') return textOf(a) === textOf(b);
  return typeof a === 'string' && typeof b === 'string' && unified(a) === unified(b);
}

function words(cell: Cell): string {
  if (isEmpty(cell)) return 'empty';
  const text = textOf(cell);
  return `${typeof cell === 'object' && 'date' in cell ? 'the date ' : ''}"${cut(text, 40)}"`;
}
