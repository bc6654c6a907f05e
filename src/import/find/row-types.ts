import { oneLine } from '../clean-text.ts';
import type { Refused, Remark } from '../remark.ts';
import { type Cell, textOf } from '../sheet.ts';
import type { NamedProfile, Table } from '../table.ts';
import { columnNamed } from './columns.ts';

/** Tells whether a row is of a type that the profile takes, and counts; `remarks` says at the end what was counted. */
export type TypeFinder = { isTaken: (cells: readonly Cell[]) => boolean; remarks: () => Remark[] };

/** The types of the rows of a table. Refuses one without the column by which a profile tells defects from the rest. */
export function typeFinder({ layout }: Table, { name, profile }: NamedProfile): TypeFinder | Refused {
  const { only } = profile;
  const column = only && columnNamed(layout, only.column);
  if (!only || (!column && !only.values)) return { isTaken: () => true, remarks: () => [] };
  if (!column)
    return {
      refused: `The profile ${name} takes only some rows, by the column "${only.column}", and that is not there.`,
      hint: 'Export that column too.',
    };
  const taken = only.values && new Set(only.values);
  const counts = new Map<string, number>();
  return {
    isTaken: (cells) => {
      const type = oneLine(textOf(cells[column.index])).trim();
      counts.set(type, (counts.get(type) ?? 0) + 1);
      return !taken || taken.has(type);
    },
    remarks: () => {
      const types = [...counts].map(([type, rows]) => ({ type, rows })).sort((a, b) => b.rows - a.rows);
      const leftOut = types.reduce((sum, { type, rows }) => sum + (taken && !taken.has(type) ? rows : 0), 0);
      return types.length > 0 ? [{ code: 'row-types', column: column.heading, types, leftOut }] : [];
    },
  };
}
