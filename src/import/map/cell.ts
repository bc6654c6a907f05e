import { cleaned } from '../clean-text.ts';
import { ungiven } from '../given-back.ts';
import type { MappedRow, Problem } from '../row.ts';
import { type Cell, isEmpty, textOf } from '../sheet.ts';
import type { FieldName } from '../table.ts';
import type { TextMapping } from './mapping.ts';

/** The longest texts that spreadsheets and trackers leave when they cut longer ones without a word. */
const cutLengths = new Set([32_000, 32_767]);
const spreadsheetError = /^#(?:NAME\?|REF!|VALUE!|DIV\/0!|N\/A|NUM!|NULL!)$/;

/** The text of the first cell of a field that is not empty. */
export function textAt(cells: readonly Cell[], field: FieldName, mapping: TextMapping, row: MappedRow): string {
  const { index, cell } = firstAt(cells, mapping.layout.positions.get(field));
  return readText(cell, index, mapping, row);
}

/** The text of a cell that will be stored, with everything about it that somebody should know. */
export function readText(cell: Cell, index: number, mapping: TextMapping, row: MappedRow): string {
  if (cell === undefined) return '';
  const column = mapping.layout.columns[index];
  const raw = textOf(cell);
  if (isError(cell)) report(row.problems, { column, message: `a spreadsheet has put ${raw} in place of the text` });
  if (cutLengths.has(raw.length))
    report(row.flags, { column, message: `the text has ${raw.length} characters exactly, and was probably cut` });
  const { text, isWrittenOut } = cleaned(mapping.layout.givenBack ? ungiven(raw) : raw);
  if (isWrittenOut) report(row.flags, { column, message: 'characters that cannot be seen are written out' });
  return text;
}

/** A column that feeds a field and is kept as well is read twice, and reported once. */
function report(list: Problem[], problem: Problem): void {
  if (!list.some(({ column, message }) => column === problem.column && message === problem.message)) list.push(problem);
}

/** True for what a spreadsheet puts in place of a value that it lost. */
export function isError(cell: Cell): boolean {
  return (
    (typeof cell === 'object' && 'error' in cell) ||
    (typeof cell === 'string' && cell.charCodeAt(0) === 35 && spreadsheetError.test(cell.trim()))
  );
}

/** The first cell of a field that is not empty, else its first. */
export function firstAt(cells: readonly Cell[], at: readonly number[] | undefined): { index: number; cell: Cell } {
  if (!at) return { index: -1, cell: undefined };
  const index =
    at.length === 1 ? (at[0] as number) : (at.find((position) => !isEmpty(cells[position])) ?? (at[0] as number));
  return { index, cell: cells[index] };
}
