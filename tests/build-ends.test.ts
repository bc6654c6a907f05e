import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A real build whose launcher, command or Astro is ended while it runs: all three end, and nothing is published. */
const project = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-ends-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isAstro(id: number): boolean {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('astro.mjs');
  } catch {
    return false;
  }
}

describe.runIf(process.platform === 'linux')('a build', () => {
  test.each<[string, number | 'all', NodeJS.Signals]>([
    ['the launcher is killed', 0, 'SIGKILL'],
    ['the command is killed', 1, 'SIGKILL'],
    ['Astro is killed', 2, 'SIGKILL'],
    ['it is interrupted', 0, 'SIGINT'],
    ['Ctrl+C is pressed, which all three are told', 'all', 'SIGINT'],
    ['the terminal is closed', 0, 'SIGHUP'],
  ])('ends as a whole when %s', async (_, victim, signal) => {
    const launcher = spawn('node', [join(project, 'scripts/run.mjs'), 'build', '--out', join(folder, 'dist')], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, CCMT_CONTENT: join(project, 'tests/programmes/ticketing') },
    });
    let said = '';
    launcher.stderr.on('data', (chunk) => (said += String(chunk)));
    const ended = once(launcher, 'exit');
    const family = [launcher.pid as number];
    while (family.length < 3) {
      // The command asks git for the commit first; the third of them is Astro.
      const child = childrenOf(family.at(-1) as number).find((id) => family.length < 2 || isAstro(id));
      if (child) family.push(child);
      await new Promise((done) => setTimeout(done, 20));
    }
    process.kill(victim === 'all' ? -(launcher.pid as number) : (family[victim] as number), signal);
    const [code] = (await ended) as [number | null];
    await expect
      .poll(() => family.filter((id) => existsSync(`/proc/${id}`)), { timeout: 30_000, interval: 100 })
      .toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    const left = readdirSync(join(project, '.ccmt')).filter((name) => name.split('-')[3] === String(family[1]));
    // What Astro writes last is not there: it was ended before.
    expect(left.filter((name) => existsSync(join(project, '.ccmt', name, 'site/_headers')))).toEqual([]);
    if (signal === 'SIGKILL' && victim !== 2) return;
    expect(code).toBe({ SIGINT: 130, SIGHUP: 129 }[signal as string] ?? 70);
    expect(said).toMatch(
      signal === 'SIGKILL'
        ? /^The site could not be built: Astro ended with 137, and said why above\. Nothing was published\.\n$/
        : /^The build was interrupted\. Nothing was published\.\n$/,
    );
    expect(left).toEqual([]);
  });
});

/** The processes that a process has started; none of one that has ended. */
function childrenOf(id: number): number[] {
  const list = `/proc/${id}/task/${id}/children`;
  return existsSync(list) ? readFileSync(list, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}
