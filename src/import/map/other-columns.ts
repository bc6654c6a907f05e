import type { MappedRow } from '../row.ts';
import { type Cell, isEmpty } from '../sheet.ts';
import { shorten } from '../../model/wording.ts';
import { firstAt, readText } from './cell.ts';
import type { TextMapping } from './mapping.ts';

/** Everything that no field takes, and what a field that stands in several columns leaves over. */
export function keepOthers(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  keepRepeated(cells, mapping, row);
  for (const { heading, indexes, separator } of mapping.kept) {
    let values: string[] | undefined;
    for (const index of indexes) {
      if (isEmpty(cells[index])) continue;
      const text = readText(cells[index], index, mapping, row);
      const parts = separator === undefined ? [text] : text.split(separator).map((part) => part.trim());
      for (const part of parts) if (part !== '') (values ??= []).push(part);
    }
    if (values && !row.other.some(({ column }) => column === heading)) row.other.push({ column: heading, values });
  }
}

/** A field takes one cell; what other columns of the same heading say differently is kept beside it, and told. */
function keepRepeated(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  for (const [field, at] of mapping.layout.positions) {
    if (at.length < 2 || field === 'component') continue;
    const { index } = firstAt(cells, at);
    const column = mapping.layout.columns[index];
    const taken = readText(cells[index], index, mapping, row);
    const others = at
      .filter((position) => position !== index && !isEmpty(cells[position]))
      .map((position) => readText(cells[position], position, mapping, row))
      .filter((text) => text !== taken);
    if (others.length === 0 || !column) continue;
    if (field === 'id')
      row.problems.push({
        column,
        message: `the row has two ids, "${shorten(taken)}" and "${shorten(others[0] as string)}"`,
      });
    else if (!column.keep) {
      row.other.push({ column: column.heading, values: others });
      row.flags.push({
        column,
        message: `the heading stands ${at.length} times; "${shorten(taken)}" was taken, and the rest is kept`,
      });
    }
  }
}
