import { toInstant } from '../../model/time.ts';
import type { DateForms } from '../dates/columns.ts';
import type { DateForm } from '../dates/form.ts';
import { readDate, type Zones } from '../dates/value.ts';
import type { MappedRow, Problem } from '../row.ts';
import { type Cell, isEmpty, textOf } from '../sheet.ts';
import { columnOf, dateFields } from '../table.ts';
import { firstAt, isError } from './cell.ts';
import type { TextMapping } from './mapping.ts';

/** What dates need, which is known only when all rows were seen. */
export type Mapping = TextMapping & {
  forms: DateForms;
  allForms: readonly DateForm[];
  zones: Zones;
  /** The column with the time of the row, where the export has one row a change. */
  changedAt?: number | undefined;
};

/** What `mapText` made of a row, with its dates read. */
export function mapDates(texts: MappedRow, cells: readonly Cell[], mapping: Mapping): MappedRow {
  // The lists are shared until something is added; for a hundred thousand rows copies would take long.
  const row: MappedRow = { ...texts, values: { ...texts.values } };
  for (const field of dateFields) readDateField(cells, field, mapping, row);
  setAsideWhileOpen(mapping, row);
  checkOrder(mapping, row);
  readChangedAt(cells, mapping, row);
  return row;
}

function readDateField(
  cells: readonly Cell[],
  field: (typeof dateFields)[number],
  mapping: Mapping,
  row: MappedRow,
): void {
  const { index, cell } = firstAt(cells, mapping.layout.positions.get(field));
  if (index === -1) return;
  const column = mapping.layout.columns[index];
  if (isEmpty(cell)) {
    delete row.values[field];
    if (field === 'raised') report(row, { column, message: 'it does not say when it was raised' });
    return;
  }
  if (isError(cell))
    return void report(row, { column, message: `a spreadsheet has put ${textOf(cell)} in place of the date` });
  const read = readDate(cell, mapping.forms.get(index), mapping.allForms, mapping.zones);
  if ('problem' in read) return void report(row, { column, message: read.problem });
  row.values[field] = read.value;
  if (read.isTwice)
    row.flags = [
      ...row.flags,
      {
        column,
        message: `"${textOf(cell).trim()}" happens twice in ${mapping.zones.export}; the first was taken`,
      },
    ];
}

/** Some trackers write a date of resolution while a defect is open; it is kept, and is none. */
function setAsideWhileOpen({ openStatuses, layout }: Mapping, row: MappedRow): void {
  if (row.values.status === undefined || !openStatuses.has(row.values.status)) return;
  for (const field of ['resolved', 'closed'] as const) {
    const value = row.values[field];
    if (value === undefined) continue;
    delete row.values[field];
    row.other = [...row.other, { column: columnOf(field, layout)?.heading ?? field, values: [value] }];
  }
}

/** Raised, then resolved, then closed; days are compared as days. */
function checkOrder({ zones, layout }: Mapping, row: MappedRow): void {
  const steps = (['raised', 'resolved', 'closed'] as const).flatMap((field) =>
    row.values[field] ? [{ field, value: row.values[field] }] : [],
  );
  for (const [index, { field, value }] of steps.entries()) {
    const before = steps[index - 1];
    if (!before) continue;
    const length = Math.min(before.value.length, value.length) === 10 ? 10 : undefined;
    const moment = (text: string) => (length ? text.slice(0, length) : toInstant(text, zones.programme));
    if (moment(value) < moment(before.value))
      report(row, {
        column: columnOf(field, layout),
        message: `it is ${field} on ${value}, before it was ${before.field} on ${before.value}`,
      });
  }
}

function readChangedAt(
  cells: readonly Cell[],
  { changedAt, layout, forms, allForms, zones }: Mapping,
  row: MappedRow,
): void {
  if (changedAt === undefined) return;
  const read = readDate(cells[changedAt], forms.get(changedAt), allForms, zones);
  if ('problem' in read) report(row, { column: layout.columns[changedAt], message: read.problem });
  else row.when = read.value;
}

function report(row: MappedRow, problem: Problem): void {
  row.problems = [...row.problems, problem];
}
