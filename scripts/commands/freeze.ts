import { faultOfFreezing, freezePending } from '../../src/author/freeze-pending.ts';
import { visibleLine } from '../../src/model/visible.ts';
import { Refusal } from '../terminal.ts';
import { type ContentOptions, mustBeWhole, openContent, writeChanges } from '../workspace.ts';

/**
 * Freezes every note whose log line says `sha256: pending`, each as of its own moment: how a history kept elsewhere is
 * taken over.
 */
export async function freeze(options: ContentOptions & { dryRun?: boolean }): Promise<number> {
  const { root, sources, prefix } = await openContent(options, { writes: !options.dryRun });
  mustBeWhole(sources);
  const fault = faultOfFreezing(sources);
  if (fault) throw new Refusal(3, fault);
  const changes = freezePending(sources);
  if (!options.dryRun) {
    await writeChanges(root, changes);
  }
  for (const { path } of changes)
    process.stdout.write(`${options.dryRun ? 'Would write' : 'Wrote'} ${visibleLine(prefix + path)}\n`);
  return 0;
}
