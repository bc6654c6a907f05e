import type { Problem, SourceRow } from '../row.ts';
import { addressOf } from '../sheet.ts';

/** A problem with its place: `Defects!F214 (Severity): "Sev 2" is not in the map of profile alm`. */
export function sentenceOf({ column, message }: Problem, { table, index }: SourceRow): string {
  const place = column
    ? `${addressOf(table.sheet.name, index, column.index)} (${column.heading})`
    : `${table.sheet.name === '' ? '' : `${table.sheet.name}!`}row ${index + 1}`;
  return `${place}: ${message}`;
}
