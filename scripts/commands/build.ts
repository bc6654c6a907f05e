import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textFinder } from '../../src/load/decode.ts';
import { visibleLine } from '../../src/model/visible.ts';
import { evaluate, isPublishable } from '../../src/pipeline.ts';
import type { Workspace } from '../../src/site/integration.ts';
import { conclusion, listed, withoutRemarks } from '../../src/reporters/pretty.ts';
import { lostInWords } from '../../src/site/addresses.ts';
import { digestOf } from '../../src/site/digests.ts';
import { manifest } from '../../src/site/manifest.ts';
import { project as projectSite, type Site } from '../../src/site/site.ts';
import { commitOf } from '../git.ts';
import { replaceSite } from '../replace-site.ts';
import { isInterrupted, runAstro } from '../run-astro.ts';
import { siteFolder } from '../site-folder.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

export type BuildOptions = ContentOptions & { out?: string; manifestBefore?: string };

/** The folder of the project itself, wherever the command is called from. */
export const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Checks the records and builds the site; when an error is found, or the build fails, the site stays as it was. */
export async function build(options: BuildOptions): Promise<number> {
  const content = await openContent(options);
  const target = await siteFolder(outOf(options), { content: content.root, project });
  const before = await digestOfManifest(options.manifestBefore);
  const commit = process.env['CCMT_COMMIT'] || (await commitOf(content.root));
  // Inside the project, because Astro looks from there for what the pages need.
  const isBuilt = await replaceSite(target, join(project, '.ccmt'), async (workshop) => {
    const site = siteToPublish(content);
    if (!site) return false;
    const evaluated = join(workshop, 'site.json');
    await writeFile(evaluated, JSON.stringify(site));
    await runBuild(workshop, { CCMT_EVALUATED: evaluated, CCMT_COMMIT: commit, CCMT_MANIFEST_BEFORE: before });
    return true;
  });
  if (!isBuilt) return 1;
  process.stdout.write(`Built ${visibleLine(relative('', target) || target)}.\n`);
  return 0;
}

/** The digest of the manifest of the build before; empty where none is given. */
async function digestOfManifest(path: string | undefined): Promise<string> {
  if (path === undefined) return '';
  const bytes = await readFile(path).catch(() => undefined);
  const fault = bytes ? faultOfManifest(bytes.toString('utf8')) : 'cannot be read';
  if (bytes === undefined || fault) throw new Refusal(2, `${path} ${fault}: give the manifest.json of a site.`);
  return digestOf(bytes);
}

function faultOfManifest(text: string): string | undefined {
  try {
    return manifest.safeParse(JSON.parse(text)).success ? undefined : 'is no manifest of a site';
  } catch {
    return 'is no JSON';
  }
}

/** Where the site goes. */
export function outOf({ out }: BuildOptions): string {
  return out ?? join(project, 'dist');
}

/** Prints what was found; answers what the site shows, if it may be built. */
function siteToPublish({ prefix, sources, moment }: Workspace): Site | undefined {
  const { catalog, diagnostics } = evaluate(sources, moment);
  const shown = withoutRemarks(diagnostics);
  if (shown.length > 0)
    process.stdout.write(
      `${listed(shown, { paint: paintFor(process.stdout), textOf: textFinder(sources), prefix })}\n`,
    );
  process.stdout.write(`${conclusion({ files: sources.files.length, instant: moment.instant, diagnostics })}\n`);
  if (catalog && isPublishable(diagnostics)) {
    const site = projectSite(catalog, diagnostics);
    if (site.kept.lost.length === 0) return site;
    process.stdout.write(lostInWords(site.kept.lost));
  }
  process.stderr.write('Nothing was built: fix the errors first.\n');
  return undefined;
}

async function runBuild(workshop: string, environment: Record<string, string>): Promise<void> {
  // The cache is of its own as well, because builds at the same time would share it otherwise.
  const code = await runAstro(project, ['build', '--silent'], {
    ...environment,
    CCMT_OUT_DIR: join(workshop, 'site'),
    CCMT_CACHE_DIR: join(workshop, 'cache'),
  });
  if (isInterrupted(code)) throw new Refusal(code, 'The build was interrupted. Nothing was published.');
  if (code !== 0)
    throw new Refusal(
      70,
      `The site could not be built: Astro ended with ${code}, and said why above. Nothing was published.`,
    );
}
