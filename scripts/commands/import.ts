import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { writeContent } from '../../src/author/write-content.ts';
import { changesOf } from '../../src/import/apply-import.ts';
import { profileName } from '../../src/import/find/profiles.ts';
import { mapAhead } from '../../src/import/map/ahead.ts';
import { planImport } from '../../src/import/plan-import.ts';
import { type ImportPlan, rowsWith } from '../../src/import/plan.ts';
import type { Refused } from '../../src/import/remark.ts';
import { printPlan } from '../../src/import/show/print.ts';
import type { ImportReport } from '../../src/import/show/report-schema.ts';
import { refusedReport, reportOf } from '../../src/import/show/report.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { type Export, readExport } from '../reader/reader.ts';
import { readMoment } from '../../src/pipeline.ts';
import { nearest } from '../../src/validate/nearest.ts';
import { type Policy, type Records, validate } from '../../src/validate/validate.ts';
import { progressOn } from '../progress.ts';
import { paintFor, Refusal, refusedByDisk } from '../terminal.ts';
import { type ContentOptions, mustBeWhole, openContent, runner } from '../workspace.ts';
import { placeForQuarantine, putAside } from '../quarantine-files.ts';
import { newProfile } from './new-profile.ts';

export type ImportOptions = ContentOptions & {
  profile?: string;
  newProfile?: string;
  sheet?: string;
  dates?: string[];
  exported?: string;
  firstSeen?: boolean;
  takeOver?: string[];
  quarantine?: string;
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
    if (options.json)
      process.stdout.write(
        `${visibleJson(refusedReport(file === '-' ? 'standard input' : basename(file), refusedByDisk(error) ?? (error as Error).message, ''))}\n`,
      );
    throw error;
  }
}

async function run(file: string, options: ImportOptions): Promise<number> {
  const bytes = await readGiven(file);
  const name = file === '-' ? 'standard input' : basename(file);
  const progress = progressOn(process.stderr, name);
  const { root, sources, moment } = await openContent(options, { writes: options.write ?? false });
  mustBeWhole(sources);
  const quarantine = await placeForQuarantine(file, root, options.quarantine);
  // The records are read here while the export is read in other processes.
  let ahead: ReturnType<typeof mapAhead> | undefined;
  const reading = readExport(
    { bytes, path: file === '-' ? undefined : file },
    { progress: progress.report, rows: (rows, isRest) => ahead?.take(rows, isRest) },
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { records } = validate(sources);
  const profile = profileNamed(options.profile, records);
  if (isWhole(records)) ahead = mapAhead(records, { profile, sheet: options.sheet, firstSeen: options.firstSeen });
  const read = await reading;
  progress.end();
  if ('refused' in read) return refuse(name, read, options);
  if (!isWhole(records))
    return refuse(
      name,
      {
        refused: 'The records cannot be read as a whole, so that nothing can be said of what is new.',
        hint: 'Run ccmt check, and mend what it finds first.',
      },
      options,
    );
  if (options.newProfile !== undefined)
    return newProfile(options.newProfile, read, records, {
      root,
      file: name,
      write: options.write ?? false,
      json: options.json ?? false,
    });
  const readable = new Set(records.defects.map((defect) => defect.file));
  const unread = sources.files
    .map(({ path }) => path)
    .filter((path) => /^defects\/[^/]+\.md$/.test(path) && !readable.has(path) && !/README\.md$/i.test(path));
  if (unread.length > 0)
    return refuse(
      name,
      {
        refused: `${unread[0]} cannot be read, so that it is not known which defect of the tracker it is.`,
        hint: 'Run ccmt check, and mend what it finds first.',
      },
      options,
    );
  const plan = planImport(
    read,
    records,
    {
      file: name,
      sha256,
      profile,
      sheet: options.sheet,
      dates: options.dates,
      firstSeen: options.firstSeen,
      exportedAt: exportedAt(options.exported, records.policy.programme.zone) ?? moment.instant,
      takeOver: options.takeOver ?? [],
    },
    ahead?.mapped,
  );
  if ('refused' in plan) return refuse(name, plan, options);
  return options.write ? carryOut(plan, read, { root, sources, quarantine, options }) : show(plan, read, options);
}

function show(plan: ImportPlan, read: Export, options: ImportOptions): number {
  print(
    plan,
    () => reportOf(plan, { written: false, quarantineFiles: [], linesBefore: read.text?.linesBefore }),
    options,
  );
  if (!options.json) process.stderr.write('Nothing was written; --write carries this plan out.\n');
  if (options.check && rowsWith(plan, 'create', 'update').length > 0) return 1;
  return plan.balance.rows.quarantined > 0 ? 1 : 0;
}

type Place = {
  root: string;
  sources: Awaited<ReturnType<typeof openContent>>['sources'];
  quarantine: string;
  options: ImportOptions;
};

async function carryOut(
  plan: ImportPlan,
  read: Export,
  { root, sources, quarantine, options }: Place,
): Promise<number> {
  const { rows } = plan.balance;
  const changes = changesOf(plan, sources);
  // Rows that are set aside are safe before anything else is written; they are taken back when nothing else could be.
  const aside = await putAside(rowsWith(plan, 'quarantine', 'conflict'), quarantine, read.text?.delimiter ?? ',');
  const refused = changes.length > 0 ? await writeContent(root, changes, runner, sources) : undefined;
  if (refused) {
    await aside.takeBack();
    throw new Refusal(refused.reason === 'locked' ? 5 : 3, refused.message);
  }
  print(
    plan,
    () => reportOf(plan, { written: true, quarantineFiles: aside.files, linesBefore: read.text?.linesBefore }),
    options,
  );
  if (!options.json) {
    process.stderr.write(
      changes.length > 0 ? `Written: ${rows.created} new, ${rows.updated} changed.\n` : 'There was nothing to write.\n',
    );
    for (const path of aside.files)
      process.stderr.write(`Quarantined rows are in ${path}; mend them there and import that file.\n`);
  }
  return rows.quarantined > 0 ? 4 : 0;
}

function print(plan: ImportPlan, report: () => ImportReport, { json }: ImportOptions): void {
  process.stdout.write(json ? `${visibleJson(report())}\n` : `${printPlan(plan, paintFor(process.stdout))}\n`);
}

function refuse(name: string, { refused, hint }: Refused, { json }: ImportOptions): number {
  if (json) process.stdout.write(`${visibleJson(refusedReport(name, refused, hint))}\n`);
  else process.stderr.write(`${name}: ${refused} ${hint}\n`);
  return 3;
}

async function readGiven(file: string): Promise<Buffer> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new Refusal(2, `There is no file ${relative('', file) || file}.`);
  if (!found.isFile()) throw new Refusal(2, `${relative('', file) || file} is not a file.`);
  return readFile(file);
}

function profileNamed(name: string | undefined, { profiles }: Records): string | undefined {
  if (name === undefined) return undefined;
  const names = profiles.map(({ file }) => profileName(file));
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw new Refusal(
    2,
    `There is no profile "${name}". ${near ? `Did you mean "${near}"?` : `The profiles are ${names.join(', ') || 'none'}.`}`,
  );
}

function exportedAt(given: string | undefined, zone: string): string | undefined {
  if (given === undefined) return undefined;
  try {
    return readMoment(given, zone);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(2, error.message);
    throw error;
  }
}

function isWhole(records: Records): records is Records & { policy: Policy } {
  return records.policy !== undefined;
}
