import { spawn } from 'node:child_process';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textFinder } from '../../src/load/decode.ts';
import { visibleLine } from '../../src/model/visible.ts';
import { evaluate, isPublishable } from '../../src/pipeline.ts';
import { listed, summary } from '../../src/reporters/pretty.ts';
import { faultOfPublicFolder } from '../../src/site/public-folder.ts';
import { listSite } from '../built-site.ts';
import { refuseStranger, siteFolder } from '../site-folder.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

export type BuildOptions = ContentOptions & { out?: string };

/** The folder of the project itself, wherever the command is called from. */
export const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Checks the records and builds the site into a folder beside the target, which is then swapped in. When an error is
 * found, or the build fails, the target stays as it was and nothing is left behind.
 */
export async function build(options: BuildOptions): Promise<number> {
  const { root, prefix, sources, moment } = await openContent(options);
  const target = await siteFolder(outOf(options), { content: root, project });
  const { diagnostics } = evaluate(sources, moment);
  const shown = diagnostics.filter(({ level }) => level !== 'waived' && level !== 'information');
  if (shown.length > 0)
    process.stdout.write(
      `${listed(shown, { paint: paintFor(process.stdout), textOf: textFinder(sources), prefix })}\n`,
    );
  process.stdout.write(`${sources.files.length} files checked as of ${moment.instant}: ${summary(diagnostics)}.\n`);
  if (!isPublishable(diagnostics)) {
    process.stderr.write('Nothing was built: mend the errors first.\n');
    return 1;
  }
  // Inside the project and of its own, because Astro puts what it needs meanwhile into a folder that builds would share
  // otherwise.
  const workshop = join(project, '.ccmt', `build-${process.pid}`);
  try {
    await runAstro(['build', '--silent'], {
      CCMT_CONTENT: root,
      CCMT_AS_OF: moment.instant,
      CCMT_OUT_DIR: join(workshop, 'site'),
      CCMT_CACHE_DIR: join(workshop, 'cache'),
    });
    await listSite(join(workshop, 'site'));
    await refuseStranger(target);
    await publishFolder(join(workshop, 'site'), target);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  process.stdout.write(`Built ${visibleLine(relative('', target) || target)}.\n`);
  return 0;
}

/** Where the site goes. */
export function outOf({ out }: BuildOptions): string {
  return out ?? join(project, 'dist');
}

/** Runs Astro out of the project, its output on standard error, because standard output is for results. */
export async function runAstro(args: string[], environment: Record<string, string>): Promise<void> {
  const fault = await faultOfPublicFolder(join(project, 'public'));
  if (fault) throw new Refusal(3, fault);
  const bin = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: project,
    stdio: ['ignore', 2, 2],
    env: { ...withoutBundlerWords(process.env), ASTRO_TELEMETRY_DISABLED: '1', ...environment },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0
        ? done()
        : fail(
            new Refusal(
              70,
              `The site could not be built: Astro ended with ${code ?? 'a signal'}, and said why above. Nothing was published.`,
            ),
          ),
    );
  });
}

/** A bundler or test runner around us leaves words in the environment that Astro would take for its own. */
function withoutBundlerWords(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const words = new Set(['BASE_URL', 'MODE', 'DEV', 'PROD', 'SSR', 'NODE_ENV']);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !words.has(name)));
}

/** Puts a built site in place of the one before, from beside it, so that readers never see a mixture. */
async function publishFolder(built: string, target: string): Promise<void> {
  const staging = join(dirname(target), `.ccmt-build-${process.pid}`);
  const before = `${staging}-before`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await rename(built, staging).catch(() => cp(built, staging, { recursive: true }));
    await swap(staging, target, before);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function swap(staging: string, target: string, before: string): Promise<void> {
  const isThere = await stat(target).catch(() => undefined);
  if (isThere) await rename(target, before);
  try {
    await rename(staging, target);
  } catch (error) {
    if (isThere) await rename(before, target);
    throw error;
  }
  await rm(before, { recursive: true, force: true });
}
