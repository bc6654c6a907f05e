import { keepAddresses } from '../../src/author/keep-addresses.ts';
import { counted } from '../../src/model/wording.ts';
import { toDay } from '../../src/model/time.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { evaluate } from '../../src/pipeline.ts';
import { lostInWords } from '../../src/site/addresses.ts';
import { project } from '../../src/site/site.ts';
import { Refusal } from '../terminal.ts';
import { type ContentOptions, mustBeWhole, openContent, writeChanges } from '../workspace.ts';

const path = 'addresses.yaml';

/**
 * Lists the addresses of the site that are not kept yet, and adds them to those that are with `--write`. Returns 1
 * while an address that is kept leads nowhere.
 */
export async function addresses(options: ContentOptions & { write?: boolean; json?: boolean }): Promise<number> {
  const { root, sources, prefix, moment } = await openContent(options, { writes: options.write ?? false });
  const { catalog, diagnostics } = evaluate(sources, moment);
  if (!catalog) throw new Refusal(1, 'The programme cannot be read: run ccmt check first.');
  const { lost, fresh } = project(catalog, diagnostics).kept;
  if (options.write && fresh.length > 0) {
    mustBeWhole(sources);
    const file = sources.files.find((candidate) => candidate.path === path);
    const text = file && Buffer.from(file.bytes).toString('utf8');
    const day = toDay(catalog.asOf, catalog.policy.programme.zone);
    await writeChanges(root, [{ path, text: keepAddresses(text, day, fresh), before: file?.bytes }]);
  }
  if (options.json)
    process.stdout.write(
      `${visibleJson({ format: 1, command: 'addresses', written: options.write ?? false, fresh, lost })}\n`,
    );
  else process.stdout.write(inWords({ lost, fresh }, options.write ? `${prefix}${path}` : undefined));
  return lost.length > 0 ? 1 : 0;
}

function inWords({ lost, fresh }: { lost: string[]; fresh: string[] }, written: string | undefined): string {
  const told = lost.length > 0 ? lostInWords(lost) : '';
  if (fresh.length === 0) return `${told}Every address of the site is kept.\n`;
  if (written) return `${told}Wrote ${counted(fresh.length, 'address', 'addresses')} to ${written}.\n`;
  const list = fresh.map((address) => `${address}\n`).join('');
  return `${told}${list}${counted(fresh.length, 'address is', 'addresses are')} not kept yet: add --write to keep ${fresh.length === 1 ? 'it' : 'them'}.\n`;
}
