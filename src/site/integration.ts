import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import { textFinder } from '../load/decode.ts';
import type { Sources } from '../load/read-content.ts';
import { visibleLine } from '../model/visible.ts';
import { type AsOf, evaluate, isPublishable } from '../pipeline.ts';
import { conclusion, listed, summary, withoutRemarks } from '../reporters/pretty.ts';
import { lostInWords } from './addresses.ts';
import { completeManifest } from './manifest.ts';
import { faultOfPublicFolder } from './public-folder.ts';
import { writeSearchIndex } from './search-index.ts';
import { rulePagesPlugin } from './rule-pages.ts';
import { headersFile } from './security-headers.ts';
import { project, type Site } from './site.ts';
import { address } from './words/address.ts';

/**
 * The content folder as it stands, and the moment of looking; how both are found is the caller's business, so that no
 * clock is read here.
 */
export type Workspace = { root: string; prefix: string; sources: Sources; moment: AsOf };
export type CcmtOptions = {
  open: () => Promise<Workspace>;
  /** A file with the projection, of a command that has checked the records and starts the build. */
  evaluated?: string | undefined;
};

/** The server of `npm run dev`. */
type Server = Parameters<NonNullable<AstroIntegration['hooks']['astro:server:setup']>>[0]['server'];

const moduleId = 'virtual:ccmt';
const resolvedId = `\0${moduleId}`;

/**
 * Evaluates the records, unless that was done, and hands their public projection to the pages; afterwards writes the
 * search index from it.
 */
export function ccmt({ open, evaluated }: CcmtOptions): AstroIntegration {
  let site: Site;
  let watched: string;
  const read = async (command: string, logger: AstroIntegrationLogger) => {
    const workspace = await open();
    watched = workspace.root;
    site = siteOf(workspace, command, logger) ?? site;
  };
  return {
    name: 'ccmt',
    hooks: {
      'astro:config:setup': async ({ command, config, logger, updateConfig }) => {
        const fault = command === 'sync' ? undefined : await faultOfPublicFolder(fileURLToPath(config.publicDir));
        if (fault) throw new Error(fault);
        if (evaluated) site = JSON.parse(await readFile(evaluated, 'utf8')) as Site;
        else await read(command, logger);
        if (!site)
          throw new Error('The programme cannot be read, so there is nothing to show: fix the findings above.');
        updateConfig({
          redirects: redirectsOf(site.kept, command, config.base),
          vite: {
            plugins: [
              rulePagesPlugin(() => site.frame.terms),
              projectionPlugin(() => ({ site, base: config.base, commit: process.env['CCMT_COMMIT'] || undefined })),
            ],
          },
        });
      },
      'astro:server:setup': ({ server, logger }) =>
        watch(
          server,
          () => watched,
          () => read('dev', logger),
          (error) => logger.error(visibleLine(error.message)),
        ),
      'astro:build:done': async ({ dir }) => {
        const folder = fileURLToPath(dir);
        await writeSearchIndex(site.search, join(folder, 'pagefind'));
        await writeFile(join(folder, '_headers'), headersFile());
        await rm(join(folder, '.prerender'), { recursive: true, force: true });
        await completeManifest(folder, process.env['CCMT_MANIFEST_BEFORE'] || undefined);
      },
    },
  };
}

/** Where the addresses that have no page any more lead; a build does not go on while one leads nowhere. */
function redirectsOf({ lost, moved }: Site['kept'], command: string, base: string): Record<string, string> {
  if (command === 'build' && lost.length > 0) throw new Error(`The site is not built.\n${lostInWords(lost)}`);
  return Object.fromEntries(moved.map(({ from, to }) => [from, address(base, to)]));
}

/** Reads the records again and reloads the pages soon after a file of theirs has changed. */
function watch(server: Server, folder: () => string, read: () => Promise<void>, tell: (error: Error) => void): void {
  server.watcher.add(folder());
  let timer: NodeJS.Timeout | undefined;
  const refresh = async (): Promise<void> => {
    await read();
    for (const environment of Object.values(server.environments)) {
      const module = environment.moduleGraph.getModuleById(resolvedId);
      if (module) environment.moduleGraph.invalidateModule(module);
    }
    for (const environment of Object.values(server.environments)) environment.hot.send({ type: 'full-reload' });
  };
  server.watcher.on('all', (_, path) => {
    const place = relative(folder(), path).replaceAll('\\', '/');
    if (place.startsWith('..') || /(?:^|\/)\.ccmt-/.test(place)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh().catch(tell), 100);
  });
}

/**
 * The projection, or nothing when the records cannot be read at all. A build stops at an error; other commands report
 * and go on.
 */
function siteOf(
  { prefix, sources, moment }: Workspace,
  command: string,
  logger: AstroIntegrationLogger,
): Site | undefined {
  const { catalog, diagnostics } = evaluate(sources, moment);
  const shown = withoutRemarks(diagnostics);
  const isRefused = command === 'build' && !isPublishable(diagnostics);
  if (shown.length > 0 && (command !== 'build' || isRefused)) {
    process.stderr.write(`${listed(shown, { paint: (_, text) => text, textOf: textFinder(sources), prefix })}\n`);
  }
  if (isRefused) throw new Error(`The site is not built: ${summary(diagnostics)}. Fix the errors above first.`);
  if (command !== 'build')
    logger.info(conclusion({ files: sources.files.length, instant: moment.instant, diagnostics }));
  return catalog && project(catalog, diagnostics);
}

type VitePlugin = {
  name: string;
  resolveId: (id: string) => string | undefined;
  load: (id: string) => string | undefined;
};

/** What the module holds; the search records are not for pages. */
type Given = { site: Site; base: string; commit: string | undefined };

/** Serves the projection as a module. JSON.parse of a text is read faster than the same object as code. */
function projectionPlugin(current: () => Given): VitePlugin {
  return {
    name: 'ccmt-projection',
    resolveId: (id) => (id === moduleId ? resolvedId : undefined),
    load: (id) => (id === resolvedId ? moduleText(current()) : undefined),
  };
}

function moduleText({ site: { frame, pages }, base, commit }: Given): string {
  const text = JSON.stringify({ site: { frame, pages }, base, commit });
  return `export const { site, base, commit } = JSON.parse(${JSON.stringify(text)});`;
}
