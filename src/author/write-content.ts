import { join } from 'node:path';
import { readContent, type Sources } from '../load/read-content.ts';
import { cameWithCommit, inspectJournal } from './inspect-journal.ts';
import {
  type Change,
  finishJournal,
  forgetJournal,
  journalName,
  mostBytes,
  mostFiles,
  stageJournal,
} from './journal.ts';
import { lockContent, type Runner } from './lock.ts';
import { lstatOf, obstacleOn, readPlain } from './plain-file.ts';
import { isRecordPath, quoted } from './record-path.ts';

export type { Change } from './journal.ts';

/** Why nothing was written. */
export type Refused = { reason: 'locked' | 'changed' | 'refused'; message: string };

/**
 * Writes several records of the content folder, all or none. The new texts are put into a journal beside them and made
 * durable; from the moment its list is there the write counts as done, and a run that is killed afterwards is finished
 * by the next one that writes. Refuses when another run holds the lock, or a file is no longer as it was when the
 * change was planned; with `basis` any file at all.
 */
export async function writeContent(
  root: string,
  changes: readonly Change[],
  runner: Runner,
  basis?: Sources,
): Promise<Refused | undefined> {
  const fault = faultIn(changes);
  if (fault) return { reason: 'refused', message: `Nothing was written, because ${fault}.` };
  const lock = await lockContent(root, runner);
  if ('message' in lock) return lock;
  try {
    return (
      (await settle(root, runner)) ?? (await standsInTheWay(root, changes, basis)) ?? (await carryOut(root, changes))
    );
  } finally {
    await lock.release();
  }
}

/**
 * Finishes or forgets what an interrupted run left behind; to be called by a run that writes before it reads the
 * content folder.
 */
export async function settleContent(root: string, runner: Runner): Promise<Refused | undefined> {
  return (await lstatOf(join(root, journalName))) ? writeContent(root, [], runner) : undefined;
}

/** What is said of a journal that is not believed. */
export function notUsed(why: string): string {
  return `${journalName} in the content folder is not used, because ${why}. Delete ${journalName}${why === cameWithCommit ? ', and commit that' : ''}.`;
}

async function settle(root: string, { isTracked }: Runner): Promise<Refused | undefined> {
  const journal = await inspectJournal(root, isTracked);
  if (journal.state === 'unfit') return { reason: 'refused', message: `Nothing was written: ${notUsed(journal.why)}` };
  if (journal.state === 'complete')
    await finishJournal(
      root,
      journal.files.map(({ path }) => path),
    );
  if (journal.state === 'incomplete') await forgetJournal(root);
  return undefined;
}

/** A mistake of the program, not of its user. */
function faultIn(changes: readonly Change[]): string | undefined {
  const stray = changes.find(({ path }) => !isRecordPath(path));
  if (stray) return `${quoted(stray.path)} is not the path of a record`;
  if (new Set(changes.map(({ path }) => path)).size < changes.length) return 'a file would be written twice';
  if (changes.length > mostFiles) return `more than ${mostFiles} files would be written at once`;
  const large = changes.find(({ text }) => Buffer.byteLength(text) > mostBytes);
  return large && `${large.path} would be larger than ${mostBytes / 1024 / 1024} MB`;
}

async function standsInTheWay(
  root: string,
  changes: readonly Change[],
  basis: Sources | undefined,
): Promise<Refused | undefined> {
  for (const { path, before } of changes) {
    const obstacle = await obstacleOn(root, path);
    if (obstacle)
      return {
        reason: 'refused',
        message: `Nothing was written: ${obstacle}, and records are written into plain folders and files only.`,
      };
    if (!(await isUnchanged(join(root, path), before)))
      return { reason: 'changed', message: `${path} was changed by someone else meanwhile; nothing was written.` };
  }
  const moved = basis && (await differenceFrom(root, basis));
  return moved === undefined
    ? undefined
    : { reason: 'changed', message: `${moved} was changed by someone else meanwhile; nothing was written.` };
}

async function carryOut(root: string, changes: readonly Change[]): Promise<undefined> {
  if (changes.length === 0) return;
  try {
    await stageJournal(root, changes);
  } catch (error) {
    // The disk refused, and says so itself; what it took already is of no use.
    await forgetJournal(root).catch(() => undefined);
    throw error;
  }
  await finishJournal(
    root,
    changes.map(({ path }) => path),
  );
}

/** The first file of a content folder that is not as it was. */
async function differenceFrom(root: string, basis: Sources): Promise<string | undefined> {
  const before = new Map(basis.files.map(({ path, bytes }) => [path, bytes]));
  const now = await readContent(root);
  const changed = now.files.find(
    ({ path, bytes }) => !before.has(path) || Buffer.compare(before.get(path) as Uint8Array, bytes) !== 0,
  );
  if (changed) return changed.path;
  const present = new Set(now.files.map(({ path }) => path));
  return basis.files.find(({ path }) => !present.has(path))?.path;
}

async function isUnchanged(path: string, before: Uint8Array | undefined): Promise<boolean> {
  const now = await readPlain(path, mostBytes);
  if ('bytes' in now) return before !== undefined && Buffer.compare(now.bytes, before) === 0;
  return now.fault === 'absent' && before === undefined;
}
