import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8Text } from '../load/decode.ts';
import { digestOf, type Entry, journalList, journalName, listName, mostBytes, ownName } from './journal.ts';
import { lstatOf, obstacleOn, type Plain, readPlain } from './plain-file.ts';
import { isRecordPath, quoted } from './record-path.ts';

/**
 * What an earlier run left that was interrupted while writing. `incomplete`: it had not begun to touch the records, so
 * there is nothing to finish. `complete`: the new bytes of every file, to be finished. `unfit`: nothing that such a run
 * leaves, for the reason given.
 */
export type Journal =
  | { state: 'none' | 'incomplete' }
  | { state: 'complete'; files: { path: string; bytes: Uint8Array }[] }
  | { state: 'unfit'; why: string };

export const cameWithCommit = 'it came with a commit';

/**
 * Looks at the journal of a content folder and believes nothing in it: it must be complete, name records only, and fit
 * the tree by digest, so that each file is exactly as it was before or as it was to be. Changes nothing, and is waited
 * for by nobody.
 */
export async function inspectJournal(root: string, isTracked: (path: string) => Promise<boolean>): Promise<Journal> {
  try {
    return await inspect(root, isTracked);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return unfit(`it cannot be read (${code})`);
  }
}

async function inspect(root: string, isTracked: (path: string) => Promise<boolean>): Promise<Journal> {
  const folder = join(root, journalName);
  const found = await lstatOf(folder);
  if (!found) return { state: 'none' };
  if (!found.isDirectory()) return unfit('it is not a folder');
  const entries = await readdir(folder, { withFileTypes: true });
  const foreign = entries.find((entry) => !entry.isFile() || !ownName.test(entry.name));
  if (foreign) return unfit(`it holds ${quoted(foreign.name)}, which no run puts there`);
  if (await isTracked(folder)) return unfit(cameWithCommit);
  if (!entries.some(({ name }) => name === listName)) return { state: 'incomplete' };
  const changes = readList(await readPlain(join(folder, listName), mostBytes));
  if ('state' in changes) return changes;
  const unknown = entries.find(({ name }) => /^\d/.test(name) && Number(name) >= changes.length);
  if (unknown) return unfit(`it holds ${quoted(unknown.name)}, which its list does not name`);
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (const [index, entry] of changes.entries()) {
    const file = await readEntry(root, entry, String(index));
    if ('why' in file) return unfit(file.why);
    files.push(file);
  }
  return { state: 'complete', files };
}

function readList(read: Plain): Entry[] | (Journal & { state: 'unfit' }) {
  if (!('bytes' in read)) return unfit('its list cannot be read');
  const changes = parsed(read.bytes);
  if (!changes) return unfit('its list is not one that a run writes');
  const stray = changes.find(({ path }) => !isRecordPath(path));
  if (stray) return unfit(`it names ${quoted(stray.path)}, which is not the path of a record`);
  if (new Set(changes.map(({ path }) => path)).size < changes.length) return unfit('it names a file twice');
  return changes;
}

function parsed(bytes: Uint8Array): Entry[] | undefined {
  try {
    return journalList.safeParse(JSON.parse(utf8Text(bytes) ?? '')).data?.changes;
  } catch {
    return undefined;
  }
}

/**
 * The new bytes of one file. They are looked for in the journal first, because a run that is at work moves them from
 * there.
 */
async function readEntry(
  root: string,
  { path, before, after }: Entry,
  name: string,
): Promise<{ path: string; bytes: Uint8Array } | { why: string }> {
  const obstacle = await obstacleOn(root, path);
  if (obstacle) return { why: obstacle };
  const staged = await readPlain(join(root, journalName, name), mostBytes);
  const there = await readPlain(join(root, path), mostBytes);
  if (stateOf(staged) !== 'absent' && stateOf(staged) !== after)
    return { why: `its new text of ${path} is not the one it lists` };
  if (stateOf(there) === after && 'bytes' in there) return { path, bytes: there.bytes };
  if (stateOf(there) !== before) return { why: `${path} was changed since` };
  return 'bytes' in staged ? { path, bytes: staged.bytes } : { why: `its new text of ${path} is missing` };
}

/** The digest of a file, or why there is none. */
function stateOf(read: Plain): string {
  return 'bytes' in read ? digestOf(read.bytes) : read.fault;
}

function unfit(why: string): Journal & { state: 'unfit' } {
  return { state: 'unfit', why };
}
