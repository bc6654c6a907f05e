import { planAdoption } from '../../src/author/adopt.ts';
import { textFinder } from '../../src/load/decode.ts';
import { visibleJson, visibleLine } from '../../src/model/visible.ts';
import { counted } from '../../src/model/wording.ts';
import { jsonReport } from '../../src/reporters/json.ts';
import { listed } from '../../src/reporters/pretty.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, mustBeWhole, openContent, writeChanges } from '../workspace.ts';

export type AdoptOptions = ContentOptions & { dryRun?: boolean; json?: boolean };

/**
 * Takes a history of notes of format 1 over, and says what that proves. Rewrites nothing. Returns 1, and writes
 * nothing, while a note is not as it was published.
 */
export async function adopt(options: AdoptOptions): Promise<number> {
  const { root, prefix, sources, moment } = await openContent(options, { writes: !options.dryRun });
  mustBeWhole(sources);
  const plan = planAdoption(sources, moment);
  if ('refusal' in plan) throw new Refusal(3, plan.refusal);
  if ('diagnostics' in plan) {
    const report = jsonReport('adopt', moment.instant, plan.diagnostics);
    if (options.json) process.stdout.write(`${visibleJson({ ...report, written: false })}\n`);
    else {
      const words = { paint: paintFor(process.stdout), textOf: textFinder(sources), prefix };
      process.stdout.write(`${listed(plan.diagnostics, words)}\n`);
    }
    process.stderr.write('Nothing was adopted: what is wrong with the notes would be taken over with them.\n');
    return 1;
  }
  const { change, notes, lines, releases } = plan;
  if (!options.dryRun) {
    await writeChanges(root, [change]);
  }
  if (options.json) {
    const report = jsonReport('adopt', moment.instant, []);
    const file = `${prefix}${change.path}`;
    process.stdout.write(`${visibleJson({ ...report, written: !options.dryRun, file, notes, lines, releases })}\n`);
    return 0;
  }
  process.stdout.write(
    `${options.dryRun ? 'Would write' : 'Wrote'} ${visibleLine(prefix + change.path)}: ${counted(notes, 'note')} of format 1 and ${counted(lines, 'line')} of ${counted(releases, 'log')}. No other file was changed.\nFrom now on every change of these notes and lines is found. What was changed before today cannot be known from the records: only the history in git can tell it.\n`,
  );
  return 0;
}
