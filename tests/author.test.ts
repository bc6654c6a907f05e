import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runnerOf } from '../scripts/process-state.ts';
import { appendLine } from '../src/author/append-line.ts';
import { type Change, recoverContent, writeContent } from '../src/author/write-content.ts';
import { readContent } from '../src/load/read-content.ts';
import type { LogLine } from '../src/model/index.ts';
import { runnerWith } from './support/writing.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ccmt-author-'));
  mkdirSync(join(root, 'releases'));
  writeFileSync(join(root, 'releases/R01.mdx'), 'old');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const tree = () => Object.fromEntries(readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [join(entry.parentPath, entry.name).slice(root.length + 1), readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
const changes: Change[] = [
  { path: 'releases/R01.mdx', text: 'new', before: Buffer.from('old') },
  { path: 'published/R01/final.json', text: '{}', before: undefined },
];

describe('writing several files', () => {
  test('writes all of them and leaves nothing beside', async () => {
    expect(await writeContent(root, changes, runnerWith())).toBeUndefined();
    expect(tree()).toEqual({ 'releases/R01.mdx': 'new', 'published/R01/final.json': '{}' });
  });

  test('refuses, and writes nothing, when a file is no longer as it was', async () => {
    writeFileSync(join(root, 'releases/R01.mdx'), 'edited meanwhile');
    expect(await writeContent(root, changes, runnerWith())).toMatchObject({ reason: 'changed' });
    expect(tree()).toEqual({ 'releases/R01.mdx': 'edited meanwhile' });
  });

  test('with a basis it refuses when any file at all is not as it was', async () => {
    const basis = await readContent(root);
    expect(await writeContent(root, [changes[1] as Change], runnerWith(), basis)).toBeUndefined();
    expect(await writeContent(root, [{ path: 'defects/D-1.md', text: 'x', before: undefined }], runnerWith(), basis)).toEqual({ reason: 'changed', message: 'published/R01/final.json was changed by someone else meanwhile; nothing was written.' });
    rmSync(join(root, 'published'), { recursive: true });
    rmSync(join(root, 'releases/R01.mdx'));
    expect(await writeContent(root, [{ path: 'defects/D-1.md', text: 'x', before: undefined }], runnerWith(), basis)).toMatchObject({ reason: 'changed' });
    expect(tree()).toEqual({});
  });

  test('refuses when a file appeared that was not there', async () => {
    mkdirSync(join(root, 'published/R01'), { recursive: true });
    writeFileSync(join(root, 'published/R01/final.json'), 'somebody else');
    expect(await writeContent(root, changes, runnerWith())).toMatchObject({ reason: 'changed' });
  });
});

describe('after a run was killed', () => {
  test('what was not listed yet is forgotten', async () => {
    mkdirSync(join(root, '.ccmt-write'));
    writeFileSync(join(root, '.ccmt-write/0'), 'new');
    await recoverContent(root, runnerWith());
    expect(tree()).toEqual({ 'releases/R01.mdx': 'old' });
  });

  test('what was listed is finished, wherever it stopped', async () => {
    mkdirSync(join(root, '.ccmt-write'));
    writeFileSync(join(root, '.ccmt-write/1'), '{}');
    writeFileSync(join(root, '.ccmt-write/list.json'), JSON.stringify(['releases/R01.mdx', 'published/R01/final.json']));
    writeFileSync(join(root, 'releases/R01.mdx'), 'new');
    await recoverContent(root, runnerWith());
    expect(tree()).toEqual({ 'releases/R01.mdx': 'new', 'published/R01/final.json': '{}' });
  });

  test('killed at any moment, the tree is the old one or the new one', { timeout: 60_000 }, async () => {
    const many: Change[] = Array.from({ length: 40 }, (_, index) => ({ path: `defects/D-${1000 + index}.md`, text: `new ${index}`, before: undefined }));
    for (const delay of [0, 2, 4, 6, 8, 10, 13, 16, 20, 30]) {
      rmSync(join(root, 'defects'), { recursive: true, force: true });
      const script = `import { writeContent } from ${JSON.stringify(new URL('../src/author/write-content.ts', import.meta.url).href)};
        import { runnerOf } from ${JSON.stringify(new URL('../scripts/process-state.ts', import.meta.url).href)};
        process.stdout.write('go'); await writeContent(${JSON.stringify(root)}, ${JSON.stringify(many)}, runnerOf(() => '2020-11-26T01:00:00Z', () => {}));`;
      const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise<void>((done) => child.stdout.once('data', () => done()));
      await new Promise((done) => setTimeout(done, delay));
      child.kill('SIGKILL');
      await new Promise((done) => child.once('exit', done));
      await recoverContent(root, runnerOf(() => '2020-11-26T01:00:00Z', () => undefined));
      const written = Object.keys(tree()).filter((path) => path.startsWith('defects/'));
      expect([0, many.length]).toContain(written.length);
      expect(Object.keys(tree()).filter((path) => path.includes('.ccmt-write'))).toEqual([]);
    }
  });
});

describe('one more line in a log', () => {
  const line: LogLine = { at: '2020-09-09T16:00', did: 'approve', by: 'cr', decision: 'approved' };
  const header = '---\nid: R01 # the first\n';

  test.each([
    ['after the last line, comments and blank lines kept', `${header}log:\n  # a week\n  - {at: x, did: propose} # first\n\n---\nBody\n`, `${header}log:\n  # a week\n  - {at: x, did: propose} # first\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n\n---\nBody\n`],
    ['before fields that follow the log', `${header}log:\n- {at: x}\nrequires: [a]\n---\n`, `${header}log:\n- {at: x}\n- {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\nrequires: [a]\n---\n`],
    ['after a line in block form', `${header}log:\n  - at: x\n    did: propose\n---\n`, `${header}log:\n  - at: x\n    did: propose\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\n`],
    ['in place of an empty log', `${header}log: []\n---\n`, `${header}log:\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\n`],
    ['where there is no log yet', `${header}---\nlog: not this one\n`, `${header}log:\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\nlog: not this one\n`],
    ['with the line ends of the file', `${header}log:\n  - {at: x}\n---\n`.replaceAll('\n', '\r\n'), `${header}log:\n  - {at: x}\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\n`.replaceAll('\n', '\r\n')],
  ])('%s', (_, before, after) => expect(appendLine(before, line)).toBe(after));

  test('text that would be read as something else is quoted', () => {
    const appended = appendLine(`${header}log: []\n---\n`, { at: '2020-09-09T16:00', did: 'publish', note: 'erratum', by: 'cr', sha256: '12345678e9', reason: 'Said: "no", {x}, # y' });
    expect(appended).toContain(`sha256: "12345678e9", reason: 'Said: "no", {x}, # y'}`);
  });
});
