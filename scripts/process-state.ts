import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Runner } from '../src/author/lock.ts';
import type { Owner } from '../src/author/owner.ts';
import { host, type ProcessState, processSpace, startOf, stateHere, unknown } from './processes.ts';

const run = promisify(execFile);

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
  // Nothing that came with the records may make git run a command, nor stand in for git itself, which Windows looks for
  // in the folder of the call; as nothing is run, whose repository it is does not matter.
  const safe = [
    '-c',
    'core.fsmonitor=false',
    '-c',
    'safe.bareRepository=explicit',
    '-c',
    'safe.directory=*',
    '-C',
    dirname(path),
  ];
  // A hook of git sets words that mean the folder of its own call.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  try {
    const { stdout } = await run('git', [...safe, '--icase-pathspecs', 'ls-files', '-z', '--', basename(path)], {
      cwd: dirname(process.execPath),
      env,
      timeout: 10_000,
    });
    return stdout !== '';
  } catch {
    return false;
  }
}
