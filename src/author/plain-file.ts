import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The bytes of a file, or why there are none: nothing stands there, it is not a plain file, or it is larger than
 * allowed.
 */
export type Plain = { bytes: Buffer } | { fault: 'absent' | 'odd' | 'large' };

/** Reads a plain file of at most `limit` bytes. No link is followed, and a pipe keeps nobody waiting. */
export async function readPlain(path: string, limit: number): Promise<Plain> {
  const found = await lstatOf(path);
  if (!found) return { fault: 'absent' };
  if (!found.isFile()) return { fault: 'odd' };
  let file;
  try {
    // The flags hold for what may have been put there since it was looked at; Windows has none of them.
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ELOOP', 'ENXIO')) return { fault: isCode(error, 'ENOENT') ? 'absent' : 'odd' };
    throw error;
  }
  try {
    const opened = await file.stat();
    if (!opened.isFile()) return { fault: 'odd' };
    return opened.size > limit ? { fault: 'large' } : { bytes: await file.readFile() };
  } finally {
    await file.close();
  }
}

/**
 * What keeps a file from being written at a path below a folder: a link anywhere on the path, or something that is no
 * folder or no file.
 */
export async function obstacleOn(root: string, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  for (const index of parts.keys()) {
    const part = parts.slice(0, index + 1).join('/');
    const found = await lstatOf(join(root, part));
    if (!found) return undefined;
    if (found.isSymbolicLink()) return `${part} is a symbolic link`;
    if (index < parts.length - 1 && !found.isDirectory()) return `${part} is not a folder`;
    if (index === parts.length - 1 && !found.isFile()) return `${part} is not a file`;
  }
  return undefined;
}

/** What stands at a path, itself and not what a link points to. */
export async function lstatOf(path: string): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Writes a file that is not there yet, and is done when the disk has it. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable, where the system can do that. */
export async function makeDurable(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Windows has no such thing for folders.
    if (!isCode(error, 'EPERM', 'EISDIR', 'EINVAL')) throw error;
  } finally {
    await handle.close();
  }
}

/** Whether an error is one of the disk with one of these codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return codes.includes((error as NodeJS.ErrnoException).code ?? '');
}
