import type { Component, Programme } from '../model/index.ts';
import { addressOf, type Cell, filled, isEmpty, type Refused, type Sheet, textOf } from './cell.ts';
import { cleanText, oneLine } from './clean-text.ts';
import { type Column, type FieldName, normal } from './columns.ts';
import { type DateColumn, decideForms } from './date-columns.ts';
import { compileForm } from './date-forms.ts';
import type { Found, Table } from './find-table.ts';
import { type Ahead, tableKey } from './map-ahead.ts';
import { dateFields, mapDates, type MappedRow, type Mapping, mapText, textMapping } from './map-row.ts';
import { linesIn, unwrapRow } from './read-text.ts';

/** A row of a table, mapped; `index` is its number less one. Of its cells that are not empty some stand in columns that are left out. */
export type SourceRow = { table: Table; index: number; mapped: MappedRow; cells: number; leftOut: number };

/** Why a row is no defect: it stands above or below the table, repeats its headings, is blank, or belongs to no table. */
export type IgnoredRow = { sheet: string; row: number; why: 'title' | 'footer' | 'repeated headings' | 'blank' | 'no table' | 'hidden sheet'; cells: number; text: string };

export type TableRows = { rows: SourceRow[]; ignored: IgnoredRow[]; notes: string[] };

export type ReadOptions = { programme: Programme; components: readonly Component[]; ahead?: Ahead | undefined; dates?: readonly string[] | undefined; text?: { delimiter: string; isOpenEnded: boolean; linesBefore: number } | undefined };

/** Maps every row of every table, and says of every other row why it is none. Refuses an export that was cut, and dates that cannot be trusted. */
export function readTables(sheets: readonly Sheet[], { chosen, tables }: Found, options: ReadOptions): TableRows | Refused {
  const result: TableRows = { rows: [], ignored: [], notes: [] };
  for (const sheet of sheets) {
    const table = tables.find((candidate) => candidate.sheet === sheet);
    if (!table) {
      for (const key of Object.keys(sheet.rows)) result.ignored.push(ignore(sheet, Number(key), sheet.isHidden ? 'hidden sheet' : 'no table'));
      continue;
    }
    const refused = readTable(table, chosen, options, result);
    if (refused) return refused;
  }
  return result;
}

