import { stringify } from 'csv-stringify/sync';
import { given, isReason, reasonHeading } from '../given-back.ts';
import type { Planned } from '../plan.ts';
import { textOf } from '../sheet.ts';
import { sentenceOf } from './sentence.ts';

type SetAside = Planned<'quarantine' | 'conflict'>;

/**
 * The rows that were set aside, as text that can be fixed and imported again: the columns of the source and a reason.
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
