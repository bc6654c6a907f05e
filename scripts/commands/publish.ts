import { textFinder } from '../../src/load/decode.ts';
import { type PublicationPlan, planPublication, withChanges } from '../../src/author/publish-note.ts';
import type { StepState } from '../../src/derive/steps.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import type { Sources } from '../../src/load/read-content.ts';
import type { Stage } from '../../src/model/log.ts';
import { writtenStep } from '../../src/model/step.ts';
import { visibleJson, visibleLine } from '../../src/model/visible.ts';
import { nearest } from '../../src/validate/nearest.ts';
import { validate } from '../../src/validate/validate.ts';
import { jsonReport } from '../../src/reporters/json.ts';
import { listed } from '../../src/reporters/pretty.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { mustBeWhole, openContent, writeChanges } from '../workspace.ts';

export type PublishOptions = {
  content?: string;
  at?: string;
  by?: string[];
  informed?: string[];
  reason?: string;
  dryRun?: boolean;
  json?: boolean;
};

/**
 * Freezes a note and appends its line to the log, and prints the warnings about its release. Nothing is written while a
 * step is open, which returns 3, or when the records with it would have an error about the release, which returns 1.
 */
export async function publish(id: string, stage: Stage, options: PublishOptions): Promise<number> {
  const { root, prefix, sources, moment } = await openContent(
    { ...options, ...(options.at ? { asOf: options.at } : {}) },
    { writes: !options.dryRun },
  );
  mustBeWhole(sources);
  const at = `${moment.instant.slice(0, 16)}:00Z`;
  const plan = planPublication(sources, {
    release: id,
    stage,
    at,
    by: options.by,
    informed: options.informed,
    reason: options.reason,
  });
  if (!('changes' in plan)) return refuse(plan, id, stage, sources, prefix, { ...options, at });
  const { changes, frozen, lineNumber, warnings, elsewhere } = plan;
  if (!options.dryRun) {
    await writeChanges(root, changes);
  }
  const line = (changes[1] as (typeof changes)[number]).path;
  const words = options.dryRun ? 'Would publish' : 'Published';
  if (options.json) {
    process.stdout.write(
      `${visibleJson({ ...jsonReport('publish', at, warnings), written: !options.dryRun, note: `${prefix}${frozen.path}`, log: { file: `${prefix}${line}`, line: lineNumber }, sha256: frozen.published.sha256, errorsElsewhere: elsewhere })}\n`,
    );
    return 0;
  }
  process.stdout.write(
    `${words} the ${stage} note of ${id}: ${visibleLine(prefix + frozen.path)}, and line ${lineNumber} of the log in ${visibleLine(prefix + line)}.\nSHA-256 ${frozen.published.sha256}\n`,
  );
  if (warnings.length > 0) process.stdout.write(`\n${found(warnings, withChanges(sources, changes), prefix)}\n`);
  tellOfOthers(elsewhere);
  return 0;
}

function found(diagnostics: readonly Diagnostic[], sources: Sources, prefix: string): string {
  return listed(diagnostics, { paint: paintFor(process.stdout), textOf: textFinder(sources), prefix });
}

/** What is wrong with other records stops no note of this one, and is not kept quiet. */
function tellOfOthers(count: number): void {
  if (count > 0)
    process.stderr.write(
      `There ${count === 1 ? 'is 1 error' : `are ${count} errors`} about other records, which ccmt check shows.\n`,
    );
}

/** Says why nothing was written. Returns 3 while a step is open, and 1 for errors of the records. */
function refuse(
  plan: Exclude<PublicationPlan, { changes: unknown }>,
  id: string,
  stage: Stage,
  sources: Sources,
  prefix: string,
  options: PublishOptions,
): number {
  if ('refusal' in plan) {
    const known = validate(sources).records.releases.map((release) => release.id);
    const near = known.includes(id) ? undefined : nearest(id, known);
    throw new Refusal(
      known.includes(id) ? 3 : 2,
      [plan.refusal, plan.hint ?? (near ? `Did you mean ${near}?` : '')].filter(Boolean).join(' '),
    );
  }
  if (options.json)
    process.stdout.write(
      `${visibleJson({ ...jsonReport('publish', options.at ?? '', 'diagnostics' in plan ? plan.diagnostics : []), written: false, ...('open' in plan ? { open: plan.open.map(openStep) } : { errorsElsewhere: plan.elsewhere }) })}\n`,
    );
  if ('open' in plan) {
    process.stderr.write(
      `The ${stage} note of ${id} cannot be published yet: ${plan.open.map(({ name }) => name).join(', ')} ${plan.open.length === 1 ? 'is' : 'are'} still open.\n`,
    );
    return 3;
  }
  if (!options.json) process.stdout.write(`${found(plan.diagnostics, plan.sources, prefix)}\n`);
  process.stderr.write(`The ${stage} note of ${id} was not published; nothing was written.\n`);
  tellOfOthers(plan.elsewhere);
  return 1;
}

/** An open step for programs: as the plan writes it, and in words. */
function openStep({ step, name, reason, due }: StepState): Record<string, string | undefined> {
  return { step: writtenStep(step), name, reason, due };
}
