import { parse } from 'csv-parse/sync';
import { csvOf, type Table } from './exports.ts';

/** What happens to a sound CSV between the tracker and the import. Each takes a whole export and answers it damaged. */
type Damage = (csv: string) => string;

/** Opened and saved in a spreadsheet where the day comes first: all that it does to cells, and its line ends. */
export const damagedBySpreadsheet: Damage = (csv) => csvOf(changed(csv, asSaved), { end: '\r\n' });

/** Leading zeros are gone: `0012236` is 12236. */
export const withoutLeadingZeros: Damage = (csv) => csvOf(changed(csv, unpadded));

/**
 * Dates of the United States read day first: those that can be are swapped and written anew, the others stay as they
 * were.
 */
export const withDatesReadDayFirst: Damage = (csv) => csvOf(changed(csv, readDayFirst));

/** Numbers of twelve digits and more are written as `1.23E+15`, and many become the same. */
export const withRoundedNumbers: Damage = (csv) => csvOf(changed(csv, rounded));

/** Cells that begin like a formula are errors. */
export const withNameErrors: Damage = (csv) => csvOf(changed(csv, nameError));

/** Cells end after 32,767 characters; the last column of the first defect is made that long first. */
export const withCutCells: Damage = (csv) => {
  const long = tableOf(csv).map((cells, row) => (row === 1 ? cells.with(-1, 'x'.repeat(40_000)) : cells));
  return csvOf(long.map((cells) => cells.map((cell) => cell.slice(0, largestCell))));
};

/** Rows end with CRLF and LF by turns, as when two exports were joined. */
export const withMixedLineEnds: Damage = (csv) =>
  tableOf(csv)
    .map((cells, row) => csvOf([cells], { end: row % 2 === 0 ? '\r\n' : '\n' }))
    .join('');

/** Saved where the comma divides decimals, with the line that tells a spreadsheet so. */
export const withSemicolons: Damage = (csv) => `sep=;\r\n${csvOf(tableOf(csv), { separator: ';', end: '\r\n' })}`;

/** Three columns that have no heading and no cell. */
export const withTrailingColumns: Damage = (csv) => csvOf(tableOf(csv).map((cells) => [...cells, '', '', '']));

/** The header once more in the middle, as when one export was pasted below another. */
export const withHeaderTwice: Damage = (csv) => {
  const [header, ...rows] = tableOf(csv) as [string[], ...Table];
  return csvOf([header, ...rows.slice(0, 4), header, ...rows.slice(4)]);
};

/** The third defect lacks its second cell, so that all after it stand one column too far left. */
export const withShortRow: Damage = (csv) =>
  csvOf(tableOf(csv).map((cells, row) => (row === 3 ? cells.toSpliced(1, 1) : cells)));

/** Ends in the middle of a row, as a download that broke off. */
export const brokenOff: Damage = (csv) => csv.slice(0, Math.floor(csv.length * 0.62));

/** All of them, for a table test. */
export const damages: Record<string, Damage> = {
  damagedBySpreadsheet,
  withoutLeadingZeros,
  withDatesReadDayFirst,
  withRoundedNumbers,
  withNameErrors,
  withCutCells,
  withMixedLineEnds,
  withSemicolons,
  withTrailingColumns,
  withHeaderTwice,
  withShortRow,
  brokenOff,
};

/** UTF-16, little end first, with its byte order mark: a spreadsheet's "Unicode text". */
export function inUtf16(csv: string): Uint8Array {
  return Buffer.from(`\uFEFF${csv}`, 'utf16le');
}

/** UTF-8 with a byte order mark: a spreadsheet's "CSV UTF-8". */
export function inUtf8WithMark(csv: string): Uint8Array {
  return Buffer.from(`\uFEFF${csv}`, 'utf8');
}

/** Windows-1252: a spreadsheet's plain "CSV". What that has no sign for is a question mark. */
export function inWindows1252(csv: string): Uint8Array {
  const signs = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from(csv, (sign) => (signs.includes(sign) ? signs.indexOf(sign) : 0x3f));
}

const largestCell = 32_767;

function tableOf(csv: string): Table {
  return parse(csv, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
}

function changed(csv: string, change: (cell: string) => string): Table {
  return tableOf(csv).map((cells, row) => (row === 0 ? cells : cells.map(change)));
}

function asSaved(cell: string): string {
  return unpadded(rounded(readDayFirst(nameError(cell.slice(0, largestCell)))));
}

function unpadded(cell: string): string {
  return /^\d+$/.test(cell) ? cell.replace(/^0+(?=\d)/, '') : cell;
}

function readDayFirst(cell: string): string {
  const [, first, second, year, hour, minute, half] =
    /^(\d+)\/(\d+)\/(\d{4}) (\d+):(\d\d):\d\d ([AP]M)$/.exec(cell) ?? [];
  if (first === undefined || second === undefined || hour === undefined || Number(second) > 12) return cell;
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  return `${first.padStart(2, '0')}/${second.padStart(2, '0')}/${year} ${String(hours).padStart(2, '0')}:${minute}`;
}

function rounded(cell: string): string {
  if (!/^\d{12,}$/.test(cell)) return cell;
  const [mantissa, power] = Number(cell).toExponential(2).split('e+') as [string, string];
  return `${mantissa}E+${power}`;
}

function nameError(cell: string): string {
  return /^(?:=|[-+](?!\d+$|-))/.test(cell) ? '#NAME?' : cell;
}
