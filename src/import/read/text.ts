import { CsvError, type Options, parse } from 'csv-parse/sync';
import type { Refused, Remark } from '../remark.ts';
import type { RowFault } from '../sheet.ts';
import { decodeText } from './decode-text.ts';
import { likeliestDelimiter, startOf } from './delimiter.ts';
import { linesIn } from './lines.ts';

/** What a text file was found to be, once all its rows were handed over. */
export type TextFacts = {
  delimiter: string;
  faults: RowFault[];
  remarks: Remark[];
  /** The number of lines before the first row. */
  linesBefore: number;
  /** True when the file does not end with a line end, as one that was cut does not. */
  isOpenEnded: boolean;
};

/**
 * Takes rows as they are read and the share of the file that is done; `restart` forgets what was handed over before.
 */
export type TakeRows = { rows: (rows: string[][], share: number) => void; restart: () => void };

const options = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true } satisfies Options;
const batchSize = 2000;

/**
 * Reads comma, semicolon, tab or bar separated text. Strict first; when a quote stands where none may, once more with
 * quotes taken as they stand, and every row that is touched by it is named. Cells keep every character. A `part` of a
 * text is read strictly or not at all.
 */
export function readText(given: Uint8Array, take: TakeRows, part?: { delimiter: string }): TextFacts | Refused {
  const { bytes, encoding, isGuess } = decodeText(given);
  const remarks: Remark[] = encoding === 'UTF-8' ? [] : [{ code: 'text-encoding', encoding, isGuess }];
  const announced = /^sep=(.)\r?\n?/.exec(startOf(bytes, 16));
  const body = announced ? bytes.subarray(announced[0].length) : bytes;
  const delimiter = part?.delimiter ?? announced?.[1] ?? likeliestDelimiter(startOf(body, 65_536));
  const facts = {
    delimiter,
    remarks,
    linesBefore: announced ? 1 : 0,
    isOpenEnded: !/[\r\n]$/.test(new TextDecoder().decode(body.subarray(-2))),
  };
  try {
    readStrictly(body, delimiter, take);
    return { ...facts, faults: [] };
  } catch (error) {
    if (!(error instanceof CsvError) || part) throw error;
    take.restart();
    return readLoosely(body, facts, take);
  }
}

function readStrictly(bytes: Uint8Array, delimiter: string, take: TakeRows): void {
  let batch: string[][] = [];
  parse(bytes, {
    ...options,
    delimiter,
    on_record: (record: string[], { bytes: done }) => {
      batch.push(record);
      if (batch.length === batchSize) {
        take.rows(batch, done / bytes.length);
        batch = [];
      }
      return null;
    },
  });
  take.rows(batch, 1);
}

/** A row is sound when it alone can be read strictly; quotes inside a cell that began without one mean themselves. */
function readLoosely(bytes: Uint8Array, facts: Omit<TextFacts, 'faults'>, take: TakeRows): TextFacts | Refused {
  const { delimiter } = facts;
  const faults: RowFault[] = [];
  const rows: string[][] = [];
  try {
    parse(bytes, {
      ...options,
      delimiter,
      relax_quotes: true,
      raw: true,
      on_record: (given: unknown) => {
        if (!isWithRaw(given)) throw new TypeError('csv-parse hands over no raw text');
        const { raw, record } = given;
        const code = raw.includes('"') ? strictFault(raw, delimiter) : undefined;
        if (code)
          faults.push({
            row: rows.length,
            kind: code === 'INVALID_OPENING_QUOTE' ? 'bare-quote' : 'undoubled-quote',
          });
        rows.push(record);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = rows.reduce((sum, row) => sum + linesIn(row), facts.linesBefore) + 1;
    return {
      refused: `A quote that is opened in line ${line} or below is never closed: the export was cut short, or a quote is not doubled.`,
      hint: 'Export it again; if that line is damaged, fix it.',
    };
  }
  take.rows(rows, 1);
  return { ...facts, faults };
}

/** What csv-parse hands over with `raw: true`, which its types do not say. */
function isWithRaw(given: unknown): given is { raw: string; record: string[] } {
  return typeof given === 'object' && given !== null && 'raw' in given && 'record' in given;
}

function strictFault(raw: string, delimiter: string): string | undefined {
  try {
    parse(raw, { ...options, delimiter });
    return undefined;
  } catch (error) {
    return error instanceof CsvError ? error.code : 'CSV_QUOTE_NOT_CLOSED';
  }
}

/** For a cell that holds a whole row, quoted twice: its cells when they are as many as asked for. */
export function unwrapRow(cell: string, delimiter: string, width: number): string[] | undefined {
  if (!cell.includes(delimiter)) return undefined;
  try {
    const rows = parse(cell, { ...options, delimiter }) as string[][];
    return rows.length === 1 && rows[0]?.length === width ? rows[0] : undefined;
  } catch {
    return undefined;
  }
}
