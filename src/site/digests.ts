import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Everything in a folder that is not a folder, links and pipes included; what is nearest to the top comes first. */
export async function filesOf(folder: string): Promise<{ path: string; isFile: boolean }[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (entry) => !entry.isDirectory(),
  );
  const files = entries.map((entry) => ({
    path: relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'),
    isFile: entry.isFile(),
  }));
  return files.sort((one, other) => depthOf(one.path) - depthOf(other.path) || (one.path < other.path ? -1 : 1));
}

function depthOf(path: string): number {
  return path.split('/').length;
}

/** The SHA-256 of bytes, as 64 hexadecimal digits. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The SHA-256 of a file. */
export async function digestOfFile(path: string): Promise<string> {
  return digestOf(await readFile(path));
}
