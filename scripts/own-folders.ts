import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const ownName = /^\.ccmt-build-(?<place>[\da-f]{12})-(?<id>\d+)-(?<started>\d+)-[\da-f]{12}$/;
const longestBuild = 60 * 60 * 1000;

/**
 * Makes a folder for the work of this process. Its name says who owns it, so that there is no moment in which that is
 * unknown.
 */
export async function makeOwnFolder(parent: string): Promise<string> {
  const owner = [await here(), process.pid, (await startOf(process.pid)) ?? 0];
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

/** Removes such a folder. What cannot be removed is no reason to stop, and is tried again by the next build. */
export async function removeOwn(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

async function isAbandoned(parent: string, name: string, now: number): Promise<boolean> {
  const { place, id, started } = ownName.exec(name)?.groups as { place: string; id: string; started: string };
  const changed = await stat(join(parent, name)).catch(() => undefined);
  const isOld = changed !== undefined && now - changed.mtimeMs > longestBuild;
  if (place !== (await here())) return isOld;
  const runs = await startOf(Number(id));
  if (runs === undefined) return true;
  const isKnown = runs !== '0' && started !== '0';
  return isKnown ? runs !== started : isOld;
}

/**
 * When a process started, in the words of the system; 0 where it does not say, nothing when there is no such process.
 */
async function startOf(id: number): Promise<string | undefined> {
  if (!isThere(id)) return undefined;
  const text = await readFile(`/proc/${id}/stat`, 'latin1').catch(() => '');
  const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? undefined : (fields[18] ?? '0');
}

function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The machine since it was started, and the container: where a process number means the same process. */
async function here(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const container = await readlink('/proc/self/ns/pid').catch(() => '');
  return createHash('sha256').update(`${hostname()} ${boot} ${container}`).digest('hex').slice(0, 12);
}
