import { type Cut, cutBetweenRows } from '../../src/import/read/cut-text.ts';
import type { Refused } from '../../src/import/remark.ts';
import { emptySheet } from '../../src/import/sheet.ts';
import { type Export, type ExportFile, type Limits, type Listeners, megabyte, startReader } from './process.ts';

/** Reads a text; a long one in two halves side by side where it can be cut between two rows. */
export async function readTextFile(file: ExportFile, listeners: Listeners): Promise<Export | Refused> {
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

/** Undefined when one of the halves is not sound, and the whole is to be read with more care. */
async function readHalves(
  file: ExportFile,
  { at, delimiter }: Cut,
  limits: Limits,
  listeners: Listeners,
): Promise<Export | undefined> {
  const rows: [number, number] = [0, 0];
  const part = (index: 0 | 1, from: number, to: number) =>
    startReader(['part', String(from), String(to), delimiter], file, limits, {
      progress: (count, share) => {
        rows[index] = count;
        listeners.progress(rows[0] + rows[1], share);
      },
      rows: (taken) => listeners.rows?.(taken, index > 0),
    }).outcome;
  const [first, second] = await Promise.all([part(0, 0, at), part(1, at, file.bytes.length)]);
  if (!('sheets' in first && 'sheets' in second && first.text && second.text)) return undefined;
  const [sheet, rest] = [first.sheets[0] ?? emptySheet(''), second.sheets[0]];
  return {
    ...first,
    sheets: [{ ...sheet, rows: sheet.rows.concat(rest?.rows ?? []) }],
    text: { ...first.text, isOpenEnded: second.text.isOpenEnded },
  };
}
