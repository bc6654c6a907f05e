import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import type { Refused } from '../remark.ts';
import { megabytes } from '../wording.ts';

/** What a workbook may inflate to, in bytes, and how much more than the file that may be. */
export const largestInflated = 512 * 1024 * 1024;
const steepest = 250;
const smallEnough = 16 * 1024 * 1024;
const mostEntries = 2000;

/**
 * Looks into the archive of a workbook before a reader does: how much it holds, by what it says and by what it really
 * inflates to, and whether it has parts that no workbook needs. Answers the inflated size in bytes and how many rows
 * there are. Inflates as a stream, so that a bomb fills no memory.
 */
export async function guardArchive(bytes: Uint8Array): Promise<{ inflated: number; rows: number } | Refused> {
  const damaged = {
    refused: 'The workbook is damaged: it cannot be unpacked.',
    hint: 'Export it again, and copy it without changing it.',
  };
  try {
    const entries = await entriesOf(bytes);
    const kind = faultOfKind(entries.map(({ name }) => name));
    if (kind) return kind;
    if (entries.some(({ entry }) => entry.isEncrypted()))
      return {
        refused: 'The workbook is protected by a password.',
        hint: 'Save it without the password, and import that file.',
      };
    const said = entries.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
    if (
      entries.length > mostEntries ||
      said > largestInflated ||
      (said > smallEnough && said > steepest * bytes.length)
    )
      return bomb(said, bytes.length);
    let rows = 0;
    for (const { name, entry, open } of entries) {
      const found = await lookInto(open, entry);
      rows += found.rows;
      if (found.hasEntities && /\.(?:xml|rels|vml)$/i.test(name))
        return {
          refused:
            'The workbook holds XML with entities, which no spreadsheet writes and which can be made to explode.',
          hint: 'Open it in a spreadsheet and save it again, if you trust where it comes from.',
        };
    }
    return { inflated: said, rows };
  } catch (error) {
    if (error instanceof RangeError)
      return {
        refused: 'The workbook is not what it says: a part of it inflates to another size.',
        hint: damaged.hint,
      };
    return damaged;
  }
}

type Open = () => Promise<Readable>;

/** Every entry of the archive, to be read as it is packed. */
async function entriesOf(bytes: Uint8Array): Promise<{ name: string; entry: Entry; open: Open }[]> {
  const archive = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    validateEntrySizes: true,
    decodeStrings: false,
  });
  const found: { name: string; entry: Entry; open: Open }[] = [];
  for await (const entry of archive.eachEntry()) {
    found.push({
      name: String(entry.fileName).replaceAll('\\', '/'),
      entry,
      open: () => archive.openReadStreamPromise(entry, { decodeFileData: false }),
    });
    if (found.length > mostEntries) break;
  }
  return found;
}

function faultOfKind(names: readonly string[]): Refused | undefined {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/workbook\.bin$/i))
    return { refused: 'The file is a binary workbook (.xlsb).', hint: 'Save it as .xlsx, or export .csv.' };
  if (has(/workbook\d*\.xml$/i)) return undefined;
  if (has(/^content\.xml$/))
    return { refused: 'The file is an OpenDocument file.', hint: 'Save it as .xlsx, or export .csv.' };
  if (has(/^word\//)) return { refused: 'The file is a text document.', hint: 'Export the defects as .csv or .xlsx.' };
  return { refused: 'The file is an archive, not a workbook.', hint: 'Unpack it, and import the .csv or .xlsx in it.' };
}

function bomb(inflated: number, packed: number): Refused {
  return {
    refused: `The workbook of ${megabytes(packed)} would inflate to ${megabytes(inflated)}, more than any export of its size.`,
    hint: `Export fewer rows at a time; ${megabytes(largestInflated)} are read at the most.`,
  };
}

const declarations = ['<!DOCTYPE', '<!ENTITY'];
const rowTag = Buffer.from('row ');

/**
 * Inflates an entry without keeping it; counts rows, and looks for the declarations that entity attacks need. Throws a
 * RangeError as soon as the entry is longer than it says, or when it is shorter. In large chunks, because passing on
 * small ones takes longer than inflating.
 */
async function lookInto(
  open: Open,
  { compressionMethod, uncompressedSize }: Entry,
): Promise<{ rows: number; hasEntities: boolean }> {
  const found = { rows: 0, hasEntities: false };
  let tail: Buffer = Buffer.alloc(0);
  let size = 0;
  const look = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > uncompressedSize) throw new RangeError('longer than it says');
      const bytes = Buffer.concat([tail, chunk]);
      found.hasEntities ||= declarations.some((word) => bytes.includes(word));
      for (let at = bytes.indexOf(rowTag, Math.max(0, tail.length - 3)); at !== -1; at = bytes.indexOf(rowTag, at + 4))
        if (bytes[at - 1] === opening || bytes[at - 1] === colon) found.rows += 1;
      tail = bytes.subarray(-8);
    }
  };
  const packed = await open();
  if (compressionMethod === deflated) await pipeline(packed, createInflateRaw({ chunkSize: 1024 * 1024 }), look);
  else await pipeline(packed, look);
  if (size !== uncompressedSize) throw new RangeError('shorter than it says');
  return found;
}

const deflated = 8;
/** What stands before the name of a tag, with and without a prefix. */
const opening = 0x3c;
const colon = 0x3a;
