import { basename, dirname } from 'node:path';
import type { Runner } from '../src/author/lock.ts';
import type { Owner } from '../src/author/owner.ts';
import { git } from './git.ts';
import { host, type ProcessState, processSpace, startOf, stateHere, unknown } from './processes.ts';

/** This process as the owner of a lock, and what can be known of others; `now` tells the time. */
export function runnerOf(now: () => string, tell: (sentence: string) => void): Runner {
  const own = async (): Promise<Owner> => ({
    process: process.pid,
    started: await startOf(process.pid),
    space: processSpace(),
    since: now(),
    host: host(),
  });
  return { own, stateOf, isTracked, tell };
}

/**
 * Whether the very process that took a lock still runs. A number alone does not say so: it is given to another process
 * later.
 */
async function stateOf(owner: Owner): Promise<ProcessState> {
  if (owner.host !== host()) return 'unknown';
  const [boot, space] = [bootOf(owner.space), bootOf(processSpace())];
  // The machine was started again since; only Linux tells.
  if (boot !== space && boot !== unknown && space !== unknown) return 'gone';
  // Containers that bear one name have numbers of their own.
  if (owner.space !== processSpace()) return 'unknown';
  return stateHere(owner.process, owner.started);
}

function bootOf(space: string): string {
  return space.split('_')[0] as string;
}

/** Whether git keeps a file, or a file of a folder; where there is no git it does not. */
async function isTracked(path: string): Promise<boolean> {
  try {
    const kept = await git(dirname(path), ['--icase-pathspecs', 'ls-files', '-z', '--', basename(path)]);
    return kept.length > 0;
  } catch {
    return false;
  }
}
