import { createHash } from 'node:crypto';
import { writeContent } from '../../src/author/write-content.ts';
import { changesOf } from '../../src/import/apply-import.ts';
import { mapAhead } from '../../src/import/map/ahead.ts';
import { planImport } from '../../src/import/plan-import.ts';
import { type ImportPlan, rowsWith } from '../../src/import/plan.ts';
import type { Refused } from '../../src/import/remark.ts';
import { printPlan } from '../../src/import/show/print.ts';
import type { ImportReport } from '../../src/import/show/report-schema.ts';
import { refusedReport, reportOf, type ReportOptions } from '../../src/import/show/report.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { recordsAt } from '../../src/derive/policy-at.ts';
import { validate } from '../../src/validate/validate.ts';
import { beyondLimits, digestOfPlan, type Limits, mustFit } from '../import-limits.ts';
import { exportedAt, nameOf, profileNamed, readGiven, unreadRecord } from '../import-input.ts';
import { progressOn } from '../progress.ts';
import { placeForQuarantine, putAside } from '../quarantine-files.ts';
import type { Export } from '../reader/process.ts';
import { readExport } from '../reader/read-export.ts';
import { paintFor, refusedByDisk } from '../terminal.ts';
import { type ContentOptions, mustBeWhole, openContent, runner, refusalOf } from '../workspace.ts';
import { newProfile } from './new-profile.ts';

export type ImportOptions = ContentOptions &
  Limits & {
    profile?: string;
    newProfile?: string;
    sheet?: string;
    dates?: string[];
    exported?: string;
    firstSeen?: boolean;
    takeOver?: string[];
    quarantine?: string;
    encoding?: string;
    without?: string[];
    write?: boolean;
    check?: boolean;
    json?: boolean;
  };

/**
 * Shows what an export would change, or with `write` carries that very plan out. Returns the exit code of the command
 * table. With `json` there is a document whatever happens.
 */
export async function importExport(file: string, options: ImportOptions): Promise<number> {
  try {
    return await run(file, options);
  } catch (error) {
    if (options.json) printJson(refusedReport(nameOf(file), refusedByDisk(error) ?? (error as Error).message, ''));
    throw error;
  }
}

async function run(file: string, options: ImportOptions): Promise<number> {
  const name = nameOf(file);
  mustFit(options);
  const given = await readGiven(file);
  const progress = progressOn(process.stderr, name);
  const { root, sources, moment } = await openContent(options, { writes: options.write ?? false });
  mustBeWhole(sources);
  const quarantine = await placeForQuarantine(file, root, options.quarantine);
  // The records are read here while the export is read in other processes.
  let ahead: ReturnType<typeof mapAhead> | undefined;
  const reading = readExport(
    given,
    { progress: progress.report, rows: (rows, isRest) => ahead?.take(rows, isRest) },
    options.encoding,
  );
  const sha256 = createHash('sha256').update(given.bytes).digest('hex');
  const all = validate(sources).records;
  // Without the lists of the programme nothing can be said of a defect.
  const records = recordsAt(all, moment.instant);
  const unread = options.newProfile === undefined ? unreadRecord(sources, all) : undefined;
  const profile = unread ? undefined : profileNamed(options.profile, all);
  const { sheet, dates, firstSeen, takeOver = [], write = false, json = false } = options;
  if (records) ahead = mapAhead(records, { profile, sheet, firstSeen });
  const read = await reading;
  progress.end();
  if (unread) return refuse(name, unread, options);
  if ('refused' in read) return refuse(name, read, options);
  if (!records) return refuse(name, noPolicy, options);
  if (options.newProfile !== undefined)
    return newProfile(options.newProfile, read, records, { root, file: name, write, json });
  const exported = exportedAt(options.exported, records.policy.programme.zone, given.path) ?? moment.instant;
  const asked = { profile, sheet, dates, firstSeen, takeOver, without: options.without };
  const plan = planImport(read, records, { file: name, sha256, ...asked, exportedAt: exported }, ahead?.mapped);
  if ('refused' in plan) return refuse(name, plan, options);
  const digest = digestOfPlan(sha256, sources, options);
  const beyond = beyondLimits(plan, digest, options);
  if (beyond) return refuse(name, beyond, options);
  return write
    ? carryOut(plan, read, { root, sources, quarantine, options, digest })
    : show(plan, read, digest, options);
}

const noPolicy: Refused = {
  refused: 'The records cannot be read as a whole, so that nothing can be said of what is new.',
  hint: 'Run ccmt check, and fix what it finds first.',
};

function show(plan: ImportPlan, read: Export, digest: string, options: ImportOptions): number {
  print(plan, read, { written: false, quarantineFiles: [], digest }, options);
  if (!options.json) process.stderr.write('Nothing was written; --write carries this plan out.\n');
  if (plan.balance.rows.quarantined > 0) return 4;
  return options.check && rowsWith(plan, 'create', 'update').length > 0 ? 1 : 0;
}

type Place = {
  root: string;
  sources: Sources;
  quarantine: string;
  options: ImportOptions;
  digest: string;
};

async function carryOut(
  plan: ImportPlan,
  read: Export,
  { root, sources, quarantine, options, digest }: Place,
): Promise<number> {
  const { rows } = plan.balance;
  const changes = changesOf(plan, sources);
  // Rows that are set aside are safe before anything else is written; they are taken back when nothing else could be.
  const aside = await putAside(rowsWith(plan, 'quarantine', 'conflict'), quarantine, read.text?.delimiter ?? ',');
  const refused = changes.length > 0 ? await writeContent(root, changes, runner, sources) : undefined;
  if (refused) {
    await aside.takeBack();
    throw refusalOf(refused);
  }
  print(plan, read, { written: true, quarantineFiles: aside.files, digest }, options);
  if (!options.json) {
    process.stderr.write(
      changes.length > 0 ? `Written: ${rows.created} new, ${rows.updated} changed.\n` : 'There was nothing to write.\n',
    );
    for (const path of aside.files)
      process.stderr.write(`Quarantined rows are in ${path}; fix them there and import that file.\n`);
  }
  return rows.quarantined > 0 ? 4 : 0;
}

function print(
  plan: ImportPlan,
  { text }: Export,
  done: Omit<ReportOptions, 'linesBefore'>,
  { json }: ImportOptions,
): void {
  if (json) printJson(reportOf(plan, { ...done, linesBefore: text?.linesBefore }));
  else process.stdout.write(`${printPlan(plan, paintFor(process.stdout))}\n`);
}

function refuse(name: string, { refused, hint }: Refused, { json }: ImportOptions): number {
  if (json) printJson(refusedReport(name, refused, hint));
  else process.stderr.write(`${name}: ${refused} ${hint}\n`);
  return 3;
}

function printJson(report: ImportReport): void {
  process.stdout.write(`${visibleJson(report)}\n`);
}
