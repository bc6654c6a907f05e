import { basePath, serve } from '../serve.ts';
import { build, type BuildOptions, outOf } from './build.ts';

export type StartOptions = BuildOptions & { port: number; host: string };

/** The main job: checks the records, builds the site and serves it until it is interrupted. */
export async function start(options: StartOptions): Promise<number> {
  const code = await build(options);
  if (code !== 0) return code;
  // A proxy in front of it passes on the name under which the site is published.
  const names = [process.env['CCMT_SITE'] ?? '']
    .filter((site) => URL.canParse(site))
    .map((site) => new URL(site).hostname);
  const { address, server } = await serve(outOf(options), {
    base: basePath(process.env['CCMT_BASE']),
    port: options.port,
    host: options.host,
    names,
  });
  process.stdout.write(`Serving the site at ${address} (Ctrl+C ends it).\n`);
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        server.closeAllConnections();
        server.close(() => done());
      });
    }
  });
  return 0;
}
