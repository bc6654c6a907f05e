import { textFinder } from '../../src/load/decode.ts';
import { type PublicationPlan, planPublication } from '../../src/author/publish-note.ts';
import { writeContent } from '../../src/author/write-content.ts';
import type { Stage } from '../../src/model/log.ts';
import { writtenStep } from '../../src/model/step.ts';
import { visibleJson, visibleLine } from '../../src/model/visible.ts';
import { nearest } from '../../src/validate/nearest.ts';
import { validate } from '../../src/validate/validate.ts';
import { jsonReport } from '../../src/reporters/json.ts';
import { listed } from '../../src/reporters/pretty.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { mustBeWhole, openContent, runner } from '../workspace.ts';

export type PublishOptions = {
  content?: string;
  at?: string;
  by?: string[];
  informed?: string[];
  reason?: string;
  dryRun?: boolean;
  json?: boolean;
};

/** Freezes a note and appends its line to the log. Returns 1 when a gate is open, and nothing is written then. */
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
  if (!('changes' in plan)) return refuse(plan, id, stage, sources, prefix, options);
  const { changes, frozen, lineNumber } = plan;
  if (!options.dryRun) {
    const refused = await writeContent(root, changes, runner);
    if (refused) throw new Refusal(refused.reason === 'locked' ? 5 : 3, refused.message);
  }
  const line = (changes[1] as (typeof changes)[number]).path;
  const words = options.dryRun ? 'Would publish' : 'Published';
  if (options.json) {
    process.stdout.write(
      `${visibleJson({ ...jsonReport('publish', at, []), written: !options.dryRun, note: `${prefix}${frozen.path}`, log: { file: `${prefix}${line}`, line: lineNumber }, sha256: frozen.published.sha256 })}\n`,
    );
  } else {
    process.stdout.write(
      `${words} the ${stage} note of ${id}: ${visibleLine(prefix + frozen.path)}, and line ${lineNumber} of the log in ${visibleLine(prefix + line)}.\nSHA-256 ${frozen.published.sha256}\n`,
    );
  }
  return 0;
}

function refuse(
  plan: Exclude<PublicationPlan, { changes: unknown }>,
  id: string,
  stage: Stage,
  sources: Parameters<typeof textFinder>[0],
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
      `${visibleJson({ ...jsonReport('publish', '', 'diagnostics' in plan ? plan.diagnostics : []), written: false, ...('open' in plan ? { open: plan.open.map(({ step }) => writtenStep(step)) } : {}) })}\n`,
    );
  if ('open' in plan) {
    process.stderr.write(
      `The ${stage} note of ${id} cannot be published yet: ${plan.open.map(({ name }) => name).join(', ')} ${plan.open.length === 1 ? 'is' : 'are'} still open.\n`,
    );
    return 1;
  }
  if (!options.json)
    process.stdout.write(
      `${listed(plan.diagnostics, { paint: paintFor(process.stdout), textOf: textFinder(plan.sources), prefix })}\n`,
    );
  process.stderr.write(`The ${stage} note of ${id} was not published; nothing was written.\n`);
  return 1;
}
