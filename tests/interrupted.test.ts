import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stageJournal } from '../src/author/journal.ts';
import { filesIn, holdLock } from './support/writing.ts';

/** A copy of the second programme, in which a run was interrupted while writing. */
const programme = fileURLToPath(new URL('programmes/ticketing', import.meta.url));
const cli = fileURLToPath(new URL('../scripts/cli.ts', import.meta.url));
let folder: string;
let content: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-interrupted-'));
  content = join(folder, 'content');
  cpSync(programme, content, { recursive: true });
  writeFileSync(
    join(folder, 'register.csv'),
    'Ref;Headline;State;Sev.;Date raised;Area\n1;It fails;Open;High;25/09/2030;Core\n2;Again;Open;Low;03/09/2030;Core\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string): { stdout: string; stderr: string; status: number | null } {
  const { CCMT_CONTENT: _content, CCMT_AS_OF: _asOf, ...environment } = process.env;
  return spawnSync(process.execPath, [cli, ...command.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment, NO_COLOR: '1' },
    timeout: 60_000,
  });
}

const bytesOf = (path: string) => readFileSync(join(content, path));
const edited = (path: string, from: string | RegExp, to: string) => ({
  path,
  text: bytesOf(path).toString().replace(from, to),
  before: bytesOf(path),
});
const said =
  'An earlier run was interrupted while writing defects/F-7.md and 1 more; its new texts are read, and the next command that writes will finish it.\n';

/** One file was moved, one is still in the journal: what they say together is right, what either says alone is not. */
async function interrupt(): Promise<ReturnType<typeof filesIn>> {
  const changes = [
    edited('defects/F-7.md', 'The till forgets', 'The till loses'),
    edited('changes/CH-1.md', /^(title: ).*$/m, '$1Renamed'),
  ];
  await stageJournal(content, changes);
  renameSync(join(content, '.ccmt-write/0'), join(content, 'defects/F-7.md'));
  const records = Object.entries(filesIn(content)).filter(([path]) => !path.startsWith('.'));
  return { ...Object.fromEntries(records), ...Object.fromEntries(changes.map(({ path, text }) => [path, text])) };
}

const timesOf = () => Object.keys(filesIn(content)).map((path) => [path, statSync(join(content, path)).mtimeMs]);

describe('a command that only reads', () => {
  test.each([
    ['check', 0, ''],
    ['check --fix --dry-run', 0, 'Nothing can be fixed without a decision of yours.\n'],
    ['todo', 0, ''],
    ['simulate K02 --drop F-8 --as-of 2031-03-20T12:00', 0, ''],
    [
      'publish K02 final --dry-run',
      3,
      'The final note of K02 cannot be published yet: Deployment request, Approval are still open.\n',
    ],
    ['freeze --dry-run', 0, ''],
    ['import register.csv', 3, expect.stringMatching(/^register\.csv: /)],
    ['import register.csv --new-profile mine', 0, expect.stringMatching(/^Nothing was written; /)],
    ['explain F-7', 0, ''],
    ['explain CH-1', 0, ''],
  ])(
    'ccmt %s tells once of a run that was interrupted, reads what it wrote, and writes nothing',
    async (command, expected, messages) => {
      await interrupt();
      const before = [filesIn(folder), timesOf()];
      const { stdout, stderr, status } = run(command);
      expect([status, stderr.replace(said, '')]).toEqual([expected, messages]);
      expect(stderr.split(said)).toHaveLength(2);
      // One of them was moved, the other was not.
      if (command.startsWith('explain')) expect(stdout).toMatch(/^F-7 · The till loses|^CH-1 · Renamed/);
      expect([filesIn(folder), timesOf()]).toEqual(before);
    },
  );

  test('is not kept by a journal that does not fit, and believes nothing of it', async () => {
    const victim = join(folder, 'victim.ts');
    writeFileSync(victim, 'old');
    mkdirSync(join(content, '.ccmt-write'));
    writeFileSync(join(content, '.ccmt-write/list.json'), '["../victim.ts"]');
    writeFileSync(join(content, '.ccmt-write/0'), 'new');
    const why =
      '.ccmt-write in the content folder is not used, because its list is not one that a run writes. Delete .ccmt-write.\n';
    expect(run('check')).toMatchObject({ status: 0, stderr: why });
    expect(run('freeze')).toMatchObject({ status: 3, stdout: '', stderr: `Nothing was written: ${why}` });
    expect(readFileSync(victim, 'utf8')).toBe('old');
  });

  test('is not kept by a lock', async () => {
    await holdLock(content);
    expect(run('check')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a command that writes', () => {
  test.each([
    ['publish K02 provisional', 3],
    ['freeze', 0],
    ['check --fix', 0],
    ['import register.csv --write', 3],
    ['import register.csv --new-profile mine --write', 0],
  ])('ccmt %s finishes it, even when it has nothing to write itself', async (command, expected) => {
    const whole = await interrupt();
    const { stderr, status } = run(command);
    expect([status, stderr.includes('interrupted')]).toEqual([expected, false]);
    const { 'profiles/mine.yaml': _drafted, ...now } = filesIn(content);
    expect(now).toEqual(whole);
  });

  test.each([
    [
      'publish K02 final --at 2031-03-21T12:00',
      () =>
        edit(
          'releases/K02.mdx',
          /(\n {2}- \{at: 2031-03-21T10:00.*)/,
          '$1\n  - {at: 2031-03-21T11:00, did: request, by: ro, from: 2031-03-24T05:00, until: 2031-03-24T07:00, effect: none}\n  - {at: 2031-03-21T11:30, did: approve, by: qu, decision: approved}',
        ),
    ],
    ['freeze', () => undefined],
    ['check --fix', () => edit('releases/K01.mdx', 'till: "1.10"', 'till: 1.10')],
    ['import register.csv --new-profile mine --write', () => undefined],
  ])('ccmt %s ends with 5 while another run holds the lock', async (command, prepare) => {
    prepare();
    const before = filesIn(content);
    const release = await holdLock(content);
    expect(run(command)).toMatchObject({
      status: 5,
      stderr: `Another run (process ${process.pid}, since 2020-11-26T01:00:00Z) is writing to this content folder.\n`,
    });
    await release();
    expect(filesIn(content)).toEqual(before);
    expect(run(command).status).toBeLessThan(2);
  });

  test('that finds an interrupted run and another one that holds the lock ends with 5, too', async () => {
    await interrupt();
    const before = filesIn(content);
    const release = await holdLock(content);
    for (const command of ['freeze', 'check --fix', 'publish K02 provisional', 'import register.csv --write'])
      expect([command, run(command).status]).toEqual([command, 5]);
    await release();
    expect(filesIn(content)).toEqual(before);
  });

  function edit(path: string, from: string | RegExp, to: string): void {
    writeFileSync(join(content, path), edited(path, from, to).text);
  }
});
