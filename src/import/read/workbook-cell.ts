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

/** A number whose format only fills it up with zeros, or puts letters around it, is an id, and is what it shows. */
export function numberAsShown(value: number, format: string | undefined): Cell {
  const found = format === undefined ? undefined : idFormat.exec(format);
  if (!found || !Number.isInteger(value) || value < 0) return value;
  const [before = '', digits = '', after = ''] = found.slice(1);
  if (digits.length < 2 && before === '' && after === '') return value;
  return `${plain(before)}${String(value).padStart(digits.replaceAll('#', '').length, '0')}${plain(after)}`;
}

/** Texts in quotes, characters after a backslash, hyphens and spaces around `0000` or `#`, and no second section. */
const idFormat = /^((?:"[^"]*"|\\.|[- ])*)(#*0+|#)((?:"[^"]*"|\\.|[- ])*)$/u;

function plain(literal: string): string {
  return literal.replace(/"([^"]*)"|\\(.)/gu, (_, quoted: string | undefined, single: string) => quoted ?? single);
}

/** `_x000D_` is how a workbook writes a character that XML cannot hold. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;
}
