import type { Cell } from '../sheet.ts';

/** The last row that a sheet can have. */
export const lastRow = 1_048_576;

/**
 * A serial number of days as the clock it shows: a time of day for what is less than one, nothing for 0, which is what
 * a look-up of an empty cell leaves, and an error for days that no two programmes count alike. For a later day, which
 * both count alike, `isLate`.
 */
export function earlyDate(serial: number): { isLate: boolean; cell?: Cell } {
  if (serial >= 61) return { isLate: true };
  if (serial === 0) return { isLate: false };
  if (serial < 0 || serial >= 1) return { isLate: false, cell: { error: 'a date before March 1900' } };
  return { isLate: false, cell: new Date(Math.round(serial * 86_400) * 1000).toISOString().slice(11, 19) };
}

/** A number whose format only fills it up with zeros is an id, and is what it shows. */
export function numberAsShown(value: number, format: string | undefined): Cell {
  return format !== undefined && /^0{2,}$/.test(format) && Number.isInteger(value) && value >= 0
    ? String(value).padStart(format.length, '0')
    : value;
}

/** `_x000D_` is how a workbook writes a character that XML cannot hold. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}
