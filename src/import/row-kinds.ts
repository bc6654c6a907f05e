import { type Cell, filled, textOf } from './cell.ts';
import { type FieldName, normal } from './columns.ts';
import type { Table } from './find-table.ts';

/** Why a row is no defect: it stands above or below the table, repeats its headings, is blank, or belongs to no table. */
export type NoDefect = 'title' | 'footer' | 'repeated headings' | 'blank' | 'no table' | 'hidden sheet';

/** Why a row of a table's sheet is none of its defects; undefined for one that is. */
export function whyNoDefect({ sheet, header }: Table, index: number, last: number, cells: readonly Cell[], isHeadings: (cells: readonly Cell[]) => boolean): NoDefect | undefined {
  if (filled(sheet.rows[index]) === 0) return 'blank';
  if (index < header) return 'title';
  if (index > last) return 'footer';
  return isHeadings(cells) ? 'repeated headings' : undefined;
}

/** Tells whether a row repeats the headings of the columns that feed fields. */
export function headingFinder({ headings, layout }: Table): (cells: readonly Cell[]) => boolean {
  const shown = [...new Set([...layout.positions.values()].flat())];
  const names = shown.map((at) => normal(headings[at] ?? ''));
  return (cells) => shown.length > 1 && shown.every((at, place) => typeof cells[at] === 'string' && normal(cells[at]) === names[place]);
}

/** The last row that is one of the table: what follows it has neither title nor status, and no id like the others. */
export function lastRowOf({ sheet, header, layout }: Table): number {
  const at = (field: FieldName, row: readonly Cell[]) => (layout.positions.get(field) ?? []).map((position) => textOf(row[position]).trim()).find(Boolean) ?? '';
  const keys = Object.keys(sheet.rows).map(Number).filter((index) => index > header && filled(sheet.rows[index]) > 0);
  const isWhole = (index: number) => at('title', sheet.rows[index] ?? []) !== '' && at('status', sheet.rows[index] ?? []) !== '';
  const lastWhole = keys.findLastIndex(isWhole);
  if (lastWhole === -1) return keys.at(-1) ?? header;
  const shapes = new Set(keys.length - 1 > lastWhole ? keys.filter(isWhole).map((index) => shapeOf(at('id', sheet.rows[index] ?? []))) : []);
  return keys.findLast((index, place) => place <= lastWhole || shapes.has(shapeOf(at('id', sheet.rows[index] ?? [])))) as number;
}

/** An id with its digits and letters made alike, `A-9`. */
export function shapeOf(id: string): string {
  return id.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '9');
}
