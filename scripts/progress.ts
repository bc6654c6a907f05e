import { counted } from '../src/model/wording.ts';
import type { OnProgress } from './reader/process.ts';

const interval = 250_000_000n;

/** Rows and the time left on one line of a terminal, renewed four times a second at the most; silent anywhere else. */
export function progressOn(stream: NodeJS.WriteStream, name: string): { report: OnProgress; end: () => void } {
  const started = process.hrtime.bigint();
  let last = started;
  let isShown = false;
  const report: OnProgress = (rows, share) => {
    const now = process.hrtime.bigint();
    if (!stream.isTTY || now - last < interval) return;
    last = now;
    isShown = true;
    const elapsed = Number(now - started) / 1e9;
    const left =
      share !== undefined && share > 0 ? `, about ${Math.max(1, Math.round(elapsed / share - elapsed))} s left` : '';
    stream.write(`\r\u001b[KReading ${name}: ${rows > 0 ? counted(rows, 'row') : `${Math.round(elapsed)} s`}${left}`);
  };
  return { report, end: () => void (isShown && stream.write('\r\u001b[K')) };
}
