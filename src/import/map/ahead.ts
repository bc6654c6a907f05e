import type { RecordsAt } from '../../derive/policy-at.ts';

import { profilesFor, usedBefore } from '../find/profiles.ts';
import { findTables, type Wanted } from '../find/tables.ts';
import type { MappedRow } from '../row.ts';
import { type Cell, emptySheet } from '../sheet.ts';
import type { Table } from '../table.ts';
import { textMapping, type TextMapping } from './mapping.ts';
import { mapText } from './text-fields.ts';

/**
 * Rows that were mapped while the rest of a long export was still being read; none where it has turned out to hold
 * another table than its first rows said.
 */
export type Ahead = (profile: string, table: Table) => ReadonlyMap<readonly Cell[], MappedRow> | undefined;

/** Takes rows as they come in; `isRest` for those of a second part, whose headings stand in the first. */
export type TakeAhead = (rows: readonly Cell[][], isRest: boolean) => void;

/** So many rows decide which table it is; a shorter export is read before it would help. */
const enough = 400;

/**
 * Maps the rows of an export as they come in, so that little is left to do once the last has come. The first rows
 * decide the table as if they were all; should all rows decide otherwise, nothing of this is used.
 */
export function mapAhead(records: RecordsAt, request: Wanted): { take: TakeAhead; mapped: Ahead } {
  const [first, rest]: [Cell[][], Cell[][]] = [[], []];
  const mapped = new Map<readonly Cell[], MappedRow>();
  let found: Decided | 'none' | undefined;
  const mapAll = (rows: readonly Cell[][]) => {
    if (typeof found === 'object') for (const row of rows) mapped.set(row, mapText(row, found.mapping));
  };
  const take: TakeAhead = (rows, isRest) => {
    if (found !== undefined) return mapAll(rows);
    (isRest ? rest : first).push(...rows);
    if (first.length < enough) return;
    found = decide(first, records, request);
    for (const waiting of [first, rest]) mapAll(waiting.splice(0));
  };
  return {
    take,
    mapped: (profile, table) => (typeof found === 'object' && found.key === keyOf(profile, table) ? mapped : undefined),
  };
}

type Decided = { key: string; mapping: TextMapping };

function decide(rows: Cell[][], records: RecordsAt, request: Wanted): Decided | 'none' {
  const found = findTables([{ ...emptySheet(''), rows }], profilesFor(records, request), request, usedBefore(records));
  const table = 'refused' in found ? undefined : found.tables[0];
  if ('refused' in found || !table) return 'none';
  const { name, profile } = found.chosen;
  const { programme, components } = records.policy;
  return { key: keyOf(name, table), mapping: textMapping(name, profile, table.layout, programme, components) };
}

/** What two readings of one table have in common: profile, headings and width. */
function keyOf(profile: string, { headings, layout }: Table): string {
  return JSON.stringify([profile, headings, layout.columns.length]);
}
