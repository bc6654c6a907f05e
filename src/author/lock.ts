import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nameOfOwner, type Owner, ownerNamed } from './owner.ts';
import { isCode, lstatOf } from './plain-file.ts';

/** The process that writes, and what can be known of others. */
export type Runner = {
  own: () => Promise<Owner>;
  /** Whether that very process still runs; "unknown" when that cannot be known from here. */
  stateOf: (owner: Owner) => Promise<'running' | 'gone' | 'unknown'>;
  /** Whether git keeps a file, or any file of a folder. */
  isTracked: (path: string) => Promise<boolean>;
  /** Told to whoever started this run. */
  tell: (sentence: string) => void;
};

/** Why a lock was not got. */
export type NotLocked = { reason: 'locked' | 'refused'; message: string };

export const lockName = '.ccmt-lock';
const ignoreName = '.gitignore';
const attempts = 200;

/**
 * Takes the lock of a content folder; answers how to give it back, or why it cannot be had.
 *
 * The lock is a folder that holds one file, whose NAME says who holds it and is never used twice. Each step is one that
 * the disk does whole or not at all, so that a run may be killed between any two of them:
 * - it is made complete beside its place, then renamed into it, which fails when one is there;
 * - it is taken over by renaming the file of the run that is gone to a name of one's own. That name exists once, so one
 * taker gets in;
 * - it is given back by deleting the file with one's own name, which can be nobody else's. A file with the owner in its
 * text would not do: it cannot be replaced on condition that it is still the one that was judged. Nor does
 * proper-lockfile, which deletes the stale lock by its path and so deletes that of a faster taker. Nothing waits until
 * the disk has it: who held a lock when the machine stopped is gone.
 */
export async function lockContent(root: string, runner: Runner): Promise<{ release: () => Promise<void> } | NotLocked> {
  const path = join(root, lockName);
  const own = nameOfOwner(await runner.own());
  const refused = await take(path, own, runner);
  if (refused) return refused;
  await clean(root, runner);
  return { release: () => give(path, own) };
}

/** The run that holds the lock of a content folder, unless it is gone. */
export async function holderOf(
  root: string,
  { stateOf }: Runner,
): Promise<{ owner: Owner; state: 'running' | 'unknown' } | undefined> {
  for (const owner of (await namesIn(join(root, lockName))).map(ownerNamed)) {
    const state = owner && (await stateOf(owner));
    if (owner && state && state !== 'gone') return { owner, state };
  }
  return undefined;
}

async function take(path: string, own: string, runner: Runner): Promise<NotLocked | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const found = await lstatOf(path);
    if (!found) {
      if (await place(path, own)) return undefined;
    } else if (!found.isDirectory()) await removeOdd(path, runner);
    else {
      const outcome = await takeOver(path, own, runner);
      if (outcome === 'taken') return undefined;
      if (outcome !== 'again') return outcome;
    }
  }
  return { reason: 'locked', message: 'Other runs keep writing to this content folder. Try again later.' };
}

/** Puts a lock that is complete into its place, unless one is there. */
async function place(path: string, own: string): Promise<boolean> {
  const made = `${path}-${own}`;
  await mkdir(made).catch((error: Error) => Promise.reject(Object.assign(error, { path })));
  try {
    // The lock hides itself from git, in whosever repository the content stands.
    await writeFile(join(made, ignoreName), '*\n', { flag: 'wx' });
    await writeFile(join(made, own), '', { flag: 'wx' });
    await rename(made, path);
    return true;
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EISDIR', 'EPERM', 'EACCES')) throw error;
    return false;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function takeOver(
  path: string,
  own: string,
  { stateOf, isTracked, tell }: Runner,
): Promise<'taken' | 'again' | NotLocked> {
  const names = (await namesIn(path)).filter((name) => name !== ignoreName);
  const [name] = names;
  if (name === undefined) {
    // Left by a run that was killed while it gave the lock back. This deletes no lock: one that is held is not empty.
    await give(path, undefined);
    return 'again';
  }
  const owner = ownerNamed(name);
  if (names.length > 1 || !owner)
    return {
      reason: 'refused',
      message: `Nothing was written: ${lockName} in the content folder is a folder of somebody else's. Move it away.`,
    };
  const state = await stateOf(owner);
  const isFromCommit = state !== 'gone' && (await isTracked(join(path, name)));
  if (state !== 'gone' && !isFromCommit) return { reason: 'locked', message: heldBy(owner, state) };
  try {
    await rename(join(path, name), join(path, own));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 'again';
    throw error;
  }
  if (isFromCommit)
    tell(`${lockName} in the content folder came with a commit, so it was not believed. Remove it from git.`);
  return 'taken';
}

/**
 * Removes what is not a folder and so no lock. Deleting a file never deletes a folder, so that it cannot hit a lock
 * that was just taken.
 */
async function removeOdd(path: string, { tell }: Runner): Promise<void> {
  try {
    await unlink(path);
    tell(`${lockName} in the content folder was not a lock, so it was removed.`);
  } catch (error) {
    if (!isCode(error, 'ENOENT', 'EISDIR', 'EPERM')) throw error;
  }
}

async function give(path: string, own: string | undefined): Promise<void> {
  if (own !== undefined) await rm(join(path, own), { recursive: true, force: true });
  // From here on nobody is kept out by what is left, and the next run clears it away.
  await rm(join(path, ignoreName), { recursive: true, force: true }).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
}

/** Clears away what runs left that were killed before their lock was in its place. */
async function clean(root: string, { stateOf }: Runner): Promise<void> {
  const start = `${lockName}-`;
  for (const name of await namesIn(root)) {
    const owner = name.startsWith(start) ? ownerNamed(name.slice(start.length)) : undefined;
    if (owner && (await stateOf(owner)) === 'gone') await rm(join(root, name), { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

function heldBy({ process, since, host }: Owner, state: 'running' | 'unknown'): string {
  if (state === 'running') return `Another run (process ${process}, since ${since}) is writing to this content folder.`;
  return `Process ${process} on host ${host} has held ${lockName} in the content folder since ${since}, and it cannot be known from here whether it still runs. If it does not, delete ${lockName}.`;
}
