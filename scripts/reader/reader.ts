import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { TakeAhead } from '../../src/import/map/ahead.ts';
import { differenceBetween } from '../../src/import/read/census.ts';
import { type Cut, cutBetweenRows } from '../../src/import/read/cut-text.ts';
import { guardArchive } from '../../src/import/read/guard-archive.ts';
import { sniff } from '../../src/import/read/sniff.ts';
import type { TextFacts } from '../../src/import/read/text.ts';
import type { Refused, Remark } from '../../src/import/remark.ts';
import { emptySheet, noResult, type Reading, type Sheet } from '../../src/import/sheet.ts';
import { framesIn } from './frames.ts';

/** An export as it was read; `text` is there for a text file, the digests of its rows for a workbook. */
export type Export = Reading & { text?: TextFacts; census?: string[] };

/** The bytes of an export, and where they stand on the disk; standard input stands nowhere. */
export type ExportFile = { bytes: Uint8Array; path: string | undefined };

/** Told while a long file is read: rows so far, and the share of the whole that is done where it is known. */
export type OnProgress = (rows: number, share: number | undefined) => void;

/** Who is told what while a file is read; `rows` takes rows as they come. */
export type Listeners = { progress: OnProgress; rows?: TakeAhead };

const megabyte = 1024 * 1024;
/**
 * How many times longer reading a workbook takes than unpacking it, measured on registers of 20,000 to 100,000 rows.
 */
const readingPerUnpacking = 14;
/** Readers make millions of short-lived objects; with room for them they are a fifth faster. In megabytes. */
const youngSpace = '--max-semi-space-size=64';
const entry = fileURLToPath(new URL('child.ts', import.meta.url));

/**
 * Reads an export in processes of their own, with limits on time and memory that grow with the file. A workbook is read
 * twice, by two libraries at once; where the first fails or the two differ, the second is believed, and that is told.
 */
export async function readExport(file: ExportFile, listeners: Listeners): Promise<Export | Refused> {
  const { bytes } = file;
  const sniffed = sniff(bytes);
  if ('refused' in sniffed) return sniffed;
  if (sniffed.kind === 'text') return readTextFile(file, listeners);
  const started = process.hrtime.bigint();
  const guard = await guardArchive(bytes);
  if ('refused' in guard) return guard;
  return readBoth(
    file,
    { ...guard, milliseconds: Number((process.hrtime.bigint() - started) / 1_000_000n) },
    listeners,
  );
}

async function readTextFile(file: ExportFile, listeners: Listeners): Promise<Export | Refused> {
  const { bytes, path } = file;
  const limits = { seconds: 30 + bytes.length / megabyte, megabytes: 256 + (4 * bytes.length) / megabyte };
  const cut = path === undefined ? undefined : cutBetweenRows(bytes);
  const halves = cut && (await readHalves(file, cut, limits, listeners));
  if (halves) return halves;
  const read = await startReader(['text'], file, limits, {
    progress: listeners.progress,
    rows: (rows) => listeners.rows?.(rows, false),
  }).outcome;
  if ('failed' in read)
    return { refused: `The file cannot be read: ${read.failed}.`, hint: 'Export it again as .csv or .xlsx.' };
  return read;
}

/**
 * A long text in two halves side by side; undefined when one of them is not sound, and the whole is to be read with
 * more care.
 */
async function readHalves(
  file: ExportFile,
  { at, delimiter }: Cut,
  limits: Limits,
  listeners: Listeners,
): Promise<Export | undefined> {
  const rows = [0, 0];
  const part = (index: number, from: number, to: number) =>
    startReader(['part', String(from), String(to), delimiter], file, limits, {
      progress: (count, share) => {
        rows[index] = count;
        listeners.progress((rows[0] as number) + (rows[1] as number), share);
      },
      rows: (taken) => listeners.rows?.(taken, index > 0),
    });
  const readers = [part(0, 0, at), part(1, at, file.bytes.length)];
  const [first, second] = (await Promise.all(readers.map(({ outcome }) => outcome))) as [Outcome, Outcome];
  if (!('sheets' in first && 'sheets' in second && first.text && second.text)) return undefined;
  const [sheet, rest] = [first.sheets[0] ?? emptySheet(''), second.sheets[0]];
  return {
    ...first,
    sheets: [{ ...sheet, rows: sheet.rows.concat(rest?.rows ?? []) }],
    text: { ...first.text, isOpenEnded: second.text.isOpenEnded },
  };
}

