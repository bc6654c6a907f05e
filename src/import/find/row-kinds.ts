import type { NoDefect } from '../row.ts';
import { type Cell, filled, textOf } from '../sheet.ts';
import type { FieldName, Table } from '../table.ts';
import { normal } from './columns.ts';

/** What tells rows apart: whether one repeats the headings, and whether a text is like the ids of the table. */
export type RowFinders = { isHeadings: (cells: readonly Cell[]) => boolean; isId: (text: string) => boolean };

/** Why a row of a table's sheet is none of its defects; undefined for one that is. */
export function whyNoDefect(
  { sheet, header }: Table,
  index: number,
  last: number,
  cells: readonly Cell[],
  { isHeadings, isId }: RowFinders,
): NoDefect | undefined {
  if (filled(sheet.rows[index]) === 0) return 'blank';
  if (index < header) return 'title';
  if (index > last) return 'footer';
  if (isHeadings(cells)) return 'repeated headings';
  // A line of a broken text has one cell and no more; a section keeps the width of its table.
  return cells.length !== 1 && filled(sheet.rows[index]) === 1 && !cells.some((cell) => isId(textOf(cell).trim()))
    ? 'section'
    : undefined;
}

/** Tells whether a row repeats the headings of the columns that feed fields. */
export function headingFinder({ headings, layout }: Table): (cells: readonly Cell[]) => boolean {
  const shown = [...new Set([...layout.positions.values()].flat())];
  const names = shown.map((at) => normal(headings[at] ?? ''));
  return (cells) =>
    shown.length > 1 && shown.every((at, place) => typeof cells[at] === 'string' && normal(cells[at]) === names[place]);
}

/** The last row that is one of the table: what follows it has neither title nor status, and no id like the others. */
export function lastRowOf(table: Table, isId: RowFinders['isId']): number {
  const { sheet, header } = table;
  const keys = Object.keys(sheet.rows)
    .map(Number)
    .filter((index) => index > header && filled(sheet.rows[index]) > 0);
  const lastWhole = keys.findLastIndex((index) => isWhole(table, index));
  if (lastWhole === -1) return keys.at(-1) ?? header;
  return keys.findLast((index, place) => place <= lastWhole || isId(textAt(table, 'id', index))) as number;
}

/**
 * Tells whether a text is like the ids of the rows that have a title and a status; they are looked at when it is first
 * asked.
 */
export function idFinder(table: Table): RowFinders['isId'] {
  let shapes: Set<string> | undefined;
  return (text) => {
    shapes ??= new Set(
      Object.keys(table.sheet.rows)
        .map(Number)
        .filter((index) => index > table.header && isWhole(table, index))
        .map((index) => shapeOf(textAt(table, 'id', index))),
    );
    return text !== '' && shapes.has(shapeOf(text));
  };
}

function isWhole(table: Table, index: number): boolean {
  return textAt(table, 'title', index) !== '' && textAt(table, 'status', index) !== '';
}

function textAt({ sheet, layout }: Table, field: FieldName, index: number): string {
  return (
    (layout.positions.get(field) ?? []).map((position) => textOf(sheet.rows[index]?.[position]).trim()).find(Boolean) ??
    ''
  );
}

/** An id with its digits and letters made alike, `A-9`. */
export function shapeOf(id: string): string {
  return id.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '9');
}
