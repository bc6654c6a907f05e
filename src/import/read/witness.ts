import { read, SSF, type CellObject, type WorkSheet } from '@e965/xlsx';
import { type Cell, emptyHead, noResult, type SheetReading } from '../sheet.ts';
import { earlyDate, lastRow, numberAsShown, unescaped } from './workbook-cell.ts';

/** The library's own reading of formats and serial days, which its types leave open. */
const serials = SSF as {
  is_date(format: string): boolean;
  parse_date_code(
    serial: number,
    options: { date1904: boolean },
  ): { y: number; m: number; d: number; H: number; M: number; S: number } | null;
};

/**
 * Reads a workbook a second time, with SheetJS: an independent witness of what is in it. Throws what SheetJS throws.
 * Which rows and columns are hidden takes a tenth longer to read, and is asked for when this reading is to be used.
 */
export function readWitness(bytes: Uint8Array, { withHidden }: { withHidden: boolean }): SheetReading[] {
  const workbook = read(bytes, {
    type: 'buffer',
    dense: true,
    cellFormula: true,
    cellNF: true,
    cellStyles: withHidden,
    cellText: false,
    cellHTML: false,
    cellDates: false,
    bookVBA: false,
  });
  const isFrom1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const sheets = workbook.SheetNames.flatMap((name, index) => {
    const sheet = workbook.Sheets[name];
    // A chart sheet has no cells.
    if (!sheet || sheet['!type'] === 'chart') return [];
    return [readSheet(name, sheet, workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0, isFrom1904)];
  });
  if (sheets.length === 0) throw new Error('no sheets were found');
  return sheets;
}

function readSheet(name: string, source: WorkSheet, hidden: number, isFrom1904: boolean): SheetReading {
  const head = { ...emptyHead(name), isHidden: hidden > 0 };
  const rows = (source['!data'] ?? []) as (CellObject[] | undefined)[];
  if (rows.length > lastRow) throw new Error(`row ${rows.length} is below the last row that a sheet has`);
  const hiddenIn = (properties: { hidden?: boolean }[] | undefined) =>
    Object.keys(properties ?? [])
      .map(Number)
      .filter((index) => properties?.[index]?.hidden);
  head.hiddenRows = hiddenIn(source['!rows']);
  head.hiddenColumns = hiddenIn(source['!cols']);
  head.merges = (source['!merges'] ?? []).map(({ s, e }) => [s.r, s.c, e.r, e.c]);
  return { head, rows: rowsOf(rows, head, isFrom1904) };
}

function* rowsOf(
  rows: readonly (CellObject[] | undefined)[],
  head: SheetReading['head'],
  isFrom1904: boolean,
): Generator<[number, Cell[]]> {
  for (const key of Object.keys(rows)) {
    const cells: Cell[] = [];
    rows[Number(key)]?.forEach((cell, column) => {
      if (cell.f !== undefined) head.formulas += 1;
      if (cell.f !== undefined && cell.v === '') head.resultless.push(`${key} ${column}`);
      if (cell.c?.length) head.comments += 1;
      const value = valueOf(cell, isFrom1904);
      if (value !== undefined) cells[column] = value;
    });
    if (cells.length > 0) yield [Number(key), cells];
  }
}

function valueOf({ t, v, z, f, w }: CellObject, isFrom1904: boolean): Cell {
  if (t === 'e') return { error: w ?? errorNames[Number(v)] ?? '#ERROR!' };
  if (t === 'z' || v === undefined || v === null) return f === undefined ? undefined : noResult;
  if (v instanceof Date) return { date: v.toISOString().slice(0, 19) };
  if (typeof v === 'string') return unescaped(v);
  if (typeof v !== 'number') return v;
  return typeof z === 'string' && serials.is_date(z)
    ? dateOf(v, isFrom1904)
    : numberAsShown(v, typeof z === 'string' ? z : undefined);
}

/** A serial number of days as the wall clock it stands for. */
function dateOf(serial: number, isFrom1904: boolean): Cell {
  const early = isFrom1904 ? { isLate: true } : earlyDate(serial);
  if (!early.isLate) return early.cell;
  const date = serials.parse_date_code(Math.round(serial * 86_400) / 86_400 + 1e-9, { date1904: isFrom1904 });
  if (!date) return serial;
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  return {
    date: `${pad(date.y, 4)}-${pad(date.m)}-${pad(date.d)}T${pad(date.H)}:${pad(date.M)}:${pad(Math.floor(date.S))}`,
  };
}

const errorNames: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};
