import { writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { TextFacts } from '../../src/import/read/text.ts';
import type { Refused } from '../../src/import/remark.ts';
import type { Cell, Sheet } from '../../src/import/sheet.ts';

/**
 * What the process that reads tells the one that plans. `start` is the number of the first row less one, or -1 for the
 * next; `census` is the digest of the rows, which a witness gives in their place.
 */
export type Frame =
  | { sheet: number; start: number; rows: Cell[][]; share?: number; head?: Omit<Sheet, 'rows'>; census?: string }
  | { restart: true }
  | { text: TextFacts | Refused }
  | { done: true }
  | { failed: string };

/**
 * Writes one frame: its length in four bytes, then its content. Straight to the descriptor, because a stream would hold
 * everything back until a parser that never pauses is done.
 */
export function writeFrame(descriptor: number, frame: Frame): void {
  const content = serialize(frame);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  for (const part of [length, content]) {
    for (let done = 0; done < part.length;) done += writeSome(descriptor, part.subarray(done));
  }
}

/** A pipe that is full for the moment is tried again a little later. */
function writeSome(descriptor: number, bytes: Uint8Array): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0.2);
    return 0;
  }
}

/** The frames of a stream, each when it is whole. What follows the last whole frame is dropped. */
export async function* framesIn(stream: NodeJS.ReadableStream): AsyncGenerator<Frame> {
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = 4;
  for await (const chunk of stream) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size < wanted) continue;
    let held = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32LE()) {
      const end = 4 + held.readUInt32LE();
      yield deserialize(held.subarray(4, end)) as Frame;
      held = held.subarray(end);
    }
    chunks = [held];
    size = held.length;
    wanted = held.length >= 4 ? 4 + held.readUInt32LE() : 4;
  }
}
