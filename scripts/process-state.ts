import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Runner } from '../src/author/lock.ts';
import type { Owner } from '../src/author/owner.ts';

const run = promisify(execFile);
const unknown = 'unknown';

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
async function stateOf(owner: Owner): Promise<'running' | 'gone' | 'unknown'> {
  if (owner.host !== host()) return 'unknown';
  const [boot, space] = [bootOf(owner.space), bootOf(processSpace())];
  // The machine was started again since; only Linux tells.
  if (boot !== space && boot !== unknown && space !== unknown) return 'gone';
  // Containers that bear one name have numbers of their own.
  if (owner.space !== processSpace()) return 'unknown';
  const started = await startOf(owner.process);
  if (!isThere(owner.process)) return 'gone';
  if (started === unknown || owner.started === unknown) return 'unknown';
  return started === owner.started ? 'running' : 'gone';
}

function isThere(id: number): boolean {
  // Other numbers mean groups of processes.
  if (id < 1 || id > 0x7fff_ffff) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process began, in whatever form the system tells it; "gone" for one that ended and only waits to be fetched.
 */
async function startOf(id: number): Promise<string> {
  try {
    if (process.platform === 'linux') return startInStat(readFileSync(`/proc/${id}/stat`, 'utf8'));
    if (process.platform === 'win32') return unknown;
    const { stdout } = await run('/bin/ps', ['-o', 'lstart=', '-p', String(id)], {
      env: { LC_ALL: 'C', TZ: 'UTC' },
      timeout: 5000,
    });
    return stdout.trim().replaceAll(/\W+/g, '-') || unknown;
  } catch {
    return unknown;
  }
}

/** Field 22; the name in field 2 may hold spaces and brackets. */
function startInStat(stat: string): string {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : (fields[19] ?? unknown);
}

/** The machine since it was switched on, and the set of processes that see each other. */
function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}_${readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')}`;
  } catch {
    return unknown;
  }
}

function bootOf(space: string): string {
  return space.split('_')[0] as string;
}

function host(): string {
  return (
    hostname()
      .replaceAll(/[^\w.-]/g, '_')
      .slice(0, 80) || unknown
  );
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
