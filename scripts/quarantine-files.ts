import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, realpath, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { isCode, makeDurable, readPlain, writeDurably } from '../src/author/plain-file.ts';
import type { Planned } from '../src/import/plan.ts';
import { quarantineTexts } from '../src/import/show/quarantine.ts';
import { Refusal } from './terminal.ts';

/** Where rows that are set aside go: the path asked for, else beside the export. Never into the content folder. */
export async function placeForQuarantine(file: string, root: string, asked: string | undefined): Promise<string> {
  const source = file === '-' ? 'standard-input' : file;
  const bare = basename(source, extname(source)).replace(/\.quarantine(?:-\d+)?$/, '');
  if (asked === '') throw new Refusal(2, 'The path of --quarantine is empty.');
  const own = `${bare}.quarantine.csv`;
  const named = resolve(asked ?? join(dirname(source), own));
  const there = await stat(named).catch(() => undefined);
  if (there && !there.isDirectory() && !there.isFile())
    throw new Refusal(
      2,
      `${relative('', named) || named} cannot hold quarantined rows. Name a file or a folder with --quarantine.`,
    );
  const path = there?.isDirectory() ? join(named, own) : named;
  const folder = await realpath(dirname(path)).catch(() => undefined);
  if (folder === undefined)
    throw new Refusal(
      2,
      `There is no folder ${relative('', dirname(path))} for the quarantined rows. Name another place with --quarantine.`,
    );
  const inside = relative(await realpath(root), join(folder, basename(path)));
  if (!inside.startsWith('..') && !/^(?:[A-Za-z]:|\/)/.test(inside))
    throw new Refusal(2, 'Quarantined rows never go into the content folder. Name another place with --quarantine.');
  return path;
}

/**
 * Writes the rows that are set aside, each table to a file of its own. A file that is there already is never written
 * over.
 */
export async function putAside(
  setAside: readonly Planned<'quarantine' | 'conflict'>[],
  path: string,
  delimiter: string,
): Promise<{ files: string[]; takeBack: () => Promise<void> }> {
  const files: { path: string; isNew: boolean }[] = [];
  for (const text of setAside.length === 0 ? [] : quarantineTexts(setAside, delimiter))
    files.push(await writeNew(path, text));
  return {
    files: files.map((file) => relative('', file.path) || file.path),
    takeBack: async () => {
      // What was there before this run stays.
      for (const file of files) if (file.isNew) await rm(file.path, { force: true });
    },
  };
}

/**
 * Believes nothing that stands there already but a plain file with these very rows; a link, a pipe or a folder is
 * passed over like any other file.
 */
async function writeNew(path: string, text: string): Promise<{ path: string; isNew: boolean }> {
  const extension = extname(path);
  // A name that nobody can foresee, and that is not there yet.
  const staging = `${path}.${randomBytes(8).toString('hex')}.part`;
  await writeDurably(staging, text);
  try {
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? path : `${path.slice(0, path.length - extension.length)}-${number}${extension}`;
      if (await isPut(staging, candidate)) return { path: candidate, isNew: true };
      const there = await readPlain(candidate, Buffer.byteLength(text));
      // The same rows as the last time are there already.
      if ('bytes' in there && there.bytes.toString() === text) return { path: candidate, isNew: false };
    }
  } finally {
    await rm(staging, { force: true });
  }
}

/** Puts a file that is whole under another name, unless anything at all stands there, a link to nowhere included. */
async function isPut(staging: string, path: string): Promise<boolean> {
  try {
    // Some disks have no second names for a file.
    await link(staging, path).catch((error: unknown) =>
      isCode(error, 'EEXIST') ? Promise.reject(error as Error) : copyFile(staging, path, constants.COPYFILE_EXCL),
    );
    await makeDurable(dirname(path));
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}
