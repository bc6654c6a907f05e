import { watch } from 'node:fs';
import { planFixes } from '../../src/author/fix.ts';
import { ruleOf, rules } from '../../src/check/registry.ts';
import type { Diagnostic, Level } from '../../src/diagnostic.ts';
import { counted } from '../../src/model/wording.ts';
import { textFinder } from '../../src/load/decode.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { evaluate } from '../../src/pipeline.ts';
import { type Format, formats } from '../../src/reporters/formats.ts';
import { nearest } from '../../src/validate/nearest.ts';
import { difference } from '../difference.ts';
import { readBase } from '../git-base.ts';
import { differenceOf } from '../plan-difference.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent, writeChanges } from '../workspace.ts';
import { version } from '../version.ts';

export type CheckOptions = ContentOptions & {
  strict?: boolean;
  format?: Format;
  rule?: string[];
  onlyErrors?: boolean;
  all?: boolean;
  maxWarnings?: number;
  plan?: string;
  watch?: boolean;
  fix?: boolean;
  dryRun?: boolean;
  base?: string;
};

type Checked = {
  diagnostics: Diagnostic[];
  all: Diagnostic[];
  sources: Sources;
  prefix: string;
  instant: string;
  difference?: string;
};

/**
 * Reports every problem of every file. Returns 1 when something blocks publication, with `strict` also when something
 * is overdue.
 */
export async function check(options: CheckOptions): Promise<number> {
  const unknown = options.rule?.find((id) => !ruleOf(id));
  if (unknown) {
    const near = nearest(
      unknown,
      rules.map(({ id }) => id),
    );
    throw new Refusal(2, `There is no rule "${unknown}".${near ? ` Did you mean "${near}"?` : ''}`);
  }
  if (options.fix) await fix(options);
  const code = await once(options);
  return options.watch ? again(options) : code;
}

async function once(options: CheckOptions): Promise<number> {
  const report = await read(options);
  process.stdout.write(await print(report, options));
  if (report.difference) process.stderr.write(report.difference);
  const warnings = report.all.filter(({ level }) => level === 'warning').length;
  if (options.maxWarnings !== undefined && warnings > options.maxWarnings) {
    process.stderr.write(
      `${counted(warnings, 'warning')} ${warnings === 1 ? 'is' : 'are'} more than the ${options.maxWarnings} that are allowed.\n`,
    );
    return 1;
  }
  return report.all.some(({ level }) => failingUnder(options).includes(level)) ? 1 : 0;
}

/** Shows what can be fixed without changing any meaning as a difference, and writes it unless it is a dry run. */
async function fix(options: CheckOptions): Promise<void> {
  const { root, prefix, sources, moment } = await openContent(options, { writes: !options.dryRun });
  const changes = planFixes(sources, evaluate(sources, moment, { plan: options.plan }).diagnostics);
  for (const change of changes) process.stdout.write(difference(change, prefix));
  if (changes.length === 0) process.stderr.write('Nothing can be fixed without a decision of yours.\n');
  else if (!options.dryRun) {
    await writeChanges(root, changes);
  }
}

async function read({
  rule,
  onlyErrors,
  all: isAll,
  format,
  plan,
  base: revision,
  ...options
}: CheckOptions): Promise<Checked> {
  const { root, prefix, sources, moment } = await openContent(options);
  const base = revision === undefined ? undefined : await readBase(root, revision);
  const evaluation = evaluate(sources, moment, { plan, causes: true, base });
  const history = evaluation.catalog?.policy.plan.history ?? [];
  if (plan !== undefined && evaluation.catalog && !history.some(({ version }) => version === plan)) {
    throw new Refusal(
      2,
      `The plan has no version "${plan}": it has ${history.map(({ version }) => version).join(', ')}.`,
    );
  }
  const all = evaluation.diagnostics.filter((diagnostic) => !rule || rule.includes(diagnostic.rule));
  // Programs are told what follows from what; people see the causes.
  const isWhole = isAll || format === 'json' || format === 'sarif';
  const diagnostics = all.filter(
    ({ level, causedBy }) => (!onlyErrors || level === 'error') && (isWhole || !causedBy || isOther(causedBy, rule)),
  );
  const report = { diagnostics, all, sources, prefix, instant: moment.instant };
  if (plan === undefined) return report;
  const now = evaluate(sources, moment).diagnostics;
  return { ...report, difference: differenceOf(plan, evaluation.diagnostics, now) };
}

/** True for a cause of a rule that was not asked for, so that what follows from it is all there is to see. */
function isOther({ rule }: { rule: string }, asked: string[] | undefined): boolean {
  return asked !== undefined && !asked.includes(rule);
}

async function print({ diagnostics, all, sources, prefix, instant }: Checked, options: CheckOptions): Promise<string> {
  const report = await formats[options.format ?? 'pretty']();
  return report({
    diagnostics,
    all,
    command: 'check',
    instant,
    files: sources.files.length,
    prefix,
    failing: failingUnder(options),
    rules,
    version,
    site: siteAddress(),
    paint: paintFor(process.stdout),
    textOf: textFinder(sources),
  });
}

function failingUnder({ strict }: CheckOptions): Level[] {
  return strict ? ['error', 'overdue'] : ['error'];
}

function siteAddress(): string | undefined {
  const { CCMT_SITE: site, CCMT_BASE: base } = process.env;
  return site
    ? new URL(`${(base ?? '').replace(/^\/|\/$/g, '')}/`.replace(/^\/$/, ''), site.endsWith('/') ? site : `${site}/`)
        .href
    : undefined;
}

/** Checks again after each change of the content folder, until it is interrupted; a burst of changes counts as one. */
async function again(options: CheckOptions): Promise<number> {
  const { root } = await openContent(options);
  process.stderr.write(`Watching ${root} (Ctrl+C ends it).\n`);
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(root, { recursive: true }, (_, name) => {
    if (name?.split('/').some((part) => part.startsWith('.'))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      once(options).catch((error: Error) => process.stderr.write(`${error.message}\n`));
    }, 100);
  });
  await new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
  watcher.close();
  return 0;
}
