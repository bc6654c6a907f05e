import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { faultOfPublicFolder } from '../src/site/public-folder.ts';
import { Refusal } from './terminal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs Astro out of the project, its output on standard error, because standard output is for results. A signal that
 * would end this process is passed on to it. Answers its exit code, or what shells make of a signal. It also ends when
 * this process is killed.
 */
export async function runAstro(
  project: string,
  args: readonly string[],
  environment: Record<string, string>,
): Promise<number> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
  const fault = await faultOfPublicFolder(join(project, 'public'));
  if (fault) throw new Refusal(3, fault);
  let interruption: NodeJS.Signals | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    interruption = signal;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  const child = spawn(
    process.execPath,
    ['--import', new URL('end-with-parent.ts', import.meta.url).href, bin, ...args],
    {
      cwd: project,
      stdio: ['ignore', 2, 2, 'ipc'],
      env: { ...withoutBundlerWords(process.env), ASTRO_TELEMETRY_DISABLED: '1', ...environment },
    },
  );
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  // A terminal and the launcher both send it, and the second one must not end us while we tidy up.
  if (!interruption) for (const each of signals) process.off(each, passOn);
  const ended = interruption ?? signal;
  return ended ? 128 + constants.signals[ended] : (code ?? 70);
}

/** True for the exit code of what was interrupted by its user, and so is not a fault. */
export function isInterrupted(code: number): boolean {
  return signals.some((signal) => code === 128 + constants.signals[signal]);
}

/** A bundler or test runner around us leaves words in the environment that Astro would take for its own. */
function withoutBundlerWords(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const words = new Set(['BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR', 'NODE_ENV']);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !words.has(name)));
}
