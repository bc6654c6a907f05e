import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, type Finding } from '../diagnostic.ts';
import { limits } from './limits.ts';
import { faultOfEntry, faultOfReading, isGone, nameIn } from './unread-files.ts';

/** One file of the content folder as it stands on the disk; decoding it is the parser's business. */
export type SourceFile = { path: string; bytes: Uint8Array };

/** All files of a content folder, by path, so that the same tree gives the same report on every machine. */
export type Sources = {
  root: string;
  files: SourceFile[];
  /** What stands in the folder and is not read, each with the reason. */
  unread?: Finding[];
};

/**
 * Reads a content folder. Paths are relative to it, with forward slashes; hidden files are left out. Links are never
 * followed, and nothing is opened that may wait for ever. What cannot be read is a finding, and all else is read.
 * Throws when the folder itself cannot be read.
 */
export async function readContent(root: string): Promise<Sources> {
  const { paths, unread } = await filesIn(root, '');
  const files: SourceFile[] = [];
  for (const path of paths) {
    const read = readOne(root, path);
    if ('bytes' in read) files.push(read);
    else unread.push(...read.unread);
  }
  return { root, files, unread };
}

async function filesIn(root: string, folder: string): Promise<{ paths: string[]; unread: Finding[] }> {
  const listed: { paths: string[]; unread: Finding[] } = { paths: [], unread: [] };
  const entries = await readdir(join(root, folder), { withFileTypes: true, encoding: 'buffer' });
  for (const entry of entries) {
    const name = nameIn(entry.name);
    if (name.shown.startsWith('.')) continue;
    const path = folder + name.shown;
    const fault = faultOfEntry(path, name, entry);
    if (fault) listed.unread.push(fault);
    else if (entry.isDirectory()) add(listed, await filesBelow(root, path));
    else listed.paths.push(path);
  }
  if (folder === '') listed.paths.sort(compareText);
  return listed;
}

async function filesBelow(root: string, path: string): ReturnType<typeof filesIn> {
  try {
    return await filesIn(root, `${path}/`);
  } catch (error) {
    return { paths: [], unread: isGone(error) ? [] : [faultOfReading(path, error, 'folder')] };
  }
}

function add(
  listed: { paths: string[]; unread: Finding[] },
  { paths, unread }: { paths: string[]; unread: Finding[] },
): void {
  for (const path of paths) listed.paths.push(path);
  listed.unread.push(...unread);
}

/** A link that has taken the place of the file since it was listed is not followed, and a pipe not waited for. */
const carefully = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Reads one file at once: of small files, one after the other is five times faster than many at a time. */
function readOne(root: string, path: string): SourceFile | { unread: Finding[] } {
  let file: number | undefined;
  try {
    file = openSync(join(root, path), carefully);
    const stat = fstatSync(file);
    const fault = faultOfEntry(path, { shown: path, odd: undefined }, stat);
    return fault ? { unread: [fault] } : { path, bytes: bytesIn(file, stat.size) };
  } catch (error) {
    // What has gone since it was listed might as well never have been there.
    return { unread: isGone(error) ? [] : [faultOfReading(path, error, 'file')] };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The bytes of a file; of one that is larger than a record may be, only as many as show that. */
function bytesIn(file: number, size: number): Uint8Array {
  if (size <= limits.file.most) return readFileSync(file);
  const bytes = new Uint8Array(limits.file.most + 1);
  return bytes.subarray(0, readSync(file, bytes));
}
