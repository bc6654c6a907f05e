import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Run, runApart, runHere } from './support/command.ts';

/** A copy of the second programme, so that commands that write have something to write to. */
const programme = fileURLToPath(new URL('programmes/ticketing', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-cli-'));
  cpSync(programme, join(folder, 'content'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the transcript of a release manager at work, rightly and wrongly', async () => {
  const apart = (command: string) => runApart(command, folder, '');
  const steps: (() => string | Promise<string>)[] = [
    () => ccmt('--version', apart),
    () => ccmt('check', apart),
    () => ccmt('check --format json --as-of 2031-03-18'),
    () => ccmt('publish K02 final', apart),
    () => ccmt('publish K02 provisional'),
    () => ccmt('publish K2 final'),
    () => ccmt('publish K02 erratum'),
    () =>
      edit('releases/K02.mdx', '---\n', '---\n', (text) =>
        text.replace(
          /(\n {2}- \{at: 2031-03-21T10:00.*)/,
          '$1\n  - {at: 2031-03-21T11:00, did: request, by: ro, from: 2031-03-24T05:00, until: 2031-03-24T07:00, effect: none} # asked by telephone\n  - {at: 2031-03-21T11:30, did: approve, by: qu, decision: approved}',
        ),
      ),
    () => ccmt('publish K02 final --at 2031-03-21T12:00 --dry-run'),
    () => ccmt('publish K02 final --at 2031-03-21T12:00'),
    () => show('releases/K02.mdx', /did: (approve|publish, note: final)/),
    () => ccmt('check'),
    () => edit('releases/K02.mdx', 'Seat 13 can be chosen.', 'Seat 13 may be chosen.'),
    () => ccmt('check'),
    () => ccmt('publish K02 erratum --at 2031-03-21T13:00 --reason "The words were wrong"'),
    () => ccmt('check'),
    () => edit('releases/K02.mdx', 'did: approve', 'did: aprove'),
    () => edit('releases/K02.mdx', 'slot: 2031-03-24', 'slot: 2031-02-30'),
    () => ccmt('check'),
    () => ccmt('publish K02 final'),
    () => ccmt('build --out site'),
    () => edit('releases/K02.mdx', 'did: aprove', 'did: approve'),
    () => edit('releases/K02.mdx', 'slot: 2031-02-30', 'slot: 2031-03-24'),
    () => edit('releases/K01.mdx', 'till: "1.10"', 'till: 1.10'),
    () =>
      edit('releases/K01.mdx', '', '', (text) =>
        text.replace(/( {2}- .*did: request.*\n)( {2}- .*did: approve.*\n)/, '$2$1'),
      ),
    () => ccmt('check --rule record-fits-schema'),
    () => ccmt('check --fix --dry-run --only-errors'),
    () => ccmt('check --fix'),
    () => ccmt('check --fix'),
    () => ccmt('check --rule tested-in-time'),
    () => ccmt('check --plan 3'),
    () => ccmt('todo'),
    () => ccmt('explain K02'),
    () => ccmt('explain F-8'),
    () => ccmt('explain F-9'),
    () => ccmt('simulate K02 --drop F-8 --as-of 2031-03-20T12:00'),
    () => ccmt('check --content nowhere'),
    () => ccmt('check --as-of yesterday'),
    () => ccmt('check --as-of 2031-03-09T02:30'),
    () => ccmt('chek', apart),
    () => ccmt('check --formt json'),
  ];
  let transcript = '';
  // One after the other, because each sees what the one before has left.
  for (const step of steps) transcript += `${transcript === '' ? '' : '\n'}${await step()}`;
  await expect(transcript.replaceAll(/[0-9a-f]{64}/g, '<sha256>')).toMatchFileSnapshot('cli.transcript.txt');
});

test('nothing is written by a dry run or a refused publication', async () => {
  const before = snapshot();
  for (const command of [
    'publish K02 final',
    'publish K02 provisional',
    'freeze --dry-run',
    'upgrade',
    'check',
    'publish K02 erratum --reason x --at 2031-03-01T10:00',
  ])
    await ccmt(command);
  expect(snapshot()).toEqual(before);
});

test('what is asked for decides the exit code and what is shown', async () => {
  const sample = fileURLToPath(new URL('../content', import.meta.url));
  expect((await run(`check --content ${sample} --max-warnings 2`)).status).toBe(0);
  expect(await run(`check --content ${sample} --max-warnings 1`)).toMatchObject({
    status: 1,
    stderr: '2 warnings are more than the 1 that are allowed.\n',
  });
  expect((await run(`check --content ${sample} --only-errors`)).stdout).toMatch(/^\d+ files checked/);
  expect(
    (await run(`check --content ${sample} --rule plan-is-signed-off --format github`)).stdout.trim().split('\n'),
  ).toHaveLength(1);
  expect((await run(`check --content ${sample} --as-of 2020-11-19T02:00`)).status).toBe(0);
  expect((await run(`check --content ${sample} --as-of 2020-11-19T02:00 --strict`)).status).toBe(1);
});

test('standard output is one JSON document, also on failure', async () => {
  writeFileSync(join(folder, 'content/programme.yaml'), 'programme: [');
  const { stdout, status } = await run('check --format json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ format: 1, command: 'check', summary: { error: 1 } });
});

const run = (command: string): Promise<Run> => runHere(command, folder);

async function ccmt(command: string, runIn: (command: string) => Run | Promise<Run> = run): Promise<string> {
  const { stdout, stderr, status } = await runIn(command);
  const parts = [
    `$ ccmt ${command}`,
    ...(stdout ? [stdout.trimEnd()] : []),
    ...(stderr
      ? stderr
          .trimEnd()
          .split('\n')
          .map((line) => `! ${line}`)
      : []),
    `→ ${status}`,
  ];
  return `${parts.join('\n')}\n`;
}

function edit(path: string, from: string, to: string, change?: (text: string) => string): string {
  const file = join(folder, 'content', path);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, change ? change(text) : text.replace(from, to));
  return `# content/${path} is edited${change ? '' : `: ${from} → ${to}`}\n`;
}

function show(path: string, pattern: RegExp): string {
  const lines = readFileSync(join(folder, 'content', path), 'utf8').split('\n');
  return `# content/${path}\n${lines.filter((line) => pattern.test(line)).join('\n')}\n`;
}

function snapshot(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => [
      join(entry.parentPath, entry.name),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  );
}
