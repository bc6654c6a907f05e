import type { RowFinders } from '../find/row-kinds.ts';
import type { MappedRow, SourceRow } from '../row.ts';
import { type Cell, filled, type RowFault } from '../sheet.ts';
import type { Table } from '../table.ts';
import { counted } from '../../model/counted.ts';

/**
 * What is wrong with a row as a whole: what its reader found, and a number of cells that is not that of the headings.
 */
type Faults = { fault: RowFault | undefined; width: string | undefined };

/** Finds what is wrong with a row, by its number less one; undefined for one that is sound, as almost all are. */
export type FaultFinder = (index: number) => Faults | undefined;

export function faultFinder({ sheet, headings }: Table, isText: boolean): FaultFinder {
  const faults = new Map(sheet.faults.map((fault) => [fault.row, fault]));
  return (index) => {
    const fault = faults.get(index);
    const width = isText ? widthFault(sheet.rows[index] ?? [], headings.length) : undefined;
    return fault || width !== undefined ? { fault, width } : undefined;
  };
}

/** In a text file a row has as many cells as there are headings; more of them may only be empty. */
function widthFault(cells: readonly Cell[], width: number): string | undefined {
  if (cells.length === width || (cells.length > width && filled(cells.slice(width)) === 0)) return undefined;
  return `the row has ${counted(cells.length, 'cell')} and there are ${width} headings`;
}

/** A row with what is wrong with it as a whole. */
export function withFaults(row: MappedRow, faults: Faults | undefined): MappedRow {
  if (!faults) return row;
  const { fault, width } = faults;
  const told = fault ? [{ message: quoteFaults[fault.kind] }] : [];
  const isLost = fault?.kind === 'undoubled-quote';
  return {
    ...row,
    flags: isLost ? row.flags : [...row.flags, ...told],
    // What stands one column off is wrong everywhere; the reason is enough.
    problems: width === undefined ? [...row.problems, ...(isLost ? told : [])] : [{ message: width }],
  };
}

const quoteFaults: Record<RowFault['kind'], string> = {
  'bare-quote': 'a quote stands inside a cell that is not in quotes; it was read as it stands',
  'undoubled-quote': 'a quote inside a cell is not doubled, so that its end is not certain',
};

/** A row below that is not whole, and has no id, is probably a part of a text that broke out of the row above it. */
export function withBrokenTexts(
  rows: readonly SourceRow[],
  faultsOf: FaultFinder,
  isId: RowFinders['isId'],
): SourceRow[] {
  return rows.map((row, place) => {
    const below = rows[place + 1];
    const width = below && faultsOf(below.index)?.width;
    if (!below || width === undefined || isId(below.mapped.id)) return row;
    const message = `the row below it is not whole (${width}), so that a text of this one was probably broken`;
    return { ...row, mapped: { ...row.mapped, problems: [...row.mapped.problems, { message }] } };
  });
}
