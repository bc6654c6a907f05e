import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** What stands where the system does not tell. */
export const unknown = 'unknown';

export type ProcessState = 'running' | 'gone' | 'unknown';

/**
 * Whether the very process that began then still runs, of those that this one sees. A number alone does not say so: it
 * is given to another process later.
 */
export async function stateHere(id: number, started: string): Promise<ProcessState> {
  const now = await startOf(id);
  if (!isThere(id)) return 'gone';
  if (now === unknown || started === unknown) return 'unknown';
  return now === started ? 'running' : 'gone';
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
export async function startOf(id: number): Promise<string> {
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
export function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}_${readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')}`;
  } catch {
    return unknown;
  }
}

/** The name of this machine, as it may stand in the name of a file. */
export function host(): string {
  return (
    hostname()
      .replaceAll(/[^\w.-]/g, '_')
      .slice(0, 80) || unknown
  );
}
