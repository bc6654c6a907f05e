import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PublicationPlan, planPublication } from '../src/author/publish-note.ts';
import { type Run, runHere } from './support/command.ts';
import { encode, overlay, readTree, textOf } from './support/tree.ts';

const programme = fileURLToPath(new URL('programmes/ticketing', import.meta.url));
const at = '2031-03-21T16:00:00Z';
/** The two steps that the final note of K02 still waits for. */
const asked =
  '  - {at: 2031-03-21T10:30, did: request, by: ro, from: 2031-03-24T05:00, until: 2031-03-24T07:00, effect: none}\n';
const approved = '  - {at: 2031-03-21T10:45, did: approve, by: qu, decision: approved}\n';
const ready = (text: string) =>
  text.replace(/(did: test, in: rehearsal, by: su, outcome: passed\}\n)---/, `$1${asked}${approved}---`);

type Edits = Record<string, (text: string) => string>;

function planned(edits: Edits, request: Partial<Parameters<typeof planPublication>[1]> = {}): PublicationPlan {
  const tree = readTree(programme);
  const files = Object.entries({ 'releases/K02.mdx': ready, ...edits }).map(([path, edit]) => ({
    path,
    bytes: encode(edit(textOf(tree.files.find((file) => file.path === path)))),
  }));
  return planPublication(overlay(tree, files), { release: 'K02', stage: 'final', at, ...request });
}

const told = (plan: PublicationPlan) =>
  'changes' in plan
    ? { warnings: plan.warnings.map(({ message }) => message), elsewhere: plan.elsewhere }
    : 'diagnostics' in plan
      ? { errors: plan.diagnostics.map(({ file, message }) => `${file}: ${message}`), elsewhere: plan.elsewhere }
      : plan;

describe('a publication', () => {
  test('goes ahead when all steps before it are met and nothing is wrong', () =>
    expect(told(planned({}))).toEqual({ warnings: [], elsewhere: 0 }));

  test('is refused for the steps that are open, in words and as the plan writes them', () => {
    const plan = planned({ 'releases/K02.mdx': (text) => text });
    expect('open' in plan && plan.open.map(({ step, name }) => [step.did, name])).toEqual([
      ['request', 'Deployment request'],
      ['approve', 'Approval'],
    ]);
  });

  test('is refused for an error about its release that was there before', () =>
    expect(
      told(
        planned({ 'releases/K02.mdx': (text) => ready(text).replace('did: approve, by: qu', 'did: approve, by: pi') }),
      ),
    ).toEqual({
      errors: ['releases/K02.mdx: "pi" was neither Launch Captain nor a delegate for approvals at this moment.'],
      elsewhere: 0,
    }));

  test('is not refused for an error about another release, which is counted', () =>
    expect(
      told(planned({ 'releases/A01.mdx': (text) => text.replace('did: approve, by: qu', 'did: approve, by: pi') })),
    ).toEqual({ warnings: [], elsewhere: 2 }));

  test('tells the warnings about its release', () =>
    expect(
      told(
        planned({ 'releases/K02.mdx': (text) => ready(text).replace('did: request, by: ro', 'did: request, by: su') }),
      ),
    ).toEqual({
      warnings: ['"su", Quality Lead, wrote a "request" line, which belongs to Launch Captain or Platform Lead.'],
      elsewhere: 0,
    }));

  test('is not refused for an error that it puts right itself', () => {
    const plan = planned(
      { 'releases/K01.mdx': (text) => text.replace(/^summary: .*$/m, 'summary: Other words.') },
      { release: 'K01', stage: 'erratum', reason: 'The words were wrong' },
    );
    expect(told(plan)).toEqual({ warnings: [], elsewhere: 0 });
  });

  test('is refused for an item whose record cannot be read: its note would lack the words', () =>
    expect(told(planned({ 'defects/F-8.md': () => '---\n' }))).toMatchObject({
      errors: [expect.stringMatching(/^defects\/F-8\.md: /)],
    }));

  test.each([
    ['its release', 'releases/K02.mdx'],
    ['a note of its release', 'published/K02/provisional.json'],
  ])('is refused while %s is there and cannot be read', (_, path) =>
    expect(told(planned({ [path]: () => '{' }))).toMatchObject({ errors: [expect.stringContaining(`${path}: `)] }),
  );

  test('is refused for a stage that the type does not have', () =>
    expect(told(planned({}, { release: 'A01', stage: 'provisional' }))).toEqual({
      refusal: 'A01 is of the type "foundation", which has no provisional note.',
      hint: 'Its notes are final, erratum.',
    }));
});

describe('the command', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ccmt-publish-'));
    cpSync(programme, join(folder, 'content'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (command: string): Promise<Run> => runHere(command, folder);
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(folder, 'content', path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const notes = () => readdirSync(join(folder, 'content/published'), { recursive: true }).length;

  test('ends with 3 while a step is open, and says which in words and as tokens', async () => {
    const before = notes();
    expect(await run('publish K02 final --at 2031-03-21T12:00')).toMatchObject({
      status: 3,
      stderr: 'The final note of K02 cannot be published yet: Deployment request, Approval are still open.\n',
    });
    const { stdout, status } = await run('publish K02 final --at 2031-03-21T12:00 --json');
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      written: false,
      open: [
        { step: 'request', name: 'Deployment request' },
        { step: 'approve', name: 'Approval' },
      ],
    });
    expect(notes()).toBe(before);
  });

  test('ends with 3 and a sentence for a stage that the type does not have', async () =>
    expect(await run('publish A01 provisional')).toMatchObject({
      status: 3,
      stderr: 'A01 is of the type "foundation", which has no provisional note. Its notes are final, erratum.\n',
    }));

  test('ends with 1 for an error about the release, and counts those of others in a line', async () => {
    edit('releases/K02.mdx', (text) => ready(text).replace('did: approve, by: qu', 'did: approve, by: pi'));
    edit('releases/A01.mdx', (text) => text.replace('did: approve, by: qu', 'did: approve, by: pi'));
    const { status, stdout, stderr } = await run('publish K02 final --at 2031-03-21T12:00');
    expect([status, stdout.match(/ error /g)?.length]).toEqual([1, 1]);
    expect(stderr).toBe(
      'The final note of K02 was not published; nothing was written.\nThere are 2 errors about other records, which ccmt check shows.\n',
    );
  });

  test('prints the warnings about the release beside what was written', async () => {
    edit('releases/K02.mdx', (text) => ready(text).replace('did: request, by: ro', 'did: request, by: su'));
    const { status, stdout } = await run('publish K02 final --at 2031-03-21T12:00');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Published the final note of K02: [\s\S]*warning "su", Quality Lead, wrote/);
  });

  test('that freezes a history refuses a release whose words cannot be read', async () => {
    edit('releases/K02.mdx', (text) =>
      text.replace(/sha256: "[0-9a-f]+"/, 'sha256: pending').replace(/\n---\n$/, '\n---\n\n<br>\n'),
    );
    const { status, stdout, stderr } = await run('freeze');
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^Nothing was frozen, because releases\/K02\.mdx is not read as a whole: .*\.\n$/);
  });
});
