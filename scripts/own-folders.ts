import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { host, processSpace, startOf, stateHere } from './processes.ts';

const ownName = /^\.ccmt-build-(?<place>[\da-f]{12})-(?<id>\d+)-(?<started>[\w-]+)-[\da-f]{12}$/;
const longestBuild = 60 * 60 * 1000;

/**
 * Makes a folder for the work of this process. Its name says who owns it, so that there is no moment in which that is
 * unknown.
 */
export async function makeOwnFolder(parent: string): Promise<string> {
  const owner = [place(), process.pid, await startOf(process.pid)];
  const path = join(parent, `.ccmt-build-${owner.join('-')}-${randomBytes(6).toString('hex')}`);
  await mkdir(path);
  return path;
}

/** The folders of this kind in a folder, whoever owns them. */
export async function ownFolders(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && ownName.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/**
 * Removes the folders whose owner is gone; never that of a process that still runs. Of an owner on another machine or
 * in another container nothing can be known: its folder goes when it is an hour older than `now`, a time in ms that the
 * same file system gave to another file.
 */
export async function removeAbandoned(parent: string, now: number): Promise<void> {
  for (const name of await ownFolders(parent)) {
    if (await isAbandoned(parent, name, now)) await removeOwn(join(parent, name));
  }
}

/** Removes such a folder. What cannot be removed is not a reason to stop, and is tried again by the next build. */
export async function removeOwn(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

async function isAbandoned(parent: string, name: string, now: number): Promise<boolean> {
  const owner = ownName.exec(name)?.groups as { place: string; id: string; started: string };
  const changed = await stat(join(parent, name)).catch(() => undefined);
  const isOld = changed !== undefined && now - changed.mtimeMs > longestBuild;
  if (owner.place !== place()) return isOld;
  const state = await stateHere(Number(owner.id), owner.started);
  return state === 'unknown' ? isOld : state === 'gone';
}

/** The machine since it was switched on, and the container: where a process number means the same process. */
function place(): string {
  return createHash('sha256').update(`${host()} ${processSpace()}`).digest('hex').slice(0, 12);
}
