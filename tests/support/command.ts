import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { runCommand } from '../../scripts/cli.ts';

/** What a command printed, and how it ended. */
export type Run = { stdout: string; stderr: string; status: number | null };

const cli = fileURLToPath(new URL('../../scripts/cli.ts', import.meta.url));
/** The environment of a caller who has set nothing of ours, off a terminal. */
const environment = { CCMT_CONTENT: undefined, CCMT_AS_OF: undefined, NO_COLOR: '1', FORCE_COLOR: undefined };

/**
 * Runs a command line in a folder, in this process: the same command table, options and exit code as `npx ccmt`,
 * without the time that a process takes to start. What an export holds is still read in processes of its own.
 */
export async function runHere(command: string, folder: string): Promise<Run> {
  const printed = { stdout: '', stderr: '' };
  const before = process.cwd();
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      printed[name] += String(chunk);
      return true;
    }),
  );
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  process.chdir(folder);
  try {
    const status = await runCommand(wordsOf(command));
    return { ...printed, status };
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}

/** Runs a command line in a process of its own, with what it is given on standard input. */
export function runApart(command: string, folder: string, input: string): Run {
  return spawnSync(process.execPath, [cli, ...wordsOf(command)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    input,
  });
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"[^"]*"|\S+/g)].map(([word]) => word.replaceAll('"', ''));
}
