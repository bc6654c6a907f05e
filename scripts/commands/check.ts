import { decode } from '../../src/load/decode.ts';
import { evaluate } from '../../src/pipeline.ts';
import { jsonReport } from '../../src/reporters/json.ts';
import { pretty, summary } from '../../src/reporters/pretty.ts';
import { paintFor } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

export type CheckOptions = ContentOptions & { strict?: boolean; format?: 'pretty' | 'json' };

/** Reports every problem of every file. Returns 1 when something blocks publication, with `strict` also when something is overdue. */
export async function check(options: CheckOptions): Promise<number> {
  const { prefix, sources, moment } = await openContent(options);
  const { diagnostics } = evaluate(sources, moment);
  if (options.format === 'json') {
    process.stdout.write(`${JSON.stringify(jsonReport('check', moment.instant, diagnostics), null, 2)}\n`);
  } else {
    const shown = diagnostics.filter(({ level }) => level !== 'waived');
    const textOf = textFinder(sources);
    if (shown.length > 0) process.stdout.write(`${pretty(shown, { paint: paintFor(process.stdout), textOf, prefix })}\n`);
    process.stdout.write(`${sources.files.length} files checked as of ${moment.instant}: ${summary(diagnostics)}.\n`);
  }
  const stops = options.strict ? ['error', 'overdue'] : ['error'];
  return diagnostics.some(({ level }) => stops.includes(level)) ? 1 : 0;
}

/** The text of a file as it was read, for code frames. */
export function textFinder({ files }: Awaited<ReturnType<typeof openContent>>['sources']): (path: string) => string | undefined {
  return (path) => {
    const bytes = files.find((file) => file.path === path)?.bytes;
    if (!bytes) return undefined;
    const decoded = decode(path, bytes);
    return 'text' in decoded ? decoded.text : undefined;
  };
}
