import { isDeepStrictEqual } from 'node:util';
import { differenceBetween } from '../../src/import/read/census.ts';
import { guardArchive } from '../../src/import/read/guard-archive.ts';
import type { Refused, Remark } from '../../src/import/remark.ts';
import { noResult, type Sheet } from '../../src/import/sheet.ts';
import { type Export, type ExportFile, type Listeners, megabyte, type Outcome, startReader } from './process.ts';

/**
 * How many times longer reading a workbook takes than unpacking it, measured on registers of 20,000 to 100,000 rows.
 */
const readingPerUnpacking = 14;
const again = 'Open it in a spreadsheet and save it again as .xlsx, or export .csv.';

/**
 * Reads a workbook twice, by two libraries at once; where the first fails or the two differ, the second is believed,
 * and that is told.
 */
export async function readWorkbookFile(file: ExportFile, listeners: Listeners): Promise<Export | Refused> {
  const unpacking = stopwatch();
  const guard = await guardArchive(file.bytes);
  if ('refused' in guard) return guard;
  const { inflated, rows } = guard;
  const limits = { seconds: 30 + (2 * inflated) / megabyte, megabytes: 384 + (16 * inflated) / megabyte };
  const endProgress = tellProgress(listeners, rows, unpacking());
  // What is small is told whole at once; of the rest first the digests only, because both readings together would fill
  // the memory.
  const isSmall = inflated < 8 * megabyte;
  const first = startReader(['workbook'], file, limits, { ...listeners, progress: () => {} });
  const second = startReader(isSmall ? ['witness', 'rows'] : ['witness'], file, limits);
  const elapsed = stopwatch();
  const witness = await second.outcome;
  // A workbook that keeps the first reader busy far longer than the second is one of those that make it hang.
  const patience = setTimeout(first.stop, 'failed' in witness ? 0 : 5000 + 10 * elapsed());
  const read = await first.outcome;
  clearTimeout(patience);
  endProgress();
  if ('refused' in read) return read;
  if ('refused' in witness) return witness;
  if ('failed' in witness) return unconfirmed(read, witness.failed);
  if (!('failed' in read) && isWitnessed(read, witness))
    return { ...read, sheets: read.sheets.map((sheet, index) => confirmed(sheet, witness.sheets[index] as Sheet)) };
  const full = isSmall ? witness : await startReader(['witness', 'rows'], file, limits).outcome;
  if ('refused' in full || 'failed' in full) {
    const why = 'failed' in full ? full.failed : full.refused;
    return { refused: `The workbook cannot be read twice in the same way: ${why}.`, hint: again };
  }
  return { ...full, remarks: [remarkOn(read, full)] };
}

/** Milliseconds since it was started. */
function stopwatch(): () => number {
  const started = process.hrtime.bigint();
  return () => Number((process.hrtime.bigint() - started) / 1_000_000n);
}

/** The readers say nothing before they are done; how long unpacking took tells about how long they will take. */
function tellProgress(listeners: Listeners, rows: number, milliseconds: number): () => void {
  const elapsed = stopwatch();
  const tell = () => listeners.progress(rows, Math.min(0.95, elapsed() / (readingPerUnpacking * milliseconds)));
  const ticking = setInterval(tell, 500);
  return () => clearInterval(ticking);
}

function unconfirmed(read: Outcome, why: string): Refused {
  const but = 'failed' in read ? '' : ' by both readers, so that nothing confirms what is in it';
  return { refused: `The workbook cannot be read${but}: ${why}.`, hint: again };
}

/** Both readers found the same sheets, and in them the same cells with the same texts. */
function isWitnessed(read: Export, witness: Export): boolean {
  const namesIn = ({ sheets }: Export) => sheets.map(({ name }) => name);
  return isDeepStrictEqual([namesIn(read), read.census], [namesIn(witness), witness.census]);
}

/** A sheet with what only its witness tells: merged cells, comments, and which formulas were never worked out. */
function confirmed(sheet: Sheet, witness: Sheet): Sheet {
  const blank = new Set(witness.resultless);
  const rows = sheet.rows.slice();
  for (const place of sheet.resultless.filter((each) => !blank.has(each))) {
    const [row, column] = place.split(' ').map(Number) as [number, number];
    const cells = (rows[row] ?? []).slice();
    cells[column] = noResult;
    rows[row] = cells;
  }
  return { ...sheet, rows, merges: witness.merges, comments: witness.comments };
}

function remarkOn(read: Export | { failed: string }, witness: Export): Remark {
  return 'failed' in read
    ? { code: 'reader-failed', reason: read.failed }
    : { code: 'readers-differ', difference: differenceBetween(read, witness) ?? 'the place was not found' };
}
