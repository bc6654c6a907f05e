import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readContent, type Sources } from '../load/read-content.ts';
import { inspectJournal, type Journal } from './inspect-journal.ts';
import { journalName, listName } from './journal.ts';
import { holderOf, type Runner } from './lock.ts';
import { notUsed } from './write-content.ts';

const attempts = 1000;
/** In milliseconds. */
const pause = 20;

/**
 * The content folder for those who only read: nothing is written, and nothing keeps them waiting. Where a run was
 * interrupted while writing, some files are new and some are old, and judging such a mixture would find faults that
 * nobody made. So the new texts are laid over it in memory when they fit, as the next run that writes will find them;
 * `remark` says so, or why they are not used.
 */
export async function readSettled(root: string, runner: Runner): Promise<{ sources: Sources; remark?: string }> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await mark(root);
    const sources = await readContent(root);
    const journal = await inspectJournal(root, runner.isTracked);
    // A run that writes meanwhile leaves a mixture in what was read: then it is read again.
    if (attempt === attempts || (await mark(root)) === before) return laidOver(root, sources, journal, runner);
    await setTimeout(pause);
  }
}

/**
 * Changes when a run begins to write or ends, because its lock comes and goes, and when its list does. Between these
 * moments what is read is whole: before there is a list the records are the old ones, and while there is one its new
 * texts are laid over them.
 */
async function mark(root: string): Promise<string> {
  const { mtimeNs } = await stat(root, { bigint: true });
  const list = await lstat(join(root, journalName, listName)).catch(() => undefined);
  return `${mtimeNs} ${list?.ino}`;
}

async function laidOver(
  root: string,
  sources: Sources,
  journal: Journal,
  runner: Runner,
): Promise<{ sources: Sources; remark?: string }> {
  const holder = await holderOf(root, runner);
  // What another run is writing at this moment is not an accident.
  const isAtWork = holder?.state === 'running';
  if (journal.state === 'unfit' && !isAtWork) return { sources, remark: notUsed(journal.why) };
  if (journal.state !== 'complete') return { sources };
  const files = new Map([...sources.files, ...journal.files].map((file) => [file.path, file]));
  const whole = { ...sources, files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
  if (isAtWork) return { sources: whole };
  const paths = inWords(journal.files.map(({ path }) => path));
  const who = holder
    ? `A run on host ${holder.owner.host} is writing ${paths}, or was interrupted`
    : `An earlier run was interrupted while writing ${paths}`;
  return { sources: whole, remark: `${who}; its new texts are read, and the next command that writes will finish it.` };
}

function inWords([first, ...more]: string[]): string {
  return more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
}
