import { limits } from '../../load/limits.ts';
import type { MappedRow } from '../row.ts';

/**
 * What of a row is more than its record may hold, as a clause; the check would refuse the record, and the row would be
 * lost.
 */
export function excessOfRow({ values, other }: Pick<MappedRow, 'values' | 'other'>): string | undefined {
  const cells = other.reduce((sum, { values: kept }) => sum + kept.length, 0);
  const most = Math.max(other.length, ...other.map(({ values: kept }) => kept.length));
  if (cells > limits.rowCells.most || most > limits.entries.most)
    return 'the row has more cells that no field takes than a record may hold';
  const texts = [values.description?.text ?? '', values.title ?? '', ...other.flatMap(({ values: kept }) => kept)];
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  // Only what is long is measured as it would be written, with its line ends indented and its odd signs written out.
  if (length < limits.row.most / 8) return undefined;
  const written = texts.reduce((sum, text) => sum + JSON.stringify(text).length + 8 * (text.split('\n').length - 1), 0);
  return written > limits.row.most ? 'the row has more text than a record may hold' : undefined;
}
