import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TakeAhead } from '../../src/import/map/ahead.ts';
import type { TextFacts } from '../../src/import/read/text.ts';
import type { Refused } from '../../src/import/remark.ts';
import { emptySheet, type Reading, type Sheet } from '../../src/import/sheet.ts';
import { framesIn } from './frames.ts';

/** An export as it was read; `text` is there for a text file, the digests of its rows for a workbook. */
export type Export = Reading & { text?: TextFacts; census?: string[] };

/** The bytes of an export, and where they stand on the disk; standard input stands nowhere. */
export type ExportFile = { bytes: Uint8Array; path: string | undefined };

/** Told while a long file is read: rows so far, and the share of the whole that is done where it is known. */
export type OnProgress = (rows: number, share: number | undefined) => void;

/** Who is told what while a file is read; `rows` takes rows as they come. */
export type Listeners = { progress: OnProgress; rows?: TakeAhead };

/** What a reader came back with; `failed` says in a clause why it has nothing. */
export type Outcome = Export | Refused | { failed: string };

/** What a reader may take. */
export type Limits = { seconds: number; megabytes: number };

export const megabyte = 1024 * 1024;
/** Readers make millions of short-lived objects; with room for them they are a fifth faster. In megabytes. */
const youngSpace = '--max-semi-space-size=64';
const entry = fileURLToPath(new URL('child.ts', import.meta.url));

/** Reads an export in a process of its own, within limits; the tasks are those of child.ts. */
export function startReader(
  task: string[],
  { bytes, path }: ExportFile,
  limits: Limits,
  listeners?: Listeners,
): { outcome: Promise<Outcome>; stop: () => void } {
  // A file is read by the process itself, so that it need not wait until this one has time to pass it on.
  const input = path === undefined ? 'pipe' : openSync(path, 'r');
  const memory = `--max-old-space-size=${Math.ceil(limits.megabytes)}`;
  const child = spawn(process.execPath, [memory, youngSpace, entry, ...task], {
    stdio: [input, 'pipe', 'ignore'],
    env: { TZ: 'UTC', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' },
  });
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
    return collected ?? { failed: reasonOf(limits, isStopped) };
  });
  return { outcome, stop };
}

/** Why a reader ended without a last word. */
function reasonOf(limits: Limits, isStopped: boolean): string {
  return isStopped
    ? `it takes longer than ${Math.ceil(limits.seconds)} seconds`
    : `it needs more than ${Math.ceil(limits.megabytes)} MB of memory`;
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
    else if ('text' in frame) return 'refused' in frame.text ? frame.text : textExport(sheets, frame.text);
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

function textExport(sheets: readonly Sheet[], text: TextFacts): Export {
  return { sheets: sheets.map((sheet) => ({ ...sheet, faults: text.faults })), remarks: text.remarks, text };
}
