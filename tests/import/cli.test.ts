import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importReport } from '../../src/import/show/report-schema.ts';
import { type Run, runApart, runHere } from '../support/command.ts';
import { azureDevOps, jiraCloud, mantisBT } from '../support/exports.ts';
import { holdLock } from '../support/writing.ts';

const sample = fileURLToPath(new URL('../../content', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-import-'));
  cpSync(sample, join(folder, 'content'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string): Promise<Run> => runHere(command, folder);

async function shown(command: string): Promise<string> {
  const { stdout, stderr, status } = await run(command);
  return `$ ccmt ${command}\n${[
    stdout.trimEnd(),
    ...stderr
      .trimEnd()
      .split('\n')
      .filter(Boolean)
      .map((line) => `! ${line}`),
  ]
    .filter(Boolean)
    .join('\n')}\n→ ${status}\n`;
}

const put = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const tree = () =>
  Object.fromEntries(
    readdirSync(join(folder, 'content'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  );
const edit = (name: string, from: string | RegExp, to: string) => put(name, read(name).replace(from, to));

test('the transcript of three weeks of imports, rightly and wrongly', async () => {
  put('monday.csv', azureDevOps().replace('Trials\\Participant messaging', 'Participant messaging'));
  put(
    'week-two.csv',
    azureDevOps()
      .replace('"Active"', '"Resolved","Fixed"'.split(',')[0] as string)
      .replace('"2 - High"', '"1 - Critical"')
      .replace('"Triaged"', '"Somewhere"'),
  );
  put('damaged.csv', `${mantisBT()}0099999,Market trials\r\n`);
  const transcript = [
    await shown('import monday.csv'),
    (await shown('import monday.csv --check --json')).replace(/^\{[\s\S]+^\}$/m, '{ … }'),
    await shown('import monday.csv --write'),
    await shown('import monday.csv --write'),
    await shown('import week-two.csv --exported 2020-11-17T18:00 --write'),
    `# week-two.quarantine.csv\n${read('week-two.quarantine.csv').replace('\ufeff', '').trimEnd()}\n`,
    (edit('week-two.quarantine.csv', 'Somewhere', 'Triaged'),
    '# week-two.quarantine.csv is fixed: Somewhere → Triaged\n'),
    await shown('import week-two.quarantine.csv --exported 2020-11-17T18:00 --write'),
    (edit('content/defects/D-0067.md', 'severity: S1', 'severity: S3 # said by telephone'),
    '# content/defects/D-0067.md is edited: severity: S1 → S3\n'),
    await shown('import monday.csv --exported 2020-11-18T10:00'),
    await shown('import damaged.csv --write'),
    await shown('import nothing.csv'),
    await shown('import .'),
    await shown('import monday.csv --profile azuredevops'),
    await shown('import monday.csv --profile servicenow'),
    await shown('import monday.csv --sheet Defects'),
    await shown('import monday.csv --exported yesterday'),
    await shown('import monday.csv --quarantine content/defects/rows.csv'),
    await shown('import monday.csv --quarantine nowhere/rows.csv'),
    await shown('import monday.csv --new-profile "My Tracker"'),
    await shown('import'),
  ].join('\n');
  await expect(transcript).toMatchFileSnapshot('transcript.txt');
});

describe('for scripts', () => {
  const isValid = new Ajv({ strict: false }).compile(z.toJSONSchema(importReport) as object);
  const report = (result: Run) => {
    const found = JSON.parse(result.stdout) as Record<string, unknown>;
    expect(isValid(found), JSON.stringify(isValid.errors)).toBe(true);
    return found;
  };

  test('standard output is one document of the published form, whatever happens', async () => {
    put('export.csv', azureDevOps());
    put('bad.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    put('empty.csv', '');
    expect(report(await run('import export.csv --json'))).toMatchObject({
      written: false,
      profile: 'azure-devops',
      rows: { read: 10, created: 10 },
    });
    expect(report(await run('import bad.csv --json --write'))).toMatchObject({
      written: true,
      rows: { created: 9, quarantined: 1 },
      quarantineFiles: ['bad.quarantine.csv'],
    });
    expect(report(await run('import empty.csv --json'))).toMatchObject({ refused: { message: 'The file is empty.' } });
    expect(report(await run('import export.csv --new-profile mine --json'))).toMatchObject({
      draft: { path: 'profiles/mine.yaml' },
    });
  });

  test('the exit code says what happened', async () => {
    put('export.csv', azureDevOps());
    put('bad.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    put('empty.csv', '');
    const codes: [string, number | null][] = [];
    for (const command of [
      'import export.csv',
      'import export.csv --check',
      'import bad.csv',
      'import export.csv --check --write',
      'import export.csv --write',
      'import export.csv --check',
      'import bad.csv --write',
      'import empty.csv --write',
      'import export.csv --nonsense',
    ])
      codes.push([command, (await run(command)).status]);
    expect(codes).toEqual([
      ['import export.csv', 0],
      ['import export.csv --check', 1],
      ['import bad.csv', 4],
      ['import export.csv --check --write', 2],
      ['import export.csv --write', 0],
      ['import export.csv --check', 0],
      ['import bad.csv --write', 4],
      ['import empty.csv --write', 3],
      ['import export.csv --nonsense', 2],
    ]);
    put('content/profiles/jira-cloud.yaml', 'title: Half a profile\n');
    for (const command of ['import export.csv --json', 'import export.csv --profile jira-cloud --json']) {
      const result = await run(command);
      expect(result.status).toBe(3);
      expect(report(result)).toMatchObject({
        refused: { message: expect.stringContaining('profiles/jira-cloud.yaml cannot be read') as string },
      });
    }
    rmSync(join(folder, 'content/profiles/jira-cloud.yaml'));
    await holdLock(join(folder, 'content'));
    put('other.csv', azureDevOps().replace('S72 is', 'S72 was'));
    expect(await run('import other.csv --write')).toMatchObject({ status: 5, stdout: '' });
  });

  test('a plan that was reviewed is the one that is carried out, within its limits', async () => {
    put('export.csv', azureDevOps());
    const reviewed = report(await run('import export.csv --json')) as { digest: string; created: { fields: object }[] };
    expect(reviewed.created[0]?.fields).toMatchObject({ status: expect.any(String) as string });
    expect(await run(`import export.csv --write --expect ${'0'.repeat(64)}`)).toMatchObject({ status: 3, stdout: '' });
    expect((await run(`import export.csv --write --expect ${reviewed.digest}`)).status).toBe(0);
    const again = await run(`import export.csv --write --expect ${reviewed.digest}`);
    expect(again.stderr).toContain('is not the one that was reviewed');
    const half = azureDevOps().split('\n').slice(0, 5).join('\n');
    put('half.csv', `${half}\n`);
    expect((await run('import half.csv --max-absent 1%')).stderr).toContain('--max-absent 1% allows');
    expect((await run('import half.csv --max-absent 1%')).status).toBe(3);
    expect((await run('import half.csv --max-absent 100%')).status).toBe(0);
    expect((await run('import half.csv --max-absent many')).status).toBe(2);
    put('moved.csv', azureDevOps().replaceAll('"Triaged"', '"Closed"'));
    expect((await run('import moved.csv --max-changes 0')).stderr).toContain(
      'would change, and --max-changes 0 allows 0',
    );
    utimesSync(join(folder, 'moved.csv'), 1_599_555_600, 1_599_555_600);
    expect((await run('import moved.csv --exported file')).stdout).toContain('as of 2020-09-08T10:00');
    expect((await run('import moved.csv --dates yyyy-MM-ddTHH:mm')).stderr).toContain('has "T", which is no part');
    expect((await run('import export.csv --encoding klingon')).status).toBe(2);
    expect((await run('import export.csv --without title')).stderr).toContain('not without "title"');
  });

  test('nothing is written without --write, nor when the export is refused', async () => {
    put('export.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    put('cut.csv', azureDevOps().slice(0, 900));
    const before = [tree(), readdirSync(folder)];
    for (const command of [
      'import export.csv',
      'import export.csv --json',
      'import export.csv --check',
      'import cut.csv --write',
      'import export.csv --new-profile mine',
      'import export.csv --write --profile alm',
    ])
      await run(command);
    expect([tree(), readdirSync(folder)]).toEqual(before);
  });

  test('there is a document when the command is misused, too', async () => {
    for (const command of ['import nothing.csv --json', 'import . --json', 'import x --profile none --json']) {
      put('x', azureDevOps());
      const result = await run(command);
      expect([result.status, typeof (report(result)['refused'] as { message: string }).message]).toEqual([2, 'string']);
    }
  });

  test('quarantined rows go into a folder that is named, and nowhere odd', async () => {
    put('export.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    mkdirSync(join(folder, 'aside'));
    await run('import export.csv --write --quarantine aside');
    expect(readdirSync(join(folder, 'aside'))).toEqual(['export.quarantine.csv']);
    for (const place of ['/dev/null', '""'])
      expect((await run(`import export.csv --quarantine ${place}`)).status).toBe(2);
  });

  test('a process of its own reads standard input, and the caller gets its output, its exit code and the quarantined rows', () => {
    const { status, stdout, stderr } = runApart(
      'import - --write',
      folder,
      jiraCloud().replace('Waiting for support', 'Somewhere'),
    );
    expect([status, stdout.split('\n')[0]]).toEqual([
      4,
      'standard input · profile jira-cloud · 10 rows · as of 2020-11-18T11:00',
    ]);
    expect(stderr).toBe(
      'Written: 9 new, 0 changed.\nQuarantined rows are in standard-input.quarantine.csv; fix them there and import that file.\n',
    );
    expect(read('standard-input.quarantine.csv')).toContain(
      'E3 (Status): ""Somewhere"" is not in the map of profile jira-cloud',
    );
  });

  test('rows that were set aside are never written over', async () => {
    put('export.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    await run('import export.csv --write');
    edit('export.quarantine.csv', 'Somewhere', 'Fixed half');
    expect((await run('import export.csv --write')).stderr).toContain('export.quarantine-2.csv');
    expect((await run('import export.csv --write')).stderr).toContain('export.quarantine-2.csv');
    expect(read('export.quarantine.csv')).toContain('Fixed half');
    expect(readdirSync(folder).filter((name) => name.includes('quarantine'))).toHaveLength(2);
  });

  test('a refused write takes its quarantined rows back, and leaves those of an earlier run', async () => {
    put('export.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    const lockedRun = async () => {
      const release = await holdLock(join(folder, 'content'));
      const { status } = await run('import export.csv --write');
      await release();
      return status;
    };
    expect([await lockedRun(), existsSync(join(folder, 'export.quarantine.csv'))]).toEqual([5, false]);
    expect((await run('import export.csv --write')).status).toBe(4);
    rmSync(join(folder, 'content'), { recursive: true });
    cpSync(sample, join(folder, 'content'), { recursive: true });
    expect([await lockedRun(), existsSync(join(folder, 'export.quarantine.csv'))]).toEqual([5, true]);
  });

  test.each<[string, (path: string) => void]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a folder', (path) => mkdirSync(path)],
    ['a link to nowhere', (path) => symlinkSync('content/defects/D-9999.md', path)],
    ['a link to a file', (path) => symlinkSync('export.csv', path)],
  ])('what stands where quarantined rows would go is passed over, be it %s', async (_, stand) => {
    put('export.csv', azureDevOps().replace('"Triaged"', '"Somewhere"'));
    put('export.quarantine.csv', 'rows of another week');
    stand(join(folder, 'export.quarantine-2.csv'));
    const before = readdirSync(folder);
    expect(await run('import export.csv --write')).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('Quarantined rows are in export.quarantine-3.csv') as string,
    });
    expect(readdirSync(folder)).toEqual([...before, 'export.quarantine-3.csv'].toSorted());
    expect([read('export.quarantine.csv'), existsSync(join(folder, 'content/defects/D-9999.md'))]).toEqual([
      'rows of another week',
      false,
    ]);
  });

  test('a pipe that stands first where quarantined rows would go is named', async () => {
    put('export.csv', azureDevOps());
    execFileSync('mkfifo', [join(folder, 'export.quarantine.csv')]);
    expect(await run('import export.csv --write')).toMatchObject({
      status: 2,
      stderr: 'export.quarantine.csv cannot hold quarantined rows. Name a file or a folder with --quarantine.\n',
    });
  });

  test('a formula in a quarantined row is no formula, and comes back as it was', async () => {
    const text = azureDevOps()
      .replace('"Triaged"', '"Somewhere"')
      .replace('No registration can be sent', '=HYPERLINK(1)');
    put('export.csv', text);
    await run('import export.csv --write');
    expect(read('export.quarantine.csv')).toContain("'=HYPERLINK(1)");
    edit('export.quarantine.csv', 'Somewhere', 'Triaged');
    expect((await run('import export.quarantine.csv --write')).status).toBe(0);
    expect(
      Object.values(tree()).some(
        (record) =>
          record.includes('title: "=HYPERLINK(1)') ||
          record.includes("title: '=HYPERLINK(1)") ||
          record.includes('title: =HYPERLINK(1)'),
      ),
    ).toBe(true);
  });

  test('records that cannot be read are fixed first', async () => {
    put('export.csv', azureDevOps());
    writeFileSync(join(folder, 'content/defects/D-0001.md'), '---\nid: [\n---\n');
    expect(await run('import export.csv')).toMatchObject({
      status: 3,
      stderr:
        'export.csv: defects/D-0001.md cannot be read, so that it is not known which defect of the tracker it is. Run ccmt check, and fix what it finds first.\n',
    });
  });

  test('what is written passes the check', async () => {
    put('export.csv', azureDevOps());
    await run('import export.csv --write');
    expect((await run('check --only-errors')).stdout).toContain(': 0 errors');
  });

  test('a folder with odd names is no obstacle', async () => {
    mkdirSync(join(folder, 'ein Ordner 🚢'));
    put('ein Ordner 🚢/Jira (1).csv', jiraCloud().replace('Waiting for support', 'Somewhere'));
    expect((await run('import "ein Ordner 🚢/Jira (1).csv" --write')).status).toBe(4);
    expect(existsSync(join(folder, 'ein Ordner 🚢/Jira (1).quarantine.csv'))).toBe(true);
  });
});

describe('a profile drafted from an export', () => {
  test('is a profile that the import can use once what is open was decided', async () => {
    put(
      'register.csv',
      'Ref;Headline;State;Sev.;Date raised;Area;Remarks\n1;It fails;Open;High;25/09/2020;Core;ask\n2;Again;In a box;Low;03/09/2020;Core;\n',
    );
    const { status, stderr } = await run('import register.csv --new-profile harbour --write');
    expect([status, stderr]).toEqual([0, 'Written: profiles/harbour.yaml.\nSay what "In a box" means as status.\n']);
    expect(read('content/profiles/harbour.yaml')).toMatchSnapshot();
    expect((await run('check --only-errors')).stdout).toContain(': 0 errors');
    expect((await run('import register.csv --profile harbour')).stdout).toContain(
      'C3 (State): "In a box" is not in the map of profile harbour',
    );
    expect((await run('import register.csv --new-profile harbour')).status).toBe(3);
  });
});
