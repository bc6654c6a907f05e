import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of the content folder as it stands on the disk; decoding it is the parser's business. */
export type SourceFile = { path: string; bytes: Uint8Array };

/** All files of a content folder, by path, so that the same tree gives the same report on every machine. */
export type Sources = { root: string; files: SourceFile[] };

/**
 * Reads a content folder. Paths are relative to it, with forward slashes; hidden files and links are left out.
 * Throws when the folder itself cannot be read.
 */
export async function readContent(root: string): Promise<Sources> {
  const paths = (await pathsIn(root, '')).sort();
  const files: SourceFile[] = [];
  const batch = 64;
  for (let start = 0; start < paths.length; start += batch) {
    const part = paths.slice(start, start + batch);
    files.push(...(await Promise.all(part.map(async (path) => ({ path, bytes: await readFile(join(root, path)) })))));
  }
  return { root, files };
}

/** Hidden folders are not looked into: they may vanish meanwhile, as those of a run that writes do, or be closed to this one. */
async function pathsIn(root: string, start: string): Promise<string[]> {
  const entries = (await readdir(join(root, start), { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const own = entries.filter((entry) => entry.isFile()).map(({ name }) => start + name);
  const folders = entries.filter((entry) => entry.isDirectory());
  return [...own, ...(await Promise.all(folders.map(({ name }) => pathsIn(root, `${start}${name}/`)))).flat()];
}
