import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readContent, type Sources } from '../load/read-content.ts';
import { lockContent, type NotLocked, type Runner } from './lock.ts';
import { makeDurable, writeDurably } from './plain-file.ts';

/** A file to be written, and the bytes it had when the change was planned; none for a file that was not there. */
export type Change = { path: string; text: string; before: Uint8Array | undefined };

/** Why nothing was written. */
export type Refused = NotLocked | { reason: 'changed'; message: string };

const journalName = '.ccmt-write';

/**
 * Writes several files of the content folder, all or none. The new texts are put into a journal beside them and made durable; from
 * the moment its list is there the write counts as done, and a run that is killed afterwards is finished by the next one.
 * Refuses when another run holds the lock, or a file is no longer as it was when the change was planned; with `basis` any file at all.
 */
export async function writeContent(root: string, changes: readonly Change[], runner: Runner, basis?: Sources): Promise<Refused | undefined> {
  const lock = await lockContent(root, runner);
  if ('message' in lock) return lock;
  try {
    for (const { path, before } of changes) {
      if (!(await isUnchanged(join(root, path), before))) return { reason: 'changed', message: `${path} was changed by someone else meanwhile; nothing was written.` };
    }
    const moved = basis && (await differenceFrom(root, basis));
    if (moved) return { reason: 'changed', message: `${moved} was changed by someone else meanwhile; nothing was written.` };
    await stage(root, changes);
    await finish(root);
    return undefined;
  } finally {
    await lock.release();
  }
}

/** Finishes or forgets what a killed run left behind; to be called before a content folder is read. */
export async function recoverContent(root: string, runner: Runner): Promise<void> {
  if (!(await exists(join(root, journalName)))) return;
  const lock = await lockContent(root, runner);
  if ('message' in lock) return;
  try {
    if (await exists(join(root, journalName, 'list.json'))) await finish(root);
    else await rm(join(root, journalName), { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}

/** The first file of a content folder that is not as it was. */
async function differenceFrom(root: string, basis: Sources): Promise<string | undefined> {
  const before = new Map(basis.files.map(({ path, bytes }) => [path, bytes]));
  const now = await readContent(root);
  const changed = now.files.find(({ path, bytes }) => !before.has(path) || Buffer.compare(before.get(path) as Uint8Array, bytes) !== 0);
  if (changed) return changed.path;
  const present = new Set(now.files.map(({ path }) => path));
  return basis.files.find(({ path }) => !present.has(path))?.path;
}

async function stage(root: string, changes: readonly Change[]): Promise<void> {
  const journal = join(root, journalName);
  await rm(journal, { recursive: true, force: true });
  await mkdir(journal);
  for (const [index, { text }] of changes.entries()) await writeDurably(join(journal, String(index)), text);
  await writeDurably(join(journal, 'list'), JSON.stringify(changes.map(({ path }) => path)));
  await rename(join(journal, 'list'), join(journal, 'list.json'));
  await makeDurable(journal);
}

async function finish(root: string): Promise<void> {
  const journal = join(root, journalName);
  const paths = JSON.parse(await readFile(join(journal, 'list.json'), 'utf8')) as string[];
  for (const [index, path] of paths.entries()) {
    if (!(await exists(join(journal, String(index))))) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await rename(join(journal, String(index)), join(root, path));
  }
  for (const folder of new Set(paths.map((path) => dirname(join(root, path))))) await makeDurable(folder);
  await rm(journal, { recursive: true, force: true });
}

async function isUnchanged(path: string, before: Uint8Array | undefined): Promise<boolean> {
  const now = await readFile(path).catch(() => undefined);
  if (now === undefined || before === undefined) return now === before;
  return Buffer.compare(now, before) === 0;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
