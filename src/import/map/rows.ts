import type { Component, Programme } from '../../model/index.ts';
import { cleanText, oneLine } from '../clean-text.ts';
import { type DateColumn, decideForms } from '../dates/columns.ts';
import { compileForm } from '../dates/form.ts';
import { normal } from '../find/columns.ts';
import { cutIn } from '../find/cut-exports.ts';
import { withMergedCells } from '../find/merged-cells.ts';
import { headingFinder, idFinder, lastRowOf, whyNoDefect } from '../find/row-kinds.ts';
import { unwrapRow } from '../read/text.ts';
import type { Refused } from '../remark.ts';
import type { IgnoredRow, SourceRow } from '../row.ts';
import { addressOf, type Cell, filled, isEmpty, type Sheet, textOf } from '../sheet.ts';
import { type Column, dateFields, type Found, type Table } from '../table.ts';
import { counted } from '../wording.ts';
import { type Ahead, tableKey } from './ahead.ts';
import { mapDates, type Mapping } from './date-fields.ts';
import { textMapping } from './mapping.ts';
import { mapText } from './text-fields.ts';

export type TableRows = { rows: SourceRow[]; ignored: IgnoredRow[]; notes: string[] };

export type ReadOptions = {
  programme: Programme;
  components: readonly Component[];
  ahead?: Ahead | undefined;
  dates?: readonly string[] | undefined;
  text?: { delimiter: string; isOpenEnded: boolean; linesBefore: number } | undefined;
};

/**
 * Maps every row of every table, and says of every other row why it is none. Refuses an export that was cut, and dates
 * that cannot be trusted.
 */
export function readTables(
  sheets: readonly Sheet[],
  { chosen, tables }: Found,
  options: ReadOptions,
): TableRows | Refused {
  const result: TableRows = { rows: [], ignored: [], notes: [] };
  for (const sheet of sheets) {
    const table = tables.find((candidate) => candidate.sheet === sheet);
    if (!table) {
      for (const key of Object.keys(sheet.rows))
        result.ignored.push(ignore(sheet, Number(key), sheet.isHidden ? 'hidden sheet' : 'no table'));
      continue;
    }
    const refused = readTable(table, chosen, options, result);
    if (refused) return refused;
  }
  return result;
}

function readTable(
  table: Table,
  { name, profile }: Found['chosen'],
  options: ReadOptions,
  result: TableRows,
): Refused | undefined {
  const { sheet, header, layout } = table;
  const cut = cutIn(table, profile.cut, options.text?.isOpenEnded ?? false);
  if (cut) return cut;
  const whole = withMergedCells(table, result.notes);
  const isId = idFinder(table);
  const last = lastRowOf(table, isId);
  // Rows given back for mending carry the dates of a workbook in these forms.
  const ownForms = layout.givenBack ? ['yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ss"] : [];
  const named = layout.givenBack?.length ? layout.givenBack : profile.dates;
  const allForms = [...(options.dates ?? named), ...ownForms].map((form) => compileForm(form, profile.languages));
  const changedAt =
    profile.history &&
    layout.columns.find(({ heading }) => normal(heading) === normal(profile.history?.by ?? ''))?.index;
  if (profile.history && changedAt === undefined)
    return {
      refused: `The profile ${name} has one row a change, and the column "${profile.history.by}" with its time is not there.`,
      hint: 'Export that column too.',
    };
  const forms = decideForms(dateColumnsOf(table, whole, last, changedAt), allForms);
  if ('refused' in forms) return forms;
  table.dateForms = [...new Set([...forms.values()].flatMap((form) => (form ? [form.form] : [])))];
  const { programme, components, ahead } = options;
  const mapping: Mapping = {
    ...textMapping(name, profile, layout, programme, components),
    forms,
    allForms,
    zones: { export: profile.zone, programme: programme.zone },
    changedAt,
  };
  const isAhead = ahead !== undefined && ahead.table() === tableKey(name, table.headings, layout.columns.length);
  const finders = { isHeadings: headingFinder(table), isId };
  const faults = new Map(sheet.faults.map((fault) => [fault.row, fault]));
  for (const key of Object.keys(sheet.rows)) {
    const index = Number(key);
    if (index === header) continue;
    const cells = whole(index);
    const why = whyNoDefect(table, index, last, cells, finders);
    if (why) {
      result.ignored.push(ignore(sheet, index, why));
      continue;
    }
    const straight = straighten(cells, table, options, sheet.rows, index);
    const mapped = mapDates((isAhead && ahead.mappedOf(straight)) || mapText(straight, mapping), straight, mapping);
    const fault = faults.get(index);
    if (fault)
      (fault.isLost ? mapped.problems : mapped.flags).push({
        message: fault.message.replace(/\.$/, '').replace(/^A /, 'a '),
      });
    const width = options.text && sheet.rows[index] ? widthFault(sheet.rows[index], table.headings.length) : undefined;
    // What stands one column off is wrong everywhere; the reason is enough.
    if (width) mapped.problems = [{ message: width }];
    const above = result.rows.at(-1);
    if (width && above?.table === table && !isId(mapped.id))
      above.mapped.problems.push({
        message: `the row below it is not whole (${width}), so that a text of this one was probably broken`,
      });
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
function straighten(
  cells: readonly Cell[],
  table: Table,
  { text }: ReadOptions,
  rows: Cell[][],
  index: number,
): readonly Cell[] {
  const only = text && cells.length <= 1 ? cells[0] : undefined;
  const unwrapped =
    typeof only === 'string' && text ? unwrapRow(only, text.delimiter, table.headings.length) : undefined;
  if (unwrapped) rows[index] = unwrapped;
  return unwrapped ?? cells;
}

/** In a text file a row has as many cells as there are headings; more of them may only be empty. */
function widthFault(cells: readonly Cell[], width: number): string | undefined {
  if (cells.length === width) return undefined;
  if (cells.length > width)
    return filled(cells.slice(width)) === 0
      ? undefined
      : `the row has ${counted(cells.length, 'cell')} and there are ${width} headings`;
  return `the row has ${counted(cells.length, 'cell')} and there are ${width} headings`;
}

function dateColumnsOf(
  { sheet, header, layout }: Table,
  whole: (index: number) => readonly Cell[],
  last: number,
  changedAt: number | undefined,
): DateColumn[] {
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
          if (!isEmpty(cell) && textOf(cell).trim() !== (layout.columns[index] as Column).heading)
            yield { cell, address: addressOf(sheet.name, row, index) };
        }
      },
    },
  }));
}

function ignore(sheet: Sheet, index: number, why: IgnoredRow['why']): IgnoredRow {
  const cells = sheet.rows[index] ?? [];
  return {
    sheet: sheet.name,
    row: index + 1,
    why,
    cells: filled(cells),
    text: oneLine(cleanText(Array.from(cells, textOf).filter(Boolean).join(' '))).slice(0, 100),
  };
}
