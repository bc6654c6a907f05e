import type { Remark } from './remark.ts';

/**
 * An export as it was read: sheets of rows of cells, before anything is made of them. Plain data, so that it passes
 * from the process that reads to the one that plans.
 */

/** What stands in a cell. A date is the wall clock of the sheet, `2020-09-10T07:00:00`; an empty cell is undefined. */
export type Cell = string | number | boolean | { date: string } | { error: string } | undefined;

/** What stands in a cell whose formula was never worked out. */
export const noResult: Cell = { error: 'a formula without a result' };

/**
 * What is wrong with a row of a text: a quote stands bare inside a cell, which was read as it stands, or a quote is not
 * doubled, so that nobody knows where its cell ends.
 */
export type RowFault = { row: number; kind: 'bare-quote' | 'undoubled-quote' };

/** Top, left, bottom and right, counted from 0. */
export type Merge = [number, number, number, number];

export type Sheet = {
  /** Empty for a text file. */
  name: string;
  isHidden: boolean;
  /** By number of the row less one; rows that do not exist are holes. */
  rows: Cell[][];
  hiddenRows: number[];
  hiddenColumns: number[];
  merges: Merge[];
  /** The number of cells that are formulas; their last result was read. */
  formulas: number;
  /**
   * Formulas for which a reader found no result, as `row column`; exceljs does not tell an empty text from none, its
   * witness does.
   */
  resultless: string[];
  /** The number of cells that carry a comment. */
  comments: number;
  faults: RowFault[];
};

/**
 * A sheet of which rows are taken one by one, each with its place; what is counted in `head` is whole after the last.
 */
export type SheetReading = { head: Omit<Sheet, 'rows'>; rows: Iterable<[number, Cell[]]> };

/** A whole export as it was read; its remarks are what the reader had to decide. */
export type Reading = { sheets: Sheet[]; remarks: Remark[] };

export function emptySheet(name: string): Sheet {
  return { ...emptyHead(name), rows: [] };
}

export function emptyHead(name: string): Omit<Sheet, 'rows'> {
  return {
    name,
    isHidden: false,
    hiddenRows: [],
    hiddenColumns: [],
    merges: [],
    formulas: 0,
    resultless: [],
    comments: 0,
    faults: [],
  };
}

/** The letters of a column that is counted from 0: `A`, `Z`, `AA`. */
export function letterOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** The address of a cell as a spreadsheet shows it, `Defects!F214`; row and column are counted from 0. */
export function addressOf(sheet: string, row: number, column: number): string {
  return `${sheet === '' ? '' : `${sheet}!`}${letterOf(column)}${row + 1}`;
}

export function isEmpty(cell: Cell): boolean {
  // A text that begins with a visible sign needs no second look, and almost all do.
  return (
    cell === undefined ||
    (typeof cell === 'string' && !(cell.charCodeAt(0) > 32 && cell.charCodeAt(0) < 127) && cell.trim() === '')
  );
}

/** The number of cells that are not empty. */
export function filled(cells: readonly Cell[] | undefined): number {
  let count = 0;
  for (const cell of cells ?? []) if (!isEmpty(cell)) count += 1;
  return count;
}

/** A cell as text. Numbers are written as a programme would, never in the manner of a country. */
export function textOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'object') return 'date' in cell ? cell.date.replace(/T00:00:00$/, '') : cell.error;
  return typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell);
}
