import { counted } from '../src/model/wording.ts';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { extname, join, sep } from 'node:path';
import fresh from 'fresh';
import { contentType } from 'mime-types';
import { parse } from 'range-parser';
import { type Answer, plain } from './answer.ts';

export type SiteFile = { kind: 'file'; bytes: Buffer; type: string };
/** A folder is there but was asked for without its slash; gone is the whole site. */
export type Found = SiteFile | { kind: 'folder' } | { kind: 'missing' } | { kind: 'gone' };

/**
 * Finds what a path of a site leads to, on the disk as it is now, so that a new build is served from the moment it is
 * there. A file is opened once and read whole: it comes from one build, never with the length of another.
 */
export async function findFile(folder: string, segments: readonly string[]): Promise<Found> {
  const root = await realpath(folder).catch(missingAsUndefined);
  if (root === undefined) return { kind: 'gone' };
  if (!segments.every(isPlain)) return { kind: 'missing' };
  const isFolder = segments.at(-1) === '';
  const path = await realpath(join(root, ...segments, isFolder ? 'index.html' : '')).catch(missingAsUndefined);
  // A link may lead to another place of the site, and nowhere else.
  if (path === undefined || !path.startsWith(root + sep)) return { kind: 'missing' };
  const found = await stat(path).catch(missingAsUndefined);
  if (found?.isDirectory()) return isFolder ? { kind: 'missing' } : { kind: 'folder' };
  const bytes = found && (await readWhole(path));
  return bytes === undefined
    ? { kind: 'missing' }
    : { kind: 'file', bytes, type: contentType(extname(path)) || 'application/octet-stream' };
}

/** A file, a part of it, or word that the reader has it already. */
export function fileAnswer({ bytes, type }: SiteFile, method: string, asked: IncomingHttpHeaders): Answer {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
  // Only this header: "Cache-Control: no-cache" beside it, as fetch sends it, speaks to caches on the way.
  if (fresh({ 'if-none-match': asked['if-none-match'] }, { etag })) return { status: 304, headers, body: '' };
  const whole = { status: 200, headers: { ...headers, 'Content-Type': type, 'Accept-Ranges': 'bytes' }, body: bytes };
  const isOfThis = asked['if-range'] === undefined || asked['if-range'] === etag;
  if (method !== 'GET' || asked.range === undefined || !isOfThis) return whole;
  const { code, type: unit, ranges } = parse(bytes.length, asked.range);
  // What cannot be read, is no range of bytes, or asks for several is answered in whole, as RFC 9110 allows.
  if ((code & 1) !== 0 || unit !== 'bytes' || ranges.length > 1) return whole;
  const [range] = ranges;
  if (!range)
    return plain(416, `The file has ${counted(bytes.length, 'byte')}, and none of those that are asked for.`, {
      'Content-Range': `bytes */${bytes.length}`,
    });
  const { start, end } = range;
  return {
    status: 206,
    headers: { ...whole.headers, 'Content-Range': `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  };
}

/** A segment that names something in its folder, and nothing hidden; only the last may be empty. */
function isPlain(segment: string, index: number, segments: readonly string[]): boolean {
  if (segment === '') return index === segments.length - 1;
  return !/[/\\]/.test(segment) && (!segment.startsWith('.') || segment === '.well-known');
}

/** Opened without waiting, because a pipe would be waited for for ever. */
async function readWhole(path: string): Promise<Buffer | undefined> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW).catch(missingAsUndefined);
  if (!file) return undefined;
  try {
    return (await file.stat()).isFile() ? await file.readFile() : undefined;
  } finally {
    await file.close();
  }
}

function missingAsUndefined(error: NodeJS.ErrnoException): undefined {
  if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EISDIR', 'ENXIO'].includes(error.code ?? '')) return undefined;
  throw error;
}
