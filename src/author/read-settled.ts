import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readContent, type Sources } from '../load/read-content.ts';
import { inspectJournal, type Journal } from './inspect-journal.ts';
import { journalName } from './journal.ts';
import { holderOf, type Runner } from './lock.ts';
import { notUsed } from './write-content.ts';

const attempts = 5;
const pause = 50;

/**
 * The content folder for those who only read: nothing is written, and nothing keeps them waiting. Where a run was interrupted while writing,
 * some files are new and some are old, and judging such a mixture would find faults that nobody made. So the new texts are laid over it in
 * memory when they fit, as the next run that writes will find them; `remark` says so, or why they are not used.
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

/** Changes whenever a run begins or ends to write, or moves a file: the lock and the journal stand in the one folder, the new texts in the other. */
async function mark(root: string): Promise<string> {
  const { mtimeNs } = await stat(root, { bigint: true });
  const journal = await lstat(join(root, journalName), { bigint: true }).catch(() => undefined);
  return `${mtimeNs} ${journal?.mtimeNs}`;
}

async function laidOver(root: string, sources: Sources, journal: Journal, runner: Runner): Promise<{ sources: Sources; remark?: string }> {
  if (journal.state === 'unfit') return { sources, remark: notUsed(journal.why) };
  if (journal.state !== 'complete') return { sources };
  const files = new Map([...sources.files, ...journal.files].map((file) => [file.path, file]));
  const whole = { root: sources.root, files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
  const holder = await holderOf(root, runner);
  // What another run is writing at this moment is no accident.
  if (holder?.state === 'running') return { sources: whole };
  const paths = inWords(journal.files.map(({ path }) => path));
  const who = holder ? `A run on host ${holder.owner.host} is writing ${paths}, or was interrupted` : `An earlier run was interrupted while writing ${paths}`;
  return { sources: whole, remark: `${who}; its new texts are read, and the next command that writes will finish it.` };
}

function inWords([first, ...more]: string[]): string {
  return more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
}
