import { counted } from '../../src/model/counted.ts';
import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textFinder } from '../../src/load/decode.ts';
import { visibleLine } from '../../src/model/visible.ts';
import { evaluate, isPublishable } from '../../src/pipeline.ts';
import type { Workspace } from '../../src/site/integration.ts';
import { listed, summary } from '../../src/reporters/pretty.ts';
import { project as projectSite, type Site } from '../../src/site/site.ts';
import { replaceSite } from '../replace-site.ts';
import { isInterrupted, runAstro } from '../run-astro.ts';
import { siteFolder } from '../site-folder.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

export type BuildOptions = ContentOptions & { out?: string };

/** The folder of the project itself, wherever the command is called from. */
export const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Checks the records and builds the site; when an error is found, or the build fails, the site stays as it was. */
export async function build(options: BuildOptions): Promise<number> {
  const content = await openContent(options);
  const target = await siteFolder(outOf(options), { content: content.root, project });
  // Inside the project, because Astro looks from there for what the pages need.
  const isBuilt = await replaceSite(target, join(project, '.ccmt'), async (workshop) => {
    const site = siteToPublish(content);
    if (!site) return false;
    const evaluated = join(workshop, 'site.json');
    await writeFile(evaluated, JSON.stringify(site));
    await runBuild(workshop, { CCMT_EVALUATED: evaluated });
    return true;
  });
  if (!isBuilt) return 1;
  process.stdout.write(`Built ${visibleLine(relative('', target) || target)}.\n`);
  return 0;
}

/** Where the site goes. */
export function outOf({ out }: BuildOptions): string {
  return out ?? join(project, 'dist');
}

/** Prints what was found; answers what the site shows, if it may be built. */
function siteToPublish({ prefix, sources, moment }: Workspace): Site | undefined {
  const { catalog, diagnostics } = evaluate(sources, moment);
  const shown = diagnostics.filter(({ level }) => level !== 'waived' && level !== 'information');
  if (shown.length > 0)
    process.stdout.write(
      `${listed(shown, { paint: paintFor(process.stdout), textOf: textFinder(sources), prefix })}\n`,
    );
  process.stdout.write(
    `${counted(sources.files.length, 'file')} checked as of ${moment.instant}: ${summary(diagnostics)}.\n`,
  );
  if (catalog && isPublishable(diagnostics)) return projectSite(catalog, diagnostics);
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
