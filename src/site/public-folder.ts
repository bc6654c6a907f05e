import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { visibleLine } from '../model/visible.ts';

/** Hidden by custom, and meant to be published. */
const meant = new Set(['.well-known', '.nojekyll']);

/**
 * Why the folder whose files are published as they are cannot be published: a sentence about the first thing in it that
 * is not a file or that is hidden. A link would publish what it leads to, which may be any file of this machine; a pipe
 * would be waited for.
 */
export async function faultOfPublicFolder(folder: string): Promise<string | undefined> {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return undefined;
  return found.isDirectory() ? faultBelow(folder, 'public') : inWords('public', 'is not a folder');
}

async function faultBelow(folder: string, shown: string): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${shown}/${entry.name}`;
    if (entry.isSymbolicLink()) return inWords(path, 'is a link');
    if (!entry.isFile() && !entry.isDirectory()) return inWords(path, 'is not a file');
    if (entry.name.startsWith('.') && !meant.has(entry.name)) return inWords(path, 'is hidden');
    const below = entry.isDirectory() ? await faultBelow(join(folder, entry.name), path) : undefined;
    if (below) return below;
  }
  return undefined;
}

function inWords(path: string, what: string): string {
  return `${visibleLine(path)} ${what}, and all that stands in public/ is published: put the file itself there, or remove it.`;
}
