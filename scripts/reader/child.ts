// The process that opens an export, apart from the command so that a hostile file can take nothing else with it.
//   child.ts text|workbook            reads a file from standard input, writes frames (frames.ts) to standard output
//   child.ts witness [rows]           reads it a second way, writes the digests of its rows, or the rows too
//   child.ts part FROM TO DELIMITER   reads a part of a text, from one byte up to another
import { readFileSync, readSync } from 'node:fs';
import { censusOf } from '../../src/import/read/census.ts';
import { readText } from '../../src/import/read/text.ts';
import type { Cell, SheetReading } from '../../src/import/sheet.ts';
import { type Frame, writeFrame } from './frames.ts';

const rowsInFrame = 2000;
const standardOutput = 1;
const send = (frame: Frame) => writeFrame(standardOutput, frame);

const [kind, from, to, delimiter] = process.argv.slice(2);
const bytes = kind === 'part' ? readPart(Number(from), Number(to)) : readFileSync(0);

try {
  if (kind === 'text' || kind === 'part') sendText();
  else if (kind === 'workbook')
    sendWorkbook(await (await import('../../src/import/read/workbook.ts')).readWorkbook(bytes));
  else
    sendWorkbook(
      (await import('../../src/import/read/witness.ts')).readWitness(bytes, { withHidden: from === 'rows' }),
      from === 'rows',
    );
} catch (error) {
  send({ failed: (error as Error).message });
}

function readPart(start: number, end: number): Buffer {
  const part = Buffer.allocUnsafe(end - start);
  let done = 0;
  while (done < part.length) done += readSync(0, part, done, part.length - done, start + done);
  return part;
}

function sendText(): void {
  const facts = readText(
    bytes,
    { rows: (rows, share) => send({ sheet: 0, start: -1, rows, share }), restart: () => send({ restart: true }) },
    delimiter === undefined ? undefined : { delimiter },
  );
  send({ text: facts });
}

/** Rows may stand a million apart; only those that are there are walked, and each is sent while the next is made. */
function sendWorkbook(sheets: readonly SheetReading[], withRows = true): void {
  for (const [sheet, { head, rows }] of sheets.entries()) {
    let batch: Cell[][] = [];
    let start = 0;
    const sendBatch = () => {
      if (batch.length > 0)
        send({ sheet, start, rows: withRows ? batch : [], census: `${start} ${batch.length} ${censusOf(batch)}` });
    };
    for (const [index, cells] of rows) {
      if (index !== start + batch.length || batch.length === rowsInFrame) {
        sendBatch();
        [batch, start] = [[], index];
      }
      batch.push(cells);
    }
    sendBatch();
    send({ sheet, start: 0, rows: [], head });
  }
  send({ done: true });
}
