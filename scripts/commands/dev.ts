import { isInterrupted, runAstro } from '../run-astro.ts';
import { basePath } from '../serve.ts';
import { Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';
import { project } from './build.ts';

export type DevOptions = ContentOptions & { port: number; host: string };

/** Serves the site while records are edited; findings are printed, and the site goes on. */
export async function dev({ port, host, ...options }: DevOptions): Promise<number> {
  const { root, moment } = await openContent(options);
  process.stderr.write(`Looking as of ${moment.instant}, under ${basePath(process.env['CCMT_BASE'])}.\n`);
  const code = await runAstro(project, ['dev', '--port', String(port), '--host', host], {
    CCMT_CONTENT: root,
    CCMT_AS_OF: moment.instant,
  });
  if (code !== 0 && !isInterrupted(code))
    throw new Refusal(70, `The site cannot be served: Astro ended with ${code}, and said why above.`);
  return 0;
}
