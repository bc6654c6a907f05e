import { basePath } from '../serve.ts';
import { type ContentOptions, openContent } from '../workspace.ts';
import { runAstro } from './build.ts';

export type DevOptions = ContentOptions & { port: number; host: string };

/** Serves the site while records are edited; findings are printed, and the site goes on. */
export async function dev({ port, host, ...options }: DevOptions): Promise<number> {
  const { root, moment } = await openContent(options);
  process.stderr.write(`Looking as of ${moment.instant}, under ${basePath(process.env['CCMT_BASE'])}.\n`);
  await runAstro(['dev', '--port', String(port), '--host', host], { CCMT_CONTENT: root, CCMT_AS_OF: moment.instant });
  return 0;
}
