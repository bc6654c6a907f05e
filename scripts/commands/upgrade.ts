import { planUpgrade, type UpgradePlan } from '../../src/author/upgrade.ts';
import { textFinder } from '../../src/load/decode.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { jsonReport } from '../../src/reporters/json.ts';
import { listed } from '../../src/reporters/pretty.ts';
import { difference } from '../difference.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, mustBeWhole, openContent, writeChanges } from '../workspace.ts';

export type UpgradeOptions = ContentOptions & { dryRun?: boolean; json?: boolean };

/**
 * Raises the format of the records, so that the rules of this version count in full. Returns 1, and writes nothing,
 * when that would bring errors.
 */
export async function upgrade(options: UpgradeOptions): Promise<number> {
  const { root, prefix, sources, moment } = await openContent(options, { writes: !options.dryRun });
  mustBeWhole(sources);
  const plan = planUpgrade(sources, moment);
  if ('refusal' in plan) throw new Refusal(3, plan.refusal);
  const isWritten = plan.changes.length > 0 && plan.errors.length === 0 && !options.dryRun;
  if (isWritten) {
    await writeChanges(root, plan.changes);
  }
  if (options.json) {
    const report = jsonReport('upgrade', moment.instant, plan.errors);
    process.stdout.write(`${visibleJson({ ...report, written: isWritten, from: plan.from, to: plan.to })}\n`);
  } else tell(plan, prefix, isWritten);
  return plan.errors.length > 0 ? 1 : 0;
}

function tell({ from, to, changes, errors, sources }: UpgradePlan, prefix: string, isWritten: boolean): void {
  if (changes.length === 0) {
    process.stdout.write(`The records are in format ${to}, the newest that this version knows.\n`);
    return;
  }
  if (errors.length > 0) {
    const options = { paint: paintFor(process.stdout), textOf: textFinder(sources), prefix };
    process.stdout.write(`${listed(errors, options)}\n`);
    process.stderr.write(
      `In format ${to} these count as errors, so the format stays ${from} and nothing was written. Fix each, or have a waiver granted for what cannot be changed any more.\n`,
    );
    return;
  }
  for (const change of changes) process.stdout.write(difference(change, prefix));
  process.stderr.write(
    isWritten ? `The records are in format ${to} now.\n` : `Nothing was written; without --dry-run this is.\n`,
  );
}
