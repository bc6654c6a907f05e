import { stringify } from 'csv-stringify/sync';
import { addressOf, textOf } from '../sheet.ts';
import { isReason, reasonHeading } from '../find/columns.ts';
import type { SetAside } from '../merge/groups.ts';
import type { Problem } from '../map/text-fields.ts';
import type { SourceRow } from '../map/rows.ts';

/** What a spreadsheet would take for a formula. */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Text that no spreadsheet runs; `ungiven` takes the sign away again. */
function given(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** Text of a row that was given back, as it was before. */
export function ungiven(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

/**
 * The rows that were set aside, as text that can be mended and imported again: the columns of the source and a reason.
 * Tables with other headings make texts of their own.
 */
export function quarantineTexts(setAside: readonly SetAside[], delimiter: string): string[] {
  const groups = Map.groupBy(setAside, ({ row: { table } }) => JSON.stringify(table.headings));
  return [...groups.values()].map((rows) => {
    const [first] = rows as [SetAside, ...SetAside[]];
    const own = first.row.table.layout.columns.filter(({ heading }) => !isReason(heading));
    const width = Math.max(own.length, ...rows.map(({ row }) => row.table.sheet.rows[row.index]?.length ?? 0));
    const headings = Array.from({ length: width }, (_, index) =>
      index < own.length ? (first.row.table.headings[own[index]?.index ?? 0] ?? '') : '',
    );
    const lines = rows.map(({ row, problems }) => {
      const cells = row.table.sheet.rows[row.index] ?? [];
      return [
        ...headings.map((_, index) => given(textOf(cells[own[index]?.index ?? index]))),
        problems.map((problem) => sentenceOf(problem, row)).join('; '),
      ];
    });
    return stringify([[...headings.map(given), reasonHeading(first.row.table.dateForms)], ...lines], {
      bom: true,
      delimiter,
    });
  });
}

/** A problem with its place: `Defects!F214 (Severity): "Sev 2" is not in the map of profile alm`. */
export function sentenceOf({ column, message }: Problem, { table, index }: SourceRow): string {
  const place = column
    ? `${addressOf(table.sheet.name, index, column.index)} (${column.heading})`
    : `${table.sheet.name === '' ? '' : `${table.sheet.name}!`}row ${index + 1}`;
  return `${place}: ${message}`;
}