function readTable(table: Table, { name, profile }: Found['chosen'], options: ReadOptions, result: TableRows): Refused | undefined {
  const { sheet, header, layout } = table;
  const cut = cutIn(table, profile.cut, options.text?.isOpenEnded ?? false);
  if (cut) return cut;
  const whole = withMergedCells(table, result.notes);
  const last = lastRowOf(table);
  // Rows given back for mending carry the dates of a workbook in these forms.
  const ownForms = layout.givenBack ? ['yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ss"] : [];
  const named = layout.givenBack?.length ? layout.givenBack : profile.dates;
  const allForms = [...(options.dates ?? named), ...ownForms].map((form) => compileForm(form, profile.languages));
  const changedAt = profile.history && layout.columns.find(({ heading }) => normal(heading) === normal(profile.history?.by ?? ''))?.index;
  if (profile.history && changedAt === undefined) return { refused: `The profile ${name} has one row a change, and the column "${profile.history.by}" with its time is not there.`, hint: 'Export that column too.' };
  const forms = decideForms(dateColumnsOf(table, whole, last, changedAt), allForms);
  if ('refused' in forms) return forms;
  table.dateForms = [...new Set([...forms.values()].flatMap((form) => (form ? [form.form] : [])))];
  const { programme, components, ahead } = options;
  const mapping: Mapping = { ...textMapping(name, profile, layout, programme, components), forms, allForms, zones: { export: profile.zone, programme: programme.zone }, changedAt };
  const isAhead = ahead !== undefined && ahead.table() === tableKey(name, table.headings, layout.columns.length);
  const isHeadings = headingFinder(table);
  const faults = new Map(sheet.faults.map((fault) => [fault.row, fault]));
  for (const key of Object.keys(sheet.rows)) {
    const index = Number(key);
    if (index === header) continue;
    const cells = whole(index);
    const why = whyNoDefect(table, index, last, cells, isHeadings);
    if (why) {
      result.ignored.push(ignore(sheet, index, why));
      continue;
    }
    const straight = straighten(cells, table, options, sheet.rows, index);
    const mapped = mapDates((isAhead && ahead.mappedOf(straight)) || mapText(straight, mapping), straight, mapping);
    const fault = faults.get(index);
    if (fault) (fault.isLost ? mapped.problems : mapped.flags).push({ message: fault.message.replace(/\.$/, '').replace(/^A /, 'a ') });
    const width = options.text && sheet.rows[index] ? widthFault(sheet.rows[index], table.headings.length) : undefined;
    // What stands one column off is wrong everywhere; the reason is enough.
    if (width) mapped.problems = [{ message: width }];
    result.rows.push({ table, index, mapped, ...countCells(table, index) });
  }
  return undefined;
}

/** Counts the cells of a row that are not empty, and adds them to the counts of their columns. */
function countCells({ sheet, layout: { columns } }: Table, index: number): { cells: number; leftOut: number } {
  const row = sheet.rows[index] ?? [];
  const counts = { cells: 0, leftOut: 0 };
  for (let at = 0; at < row.length; at += 1) {
    if (isEmpty(row[at])) continue;
    counts.cells += 1;
    const column = columns[at];
    if (!column) continue;
    column.cells += 1;
    if (column.fate === 'ignored') counts.leftOut += 1;
  }
  return counts;
}

/** A row whose every cell stands in one, quoted as a whole, is taken apart. */
function straighten(cells: readonly Cell[], table: Table, { text }: ReadOptions, rows: Cell[][], index: number): readonly Cell[] {
  const only = text && cells.length <= 1 ? cells[0] : undefined;
  const unwrapped = typeof only === 'string' && text ? unwrapRow(only, text.delimiter, table.headings.length) : undefined;
  if (unwrapped) rows[index] = unwrapped;
  return unwrapped ?? cells;
}

/** In a text file a row has as many cells as there are headings; more of them may only be empty. */
function widthFault(cells: readonly Cell[], width: number): string | undefined {
  if (cells.length === width) return undefined;
  if (cells.length > width) return filled(cells.slice(width)) === 0 ? undefined : `the row has ${cells.length} cells and there are ${width} headings`;
  return `the row has ${cells.length} cells and there are ${width} headings`;
}

function whyNoDefect({ sheet, header }: Table, index: number, last: number, cells: readonly Cell[], isHeadings: (cells: readonly Cell[]) => boolean): IgnoredRow['why'] | undefined {
  if (filled(sheet.rows[index]) === 0) return 'blank';
  if (index < header) return 'title';
  if (index > last) return 'footer';
  return isHeadings(cells) ? 'repeated headings' : undefined;
}

/** Tells whether a row repeats the headings of the columns that feed fields. */
function headingFinder({ headings, layout }: Table): (cells: readonly Cell[]) => boolean {
  const shown = [...new Set([...layout.positions.values()].flat())];
  const names = shown.map((at) => normal(headings[at] ?? ''));
  return (cells) => shown.length > 1 && shown.every((at, place) => typeof cells[at] === 'string' && normal(cells[at]) === names[place]);
}

/** The last row that is one of the table: what follows it has neither title nor status, and no id like the others. */
function lastRowOf({ sheet, header, layout }: Table): number {
  const at = (field: FieldName, row: readonly Cell[]) => (layout.positions.get(field) ?? []).map((position) => textOf(row[position]).trim()).find(Boolean) ?? '';
  const keys = Object.keys(sheet.rows).map(Number).filter((index) => index > header && filled(sheet.rows[index]) > 0);
  const isWhole = (index: number) => at('title', sheet.rows[index] ?? []) !== '' && at('status', sheet.rows[index] ?? []) !== '';
  const lastWhole = keys.findLastIndex(isWhole);
  if (lastWhole === -1) return keys.at(-1) ?? header;
  const shapes = new Set(keys.length - 1 > lastWhole ? keys.filter(isWhole).map((index) => shapeOf(at('id', sheet.rows[index] ?? []))) : []);
  return keys.findLast((index, place) => place <= lastWhole || shapes.has(shapeOf(at('id', sheet.rows[index] ?? [])))) as number;
}

/** An id with its digits and letters made alike, `A-9`. */
function shapeOf(id: string): string {
  return id.replace(/\p{L}+/gu, 'A').replace(/\d+/g, '9');
}

/** A tracker's own word that it stopped, and a text file that ends in the middle of a row. */
function cutIn({ sheet, header, headings, layout }: Table, words: readonly string[], isOpenEnded: boolean): Refused | undefined {
  const hint = 'Export it again in parts, or in a format without that limit, and import the whole.';
  for (const [index, row] of lastRows(sheet)) {
    const found = row.map(textOf).find((text) => words.some((word) => text.trim().startsWith(word)));
    if (found !== undefined) return { refused: `The tracker cut the export short: ${addressOf(sheet.name, index, row.map(textOf).indexOf(found))} says "${found.trim()}".`, hint };
  }
  const [index, row] = lastRows(sheet)[0] ?? [header, []];
  if (!isOpenEnded || index === header || row.length >= headings.length) return undefined;
  const id = layout.positions.get('id')?.[0] ?? 0;
  const before = sheet.rows[index - 1]?.[id];
  if (row.length === 1 && shapeOf(textOf(row[id])) !== shapeOf(textOf(before))) return undefined;
  return { refused: `The file ends in the middle of row ${index + 1}, after ${row.length} of ${headings.length} cells: the export was cut short.`, hint: 'Export it again, and copy the whole file.' };
}

function lastRows({ rows }: Sheet): [number, Cell[]][] {
  return Object.keys(rows).slice(-3).reverse().map((key) => [Number(key), Array.from(rows[Number(key)] ?? [])]);
}

/** The rows of a sheet with the value of a merged cell in every row that it spans. */
function withMergedCells({ sheet, header, layout }: Table, notes: string[]): (index: number) => readonly Cell[] {
  const spanning = sheet.merges.filter(([top, left, bottom]) => bottom > top && top > header && left < layout.columns.length && !isEmpty(sheet.rows[top]?.[left]));
  const filledIn = new Map<number, [number, Cell][]>();
  for (const [top, left, bottom] of spanning) {
    for (let row = top + 1; row <= Math.min(bottom, sheet.rows.length - 1); row += 1) {
      if (!sheet.rows[row] || !isEmpty(sheet.rows[row]?.[left])) continue;
      filledIn.set(row, [...(filledIn.get(row) ?? []), [left, sheet.rows[top]?.[left]]]);
    }
  }
  if (filledIn.size > 0) notes.push(`Merged cells of ${spanning.length === 1 ? 'one block' : `${spanning.length} blocks`} count for each of the ${filledIn.size} rows that they span.`);
  return (index) => {
    const cells = sheet.rows[index] ?? [];
    const added = filledIn.get(index);
    if (!added) return cells;
    const copy = [...cells];
    for (const [column, cell] of added) copy[column] = cell;
    return copy;
  };
}

function dateColumnsOf({ sheet, header, layout }: Table, whole: (index: number) => readonly Cell[], last: number, changedAt: number | undefined): DateColumn[] {
  const positions = new Set(dateFields.flatMap((field) => layout.positions.get(field) ?? []));
  if (changedAt !== undefined) positions.add(changedAt);
  return [...positions].map((index) => ({
    index,
    heading: (layout.columns[index] as Column).heading,
    // Headings that are repeated further down are no dates.
    cells: {
      *[Symbol.iterator]() {
        for (const key of Object.keys(sheet.rows)) {
          const row = Number(key);
          if (row <= header || row > last) continue;
          const cell = whole(row)[index];
          if (!isEmpty(cell) && textOf(cell).trim() !== (layout.columns[index] as Column).heading) yield { cell, address: addressOf(sheet.name, row, index) };
        }
      },
    },
  }));
}

function ignore(sheet: Sheet, index: number, why: IgnoredRow['why']): IgnoredRow {
  const cells = sheet.rows[index] ?? [];
  return { sheet: sheet.name, row: index + 1, why, cells: filled(cells), text: oneLine(cleanText(Array.from(cells, textOf).filter(Boolean).join(' '))).slice(0, 100) };
}

/** The line of a text file in which a row begins. */
export function lineOf({ rows }: Sheet, index: number, linesBefore: number): number {
  let line = linesBefore + 1;
  for (let row = 0; row < index; row += 1) line += linesIn(rows[row] ?? []);
  return line;
}