async function readBoth(
  file: ExportFile,
  { inflated, rows, milliseconds }: { inflated: number; rows: number; milliseconds: number },
  listeners: Listeners,
): Promise<Export | Refused> {
  const limits = { seconds: 30 + (2 * inflated) / megabyte, megabytes: 384 + (16 * inflated) / megabyte };
  const first = startReader(['workbook'], file, limits, { ...listeners, progress: () => {} });
  // What is small is told whole at once; of the rest first the digests only, because both readings together would fill
  // the memory.
  const isSmall = inflated < 8 * megabyte;
  const second = startReader(isSmall ? ['witness', 'rows'] : ['witness'], file, limits);
  const started = process.hrtime.bigint();
  const elapsed = () => Number((process.hrtime.bigint() - started) / 1_000_000n);
  // The readers say nothing before they are done; how long unpacking took tells about how long they will take.
  const ticking = setInterval(
    () => listeners.progress(rows, Math.min(0.95, elapsed() / (readingPerUnpacking * milliseconds))),
    500,
  );
  const witness = await second.outcome;
  // A workbook that keeps the first reader busy far longer than the second is one of those that make it hang.
  const patience = setTimeout(first.stop, 'failed' in witness ? 0 : 5000 + 10 * elapsed());
  const read = await first.outcome;
  clearTimeout(patience);
  clearInterval(ticking);
  if ('refused' in read || 'refused' in witness) return 'refused' in read ? read : (witness as Refused);
  const again = 'Open it in a spreadsheet and save it again as .xlsx, or export .csv.';
  if ('failed' in witness)
    return {
      refused: `The workbook cannot be read${'failed' in read ? '' : ' by both readers, so that nothing confirms what is in it'}: ${witness.failed}.`,
      hint: again,
    };
  if (!('failed' in read) && isWitnessed(read, witness))
    return { ...read, sheets: read.sheets.map((sheet, index) => confirmed(sheet, witness.sheets[index] as Sheet)) };
  const full = isSmall ? witness : await startReader(['witness', 'rows'], file, limits).outcome;
  if ('failed' in full || 'refused' in full)
    return {
      refused: `The workbook cannot be read twice in the same way: ${'failed' in full ? full.failed : full.refused}.`,
      hint: again,
    };
  const remark: Remark =
    'failed' in read
      ? { code: 'reader-failed', reason: read.failed }
      : { code: 'readers-differ', difference: differenceBetween(read, full) ?? '' };
  return { ...full, remarks: [remark] };
}

/** A sheet with what only its witness tells: merged cells, comments, and which formulas were never worked out. */
function confirmed(sheet: Sheet, witness: Sheet): Sheet {
  const blank = new Set(witness.resultless);
  for (const place of sheet.resultless) {
    const [row, column] = place.split(' ').map(Number) as [number, number];
    if (!blank.has(place)) (sheet.rows[row] ??= [])[column] = noResult;
  }
  return { ...sheet, merges: witness.merges, comments: witness.comments };
}

/** Both readers found the same sheets, and in them the same cells with the same texts. */
function isWitnessed(read: Export, witness: Export): boolean {
  const namesIn = ({ sheets }: Export) => sheets.map(({ name }) => name);
  return isDeepStrictEqual([namesIn(read), read.census], [namesIn(witness), witness.census]);
}

type Outcome = Export | Refused | { failed: string };
type Limits = { seconds: number; megabytes: number };

function startReader(
  task: string[],
  { bytes, path }: ExportFile,
  limits: Limits,
  listeners?: Listeners,
): { outcome: Promise<Outcome>; stop: () => void } {
  // A file is read by the process itself, so that it need not wait until this one has time to pass it on.
  const input = path === undefined ? 'pipe' : openSync(path, 'r');
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${Math.ceil(limits.megabytes)}`, youngSpace, entry, ...task],
    {
      stdio: [input, 'pipe', 'ignore'],
      env: { TZ: 'UTC', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' },
    },
  );
  if (typeof input === 'number') closeSync(input);
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(stop, limits.seconds * 1000);
  // A reader that fails early closes its input; what it said is on its output.
  child.stdin?.on('error', () => {});
  child.stdin?.end(bytes);
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  const outcome = collect(child, listeners).then(async (collected) => {
    await ended;
    clearTimeout(timer);
    process.off('exit', killOnExit);
    if (collected) return collected;
    return {
      failed: isStopped
        ? `it takes longer than ${Math.ceil(limits.seconds)} seconds`
        : `it needs more than ${Math.ceil(limits.megabytes)} MB of memory`,
    };
  });
  return { outcome, stop };
}

/** What a reader said; undefined when it ended without a last word. */
async function collect(child: ChildProcess, listeners: Listeners | undefined): Promise<Outcome | undefined> {
  let sheets: Sheet[] = [];
  const census: string[] = [];
  let count = 0;
  for await (const frame of framesIn(child.stdout as NodeJS.ReadableStream)) {
    if ('failed' in frame) return { failed: frame.failed.replace(/\.$/, '') };
    if ('done' in frame) return { sheets, remarks: [], census };
    if ('restart' in frame) [sheets, count] = [[], 0];
    else if ('text' in frame)
      return 'refused' in frame.text
        ? frame.text
        : {
            sheets: sheets.map((sheet) => ({ ...sheet, faults: (frame.text as TextFacts).faults })),
            remarks: frame.text.remarks,
            text: frame.text,
          };
    else {
      const sheet = (sheets[frame.sheet] ??= emptySheet(''));
      if (frame.head) Object.assign(sheet, frame.head);
      const start = frame.start === -1 ? sheet.rows.length : frame.start;
      for (const [index, row] of frame.rows.entries()) sheet.rows[start + index] = row;
      if (frame.census) census.push(`${frame.sheet} ${frame.census}`);
      count += frame.rows.length;
      listeners?.progress(count, frame.share);
      listeners?.rows?.(frame.rows, false);
    }
  }
  return undefined;
}
