import type { Refused } from '../remark.ts';
import { megabytes } from '../wording.ts';
import { decodeText } from './decode-text.ts';

/** What kind of file it is, by its content and never by its name. */
export type Sniffed = { kind: 'workbook' } | { kind: 'text' } | Refused;

/** The largest export that is read, in bytes. */
export const largestFile = 256 * 1024 * 1024;

/** Looks at the first bytes, and for old Office files at the names of their streams. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length > largestFile)
    return {
      refused: `The file has ${megabytes(bytes.length)}, more than the ${megabytes(largestFile)} that are read.`,
      hint: 'Export fewer rows or columns at a time.',
    };
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return { kind: 'workbook' };
  if (startsWith(bytes, '\xd0\xcf\x11\xe0'))
    return oldOffice(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  const known = binaries.find(({ start }) => startsWith(bytes, start));
  if (known)
    return {
      refused: `The file is ${known.name}, not an export of defects.`,
      hint: 'Export the defects as .csv or .xlsx.',
    };
  return posing(startAsText(bytes));
}

const binaries = [
  { start: '%PDF', name: 'a PDF document' },
  { start: '\x1f\x8b', name: 'a gzip archive' },
  { start: '7z\xbc\xaf', name: 'a 7z archive' },
  { start: 'Rar!', name: 'a RAR archive' },
  { start: '\x89PNG', name: 'a picture' },
  { start: '\xff\xd8\xff', name: 'a picture' },
];

/** A compound file holds streams by name; each of these names says what to do. */
function oldOffice(bytes: Buffer): Refused {
  const has = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage'))
    return {
      refused: 'The workbook is protected by a password.',
      hint: 'Save it without the password, and import that file.',
    };
  if (has('Workbook') || has('Book'))
    return {
      refused: 'The file is a workbook in the old .xls format.',
      hint: 'Open it in a spreadsheet and save it as .xlsx, or export .csv.',
    };
  return { refused: 'The file is an old Office file, not a workbook.', hint: 'Export the defects as .csv or .xlsx.' };
}

/** Trackers that write an HTML table or SpreadsheetML and call it a workbook, and files that are something else. */
function posing(start: string): Sniffed {
  if (start.trim() === '') return { refused: 'The file is empty.', hint: 'Export it again.' };
  if (/^\s*<(?:!doctype\s+html|html|head|body|table|meta|div|style)\b/i.test(start))
    return {
      refused: 'The file is a web page with the name of a workbook.',
      hint: 'Open it in a spreadsheet and save it as .xlsx, or export .csv.',
    };
  if (/^\s*<\?xml|^\s*<(?:\w+:)?Workbook\b|^\s*<!DOCTYPE/i.test(start))
    return {
      refused: 'The file is XML with the name of a workbook.',
      hint: 'Open it in a spreadsheet and save it as .xlsx, or export .csv.',
    };
  if (/^\s*(?:\{\s*"|\[\s*[{"[\]])/.test(start))
    return { refused: 'The file is JSON, not a table.', hint: 'Export the defects as .csv or .xlsx.' };
  const controls = start.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0;
  if (controls > 8 && controls * 20 > start.length)
    return { refused: 'The file is neither text nor a workbook.', hint: 'Export the defects as .csv or .xlsx.' };
  return { kind: 'text' };
}

function startAsText(bytes: Uint8Array): string {
  return new TextDecoder().decode(decodeText(bytes.subarray(0, 4096)).bytes);
}

function startsWith(bytes: Uint8Array, start: string): boolean {
  for (let index = 0; index < start.length; index += 1) if (bytes[index] !== start.charCodeAt(index)) return false;
  return true;
}
