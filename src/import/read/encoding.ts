import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import type { Refused, Remark } from '../remark.ts';
import { decodeText } from './decode-text.ts';

/** A text in UTF-8 or UTF-16, and what is to be told of how it came there. */
export type SettledText = { bytes: Uint8Array; remarks: Remark[] };

/** The only encoding that is taken by its letters alone: the one in which most spreadsheets save text. */
const usual = { name: 'windows-1252', alike: new Set(['windows-1252', 'ISO-8859-1']) };
/** How sure chardet has to be of it, of 100, and how much surer than of the next. */
const sureness = { least: 50, lead: 20 };
/** So many bytes of cells with letters beyond ASCII are looked at. */
const looked = 65_536;

/**
 * Settles the encoding of a text: the one that was asked for, else what the text itself says, else windows-1252 where
 * its letters are surely of that. What is not sure is refused, because garbled names would be written.
 */
export function settleEncoding(bytes: Uint8Array, asked?: string): SettledText | Refused {
  if (asked !== undefined) return asNamed(bytes, asked);
  if (isUtf8(bytes) || isUtf16(bytes)) return { bytes, remarks: [] };
  const cells = cellsBeyondAscii(bytes);
  if (isPunctuation(cells))
    return {
      bytes: recode(bytes, usual.name, false),
      remarks: [{ code: 'text-encoding', encoding: usual.name, isGuess: true }],
    };
  const matches = analyse(cells).filter(({ confidence }) => confidence > 0);
  const [first, second] = matches;
  const isSure =
    first !== undefined &&
    usual.alike.has(first.name) &&
    first.confidence >= sureness.least &&
    first.confidence - (second?.confidence ?? 0) >= sureness.lead;
  if (isSure)
    return {
      bytes: recode(bytes, usual.name, false),
      remarks: [{ code: 'text-encoding', encoding: usual.name, isGuess: true, confidence: first.confidence }],
    };
  const names = [...new Set([...matches.map(({ name }) => name), usual.name])].slice(0, 3);
  return {
    refused: `The text is not UTF-8, and its encoding cannot be told for sure: it may be ${names.join(' or ')}.`,
    hint: `Export it as UTF-8, or name the encoding: --encoding ${names[0]}.`,
  };
}

/** Told by the first bytes, so that a long text is not decoded for it; the mark of UTF-8 is skipped before 1,024. */
function isUtf16(bytes: Uint8Array): boolean {
  return decodeText(bytes.subarray(0, 1027)).encoding.startsWith('UTF-16');
}

/** Bytes that mean the same character in every code page of Windows: quotation marks, dashes, the euro and others. */
const agreed: ReadonlySet<number> = new Set(
  Array.from({ length: 128 }, (_, index) => 128 + index).filter((byte) => {
    const signs = ['0', '1', '2', '3', '4', '7', '8'].map((page) =>
      new TextDecoder(`windows-125${page}`).decode(Uint8Array.of(byte)),
    );
    return new Set(signs).size === 1 && /[\p{P}\p{S}\p{Zs}]/u.test(signs[0] as string);
  }),
);
/** The apostrophe; every other one of these bytes between two letters may be a letter of a Mac. */
const apostrophe = 0x92;

/** Whether all beyond ASCII is punctuation on which the code pages of Windows agree. */
function isPunctuation(cells: Uint8Array): boolean {
  const isLetter = (byte: number | undefined) => byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte));
  return cells.every(
    (byte, at) =>
      byte < 0x80 ||
      (agreed.has(byte) && (byte === apostrophe || !isLetter(cells[at - 1]) || !isLetter(cells[at + 1]))),
  );
}

/** Whether text can be read in an encoding of this name. */
export function isEncoding(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

function asNamed(bytes: Uint8Array, name: string): SettledText | Refused {
  try {
    const { encoding } = new TextDecoder(name);
    const remarks: Remark[] = encoding === 'utf-8' ? [] : [{ code: 'text-encoding', encoding, isGuess: false }];
    return { bytes: recode(bytes, name, true), remarks };
  } catch {
    return {
      refused: `The text is not ${name}.`,
      hint: 'Name the encoding in which it was exported, or leave --encoding out.',
    };
  }
}

function recode(bytes: Uint8Array, encoding: string, fatal: boolean): Uint8Array {
  return new TextEncoder().encode(new TextDecoder(encoding, { fatal }).decode(bytes));
}

/** Headings and values in plain letters say nothing of an encoding, and drown those that do. */
function cellsBeyondAscii(bytes: Uint8Array): Uint8Array {
  const cells: Uint8Array[] = [];
  let size = 0;
  for (let at = 0; at < bytes.length && size < looked; at += 1) {
    if ((bytes[at] as number) < 0x80) continue;
    const [from, to] = [at - reach(bytes, at, -1), at + reach(bytes, at, 1)];
    cells.push(bytes.subarray(from, to), newLine);
    size += to - from;
    at = to;
  }
  return Buffer.concat(cells);
}

const newLine = Uint8Array.of(0x0a);
const ends: ReadonlySet<number> = new Set(Buffer.from(',;\t|"\r\n'));

/** How many bytes a cell goes on in a direction, at most 500. */
function reach(bytes: Uint8Array, at: number, direction: 1 | -1): number {
  let length = 0;
  while (length < 500) {
    const byte = bytes[at + direction * (length + 1)];
    if (byte === undefined || ends.has(byte)) break;
    length += 1;
  }
  return direction === 1 ? length + 1 : length;
}
