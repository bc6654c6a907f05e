import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runnerOf } from '../scripts/process-state.ts';
import { appendLine } from '../src/author/append-line.ts';
import { stageJournal } from '../src/author/journal.ts';
import { readSettled } from '../src/author/read-settled.ts';
import { type Change, settleContent, writeContent } from '../src/author/write-content.ts';
import { readContent } from '../src/load/read-content.ts';
import type { LogLine } from '../src/model/log.ts';
import { filesIn, newFolder, runnerWith } from './support/writing.ts';

let root: string;
beforeEach(() => {
  root = newFolder();
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  delete process.env['GIT_DIR'];
});

const tree = () => filesIn(root);
const changes: Change[] = [
  { path: 'releases/R01.mdx', text: 'new', before: Buffer.from('old') },
  { path: 'published/R01/final.json', text: '{}', before: undefined },
];
const newFile: Change = { path: 'defects/D-1.md', text: 'x', before: undefined };

describe('writing several files', () => {
  test('writes all of them and leaves nothing beside', async () => {
    expect(await writeContent(root, changes, runnerWith())).toBeUndefined();
    expect(tree()).toEqual({ 'releases/R01.mdx': 'new', 'published/R01/final.json': '{}' });
    expect(readdirSync(root).sort()).toEqual(['published', 'releases']);
  });

  test('refuses, and writes nothing, when a file is no longer as it was', async () => {
    writeFileSync(join(root, 'releases/R01.mdx'), 'edited meanwhile');
    expect(await writeContent(root, changes, runnerWith())).toMatchObject({ reason: 'changed' });
    expect(tree()).toEqual({ 'releases/R01.mdx': 'edited meanwhile' });
  });

  test('with a basis it refuses when any file at all is not as it was', async () => {
    const basis = await readContent(root);
    expect(await writeContent(root, [changes[1] as Change], runnerWith(), basis)).toBeUndefined();
    expect(await writeContent(root, [newFile], runnerWith(), basis)).toEqual({
      reason: 'changed',
      message: 'published/R01/final.json was changed by someone else meanwhile; nothing was written.',
    });
    rmSync(join(root, 'published'), { recursive: true });
    rmSync(join(root, 'releases/R01.mdx'));
    expect(await writeContent(root, [newFile], runnerWith(), basis)).toMatchObject({ reason: 'changed' });
    expect(tree()).toEqual({});
  });

  test('refuses when a file appeared that was not there', async () => {
    mkdirSync(join(root, 'published/R01'), { recursive: true });
    writeFileSync(join(root, 'published/R01/final.json'), 'somebody else');
    expect(await writeContent(root, changes, runnerWith())).toMatchObject({ reason: 'changed' });
  });

  test('when the disk refuses, nothing is left and the lock is given back', async () => {
    let asked = 0;
    const full = () => {
      asked += 1;
      if (asked > 1) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return 'x';
    };
    const refusing: Change = Object.defineProperty({ path: 'defects/D-2.md', text: '', before: undefined }, 'text', {
      get: full,
    });
    await expect(writeContent(root, [newFile, refusing], runnerWith())).rejects.toThrow('full');
    expect(readdirSync(root)).toEqual(['releases']);
  });

  test.each([
    '../victim.ts',
    'releases/../../victim.ts',
    '/tmp/victim.ts',
    'published/../final.json',
    'published/./final.json',
    'releases/..\\victim.mdx',
    'releases\\R01.mdx',
    'releases/R01.mdx:stream.mdx',
    'releases/.hidden.mdx',
    'releases/a/b.mdx',
    'releases/R\u0000.mdx',
    'README.md',
    '.gitignore',
    '.ccmt-write/0',
    'scripts/x.ts',
    '',
    `defects/${'x'.repeat(300)}.md`,
  ])('%j is not the path of a record, and is refused', async (path) => {
    expect(await writeContent(root, [newFile, { path, text: 'x', before: undefined }], runnerWith())).toMatchObject({
      reason: 'refused',
      message: expect.stringMatching(/^Nothing was written, because ".*" is not the path of a record\.$/) as string,
    });
    expect(tree()).toEqual({ 'releases/R01.mdx': 'old' });
  });

  test('a file that would be written twice is refused', async () => {
    expect(await writeContent(root, [newFile, newFile], runnerWith())).toMatchObject({ reason: 'refused' });
  });

  test.each<[string, () => void, string]>([
    [
      'a folder of records is a link',
      () => symlinkSync('elsewhere', join(root, 'defects')),
      'defects is a symbolic link',
    ],
    [
      'a folder of records is a link to nowhere',
      () => symlinkSync('nowhere', join(root, 'defects')),
      'defects is a symbolic link',
    ],
    ['a folder of records is a file', () => writeFileSync(join(root, 'defects'), ''), 'defects is not a folder'],
    [
      'the record is a link to nowhere',
      () => putInDefects((path) => symlinkSync('../elsewhere/nowhere', path)),
      'defects/D-1.md is a symbolic link',
    ],
    [
      'the record is a link to a file',
      () => putInDefects((path) => symlinkSync('../elsewhere/file', path)),
      'defects/D-1.md is a symbolic link',
    ],
    [
      'the record is a pipe',
      () => putInDefects((path) => execFileSync('mkfifo', [path])),
      'defects/D-1.md is not a file',
    ],
    ['the record is a folder', () => putInDefects((path) => mkdirSync(path)), 'defects/D-1.md is not a file'],
  ])('nothing is written where %s', async (_, put, expected) => {
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, 'elsewhere/file'), 'mine');
    put();
    expect(await writeContent(root, [...changes, newFile], runnerWith())).toEqual({
      reason: 'refused',
      message: `Nothing was written: ${expected}, and records are written into plain folders and files only.`,
    });
    expect(readdirSync(join(root, 'elsewhere'))).toEqual(['file']);
    expect(tree()).toMatchObject({ 'releases/R01.mdx': 'old', 'elsewhere/file': 'mine' });
    expect(existsSync(join(root, '.ccmt-write'))).toBe(false);
  });

  function putInDefects(put: (path: string) => void): void {
    mkdirSync(join(root, 'defects'));
    put(join(root, 'defects/D-1.md'));
  }
});

/** What is left of a run that was killed after it had moved so many files. */
async function interrupt(moved: number): Promise<void> {
  await stageJournal(root, changes);
  for (const [index, { path }] of changes.slice(0, moved).entries()) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    renameSync(join(root, '.ccmt-write', String(index)), join(root, path));
  }
}

const readText = async (known = {}) => {
  const { sources, remark } = await readSettled(root, runnerWith(known));
  return {
    files: Object.fromEntries(sources.files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])),
    remark,
  };
};
const after = { 'published/R01/final.json': '{}', 'releases/R01.mdx': 'new' };

describe('after a run was killed', () => {
  test.each([0, 1, 2])(
    'when %i files were moved, readers see the new tree and write nothing, and the next run that writes finishes it',
    async (moved) => {
      await interrupt(moved);
      const before = tree();
      expect(await readText()).toEqual({
        files: after,
        remark:
          'An earlier run was interrupted while writing releases/R01.mdx and 1 more; its new texts are read, and the next command that writes will finish it.',
      });
      expect(tree()).toEqual(before);
      expect(await settleContent(root, runnerWith())).toBeUndefined();
      expect(tree()).toEqual(after);
      expect(readdirSync(root).sort()).toEqual(['published', 'releases']);
      expect((await readText()).remark).toBeUndefined();
    },
  );

  test('a run that writes finishes it before it writes its own', async () => {
    await interrupt(1);
    expect(
      await writeContent(root, [{ path: 'releases/R01.mdx', text: 'newer', before: Buffer.from('new') }], runnerWith()),
    ).toBeUndefined();
    expect(tree()).toEqual({ ...after, 'releases/R01.mdx': 'newer' });
  });

  test('what was not complete yet is forgotten', async () => {
    await interrupt(0);
    renameSync(join(root, '.ccmt-write/list.json'), join(root, '.ccmt-write/list'));
    expect(await readText()).toEqual({ files: { 'releases/R01.mdx': 'old' }, remark: undefined });
    expect(await settleContent(root, runnerWith())).toBeUndefined();
    expect(tree()).toEqual({ 'releases/R01.mdx': 'old' });
    expect(readdirSync(root)).toEqual(['releases']);
  });

  test('what another run is writing at this moment is read, too, and nothing is said of it', async () => {
    await interrupt(1);
    mkdirSync(join(root, '.ccmt-lock'));
    writeFileSync(join(root, '.ccmt-lock/7.1.x.2020-11-26T010000Z.0123456789abcdef@h'), '');
    expect(await readText({ stateOf: async () => 'running' })).toEqual({ files: after, remark: undefined });
    expect(await settleContent(root, runnerWith({ stateOf: async () => 'running' }))).toMatchObject({
      reason: 'locked',
    });
    expect((await readText({ stateOf: async () => 'unknown' })).remark).toBe(
      'A run on host h is writing releases/R01.mdx and 1 more, or was interrupted; its new texts are read, and the next command that writes will finish it.',
    );
  });

  test('the journal hides itself from git', async () => {
    execFileSync('git', ['init', '-q', root]);
    await interrupt(0);
    expect(execFileSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' })).toBe('?? releases/\n');
  });
});

describe('a journal that does not fit', () => {
  const journal = (name = '') => join(root, '.ccmt-write', name);
  const list = () =>
    JSON.parse(readFileSync(journal('list.json'), 'utf8')) as { format: number; changes: Record<string, unknown>[] };
  const relist = (change: (old: ReturnType<typeof list>) => unknown) => () =>
    writeFileSync(journal('list.json'), JSON.stringify(change(list())));
  const renamed = (path: unknown) =>
    relist(({ changes: [first, second] }) => ({ format: 1, changes: [{ ...first, path }, second] }));
  const written = (text: string | Uint8Array) => () => writeFileSync(journal('list.json'), text);
  const replaced = (name: string, put: (path: string) => void) => () => {
    rmSync(journal(name), { recursive: true });
    put(journal(name).replace(/\/$/, ''));
  };
  const pipe = (path: string) => execFileSync('mkfifo', [path]);

  test.each<[string, () => void, string]>([
    ['a list of the old form', written('["../victim.ts"]'), 'its list is not one that a run writes'],
    ['a path that leads out', renamed('../victim.ts'), 'it names "../victim.ts", which is not the path of a record'],
    [
      'a path that leads out by way of a record',
      renamed('published/../final.json'),
      'it names "published/../final.json", which is not the path of a record',
    ],
    ['an absolute path', renamed('/tmp/victim.ts'), 'it names "/tmp/victim.ts", which is not the path of a record'],
    [
      'a path for Windows',
      renamed('releases/..\\..\\victim.mdx'),
      'it names "releases/..\\\\..\\\\victim.mdx", which is not the path of a record',
    ],
    [
      'a path with signs for the terminal',
      renamed('\u001b]0;x\u0007\u202e'),
      'it names "\\u001b]0;x\\u0007\\u202e", which is not the path of a record',
    ],
    ['a path that is a number', renamed(7), 'its list is not one that a run writes'],
    ['a file that is named twice', renamed('published/R01/final.json'), 'it names a file twice'],
    [
      'another digest of the file before',
      relist(({ changes: [first, second] }) => ({
        format: 1,
        changes: [{ ...first, before: 'a'.repeat(64) }, second],
      })),
      'releases/R01.mdx was changed since',
    ],
    [
      'another digest of the file after',
      relist(({ changes: [first, second] }) => ({ format: 1, changes: [{ ...first, after: 'a'.repeat(64) }, second] })),
      'its new text of releases/R01.mdx is not the one it lists',
    ],
    [
      'no digest',
      relist(({ changes: [first, second] }) => ({ format: 1, changes: [{ path: first?.['path'] }, second] })),
      'its list is not one that a run writes',
    ],
    ['one field too many', relist((old) => ({ ...old, more: 1 })), 'its list is not one that a run writes'],
    ['another format', relist((old) => ({ ...old, format: 2 })), 'its list is not one that a run writes'],
    ['no JSON', written('{'), 'its list is not one that a run writes'],
    ['nothing in it', written(''), 'its list is not one that a run writes'],
    ['null', written('null'), 'its list is not one that a run writes'],
    [
      'arrays 100,000 deep',
      written('['.repeat(100_000) + ']'.repeat(100_000)),
      'its list is not one that a run writes',
    ],
    ['bytes that are no text', written(Buffer.from([0xff, 0xfe, 0x7b])), 'its list is not one that a run writes'],
    ['a list of 65 MB', () => truncateSync(journal('list.json'), 65 * 1024 * 1024), 'its list cannot be read'],
    [
      'a new text of 65 MB',
      () => truncateSync(journal('0'), 65 * 1024 * 1024),
      'its new text of releases/R01.mdx is not the one it lists',
    ],
    [
      'a new text that was changed',
      () => writeFileSync(journal('0'), 'mew'),
      'its new text of releases/R01.mdx is not the one it lists',
    ],
    ['a new text that is missing', () => rmSync(journal('0')), 'its new text of releases/R01.mdx is missing'],
    ['a new text more', () => writeFileSync(journal('2'), ''), 'it holds "2", which its list does not name'],
    ['a file of somebody else', () => writeFileSync(journal('notes'), ''), 'it holds "notes", which no run puts there'],
    ['a folder in it', () => mkdirSync(journal('9')), 'it holds "9", which no run puts there'],
    [
      'a new text that is a link',
      replaced('0', (path) => symlinkSync('../releases/R01.mdx', path)),
      'it holds "0", which no run puts there',
    ],
    ['a new text that is a pipe', replaced('0', pipe), 'it holds "0", which no run puts there'],
    [
      'a list that is a link',
      replaced('list.json', (path) => symlinkSync('0', path)),
      'it holds "list.json", which no run puts there',
    ],
    ['a list that is a pipe', replaced('list.json', pipe), 'it holds "list.json", which no run puts there'],
    [
      'a list that is a folder',
      replaced('list.json', (path) => mkdirSync(path)),
      'it holds "list.json", which no run puts there',
    ],
    [
      'a link in its place',
      () => {
        renameSync(journal(), join(root, 'elsewhere'));
        symlinkSync('elsewhere', join(root, '.ccmt-write'));
      },
      'it is not a folder',
    ],
    ['a file in its place', replaced('', (path) => writeFileSync(path, 'x')), 'it is not a folder'],
    ['a pipe in its place', replaced('', pipe), 'it is not a folder'],
    [
      'a record that was edited since',
      () => writeFileSync(join(root, 'releases/R01.mdx'), 'edited'),
      'releases/R01.mdx was changed since',
    ],
    [
      'a record that was deleted since',
      () => rmSync(join(root, 'releases/R01.mdx')),
      'releases/R01.mdx was changed since',
    ],
    [
      'a record that appeared since',
      () => {
        mkdirSync(join(root, 'published/R01'), { recursive: true });
        writeFileSync(join(root, 'published/R01/final.json'), '');
      },
      'published/R01/final.json was changed since',
    ],
    [
      'a folder of records that is a link',
      () => {
        renameSync(join(root, 'releases'), join(root, 'elsewhere'));
        symlinkSync('elsewhere', join(root, 'releases'));
      },
      'releases is a symbolic link',
    ],
    [
      'a folder of new records that is a link',
      () => {
        mkdirSync(join(root, 'elsewhere'));
        symlinkSync('elsewhere', join(root, 'published'));
      },
      'published is a symbolic link',
    ],
    [
      'a record that is a link to the same bytes',
      () => {
        copyFileSync(join(root, 'releases/R01.mdx'), join(root, 'copy'));
        replaced('../releases/R01.mdx', (path) => symlinkSync('../copy', path))();
      },
      'releases/R01.mdx is a symbolic link',
    ],
    ['a record that is a pipe', replaced('../releases/R01.mdx', pipe), 'releases/R01.mdx is not a file'],
  ])('%s: readers go on without it, those who write are refused, nothing is touched', async (_, damage, why) => {
    await interrupt(0);
    damage();
    const before = names();
    const said = `.ccmt-write in the content folder is not used, because ${why}. Delete .ccmt-write.`;
    const sources = await readContent(root);
    expect(await readSettled(root, runnerWith())).toEqual({ sources, remark: said });
    expect(await settleContent(root, runnerWith())).toEqual({
      reason: 'refused',
      message: `Nothing was written: ${said}`,
    });
    expect(await writeContent(root, [newFile], runnerWith())).toEqual({
      reason: 'refused',
      message: `Nothing was written: ${said}`,
    });
    expect(names()).toEqual(before);
    // What is said helps.
    rmSync(join(root, '.ccmt-write'), { recursive: true });
    expect(await writeContent(root, [newFile], runnerWith())).toBeUndefined();
  });

  const names = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .map(
        (entry) =>
          `${join(entry.parentPath, entry.name)} ${entry.isFile()} ${entry.isFile() ? readFileSync(join(entry.parentPath, entry.name)).subarray(0, 999).toString('base64') : ''}`,
      )
      .sort();

  test.each([
    ['complete', () => undefined],
    ['not complete', () => rmSync(join(root, '.ccmt-write/list.json'))],
  ])('one that came with a commit is not believed, %s or not', async (_, damage) => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
        stdio: 'ignore',
      });
    const runner = runnerOf(
      () => '2020-11-26T01:00:00Z',
      () => undefined,
    );
    await interrupt(0);
    damage();
    git('init');
    expect((await readSettled(root, runner)).remark ?? '').not.toContain('came with a commit');
    git('add', '--force', '.');
    git('commit', '-m', 'x');
    const copy = join(root, 'copy');
    execFileSync('git', ['clone', '-q', root, copy]);
    for (const place of [root, copy]) {
      // So it is when git calls us, as before a commit.
      process.env['GIT_DIR'] = '/nowhere/.git';
      expect((await readSettled(place, runner)).remark).toBe(
        '.ccmt-write in the content folder is not used, because it came with a commit. Delete .ccmt-write, and commit that.',
      );
      expect(await settleContent(place, runner)).toMatchObject({ reason: 'refused' });
      expect(readFileSync(join(place, 'releases/R01.mdx'), 'utf8')).toBe('old');
    }
  });

  test('git is asked so that nothing that came with the records is run', async () => {
    await interrupt(0);
    // A folder that is a repository by itself, with a command in its settings.
    execFileSync('git', ['init', '-q', '--bare', join(root, 'bare')]);
    for (const name of readdirSync(join(root, 'bare')))
      cpSync(join(root, 'bare', name), join(root, name), { recursive: true });
    const marker = join(root, 'ran');
    writeFileSync(
      join(root, 'config'),
      `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ${root}\n\tfsmonitor = "touch ${marker}; false"\n`,
    );
    execFileSync('git', ['-C', root, '-c', 'core.fsmonitor=false', 'add', '--force', 'releases', '.ccmt-write'], {
      stdio: 'ignore',
    });
    execFileSync('git', ['-C', root, 'status'], { stdio: 'ignore' });
    // This is what it would do.
    expect(existsSync(marker)).toBe(true);
    rmSync(marker);
    await readSettled(
      root,
      runnerOf(
        () => '2020-11-26T01:00:00Z',
        () => undefined,
      ),
    );
    expect(existsSync(marker)).toBe(false);
  });
});

test(
  'who reads beside a run that writes sees the old tree or the new one, and is told nothing',
  { timeout: 120_000 },
  async () => {
    const runner = runnerOf(
      () => '2020-11-26T01:00:00Z',
      () => undefined,
    );
    const writer = spawn(
      process.execPath,
      [fileURLToPath(new URL('support/endless-writer.ts', import.meta.url)), root, '40'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await new Promise((done) => writer.stdout.once('data', done));
      const generations = new Set<string>();
      // On a busy machine the one that writes may wait for its turn longer than 200 readings take.
      for (let count = 0; count < 200 || (generations.size < 6 && count < 50_000); count += 1) {
        const { sources, remark } = await readSettled(root, runner);
        const texts = new Set(
          sources.files
            .filter(({ path }) => !path.startsWith('releases/'))
            .map(({ bytes }) => new TextDecoder().decode(bytes)),
        );
        expect([texts.size < 2, remark]).toEqual([true, undefined]);
        for (const text of texts) generations.add(text);
      }
      // It did write meanwhile.
      expect(generations.size).toBeGreaterThan(5);
      expect(writer.exitCode).toBeNull();
    } finally {
      writer.kill('SIGKILL');
    }
  },
);

describe('a run that is killed at any moment', () => {
  const kills = Number(process.env['CCMT_KILLS'] ?? 30);
  const runner = runnerOf(
    () => '2020-11-26T01:00:00Z',
    () => undefined,
  );

  test(
    `${kills} times: the tree is the old one or the new one, and nothing is left over`,
    { timeout: 1_200_000 },
    async () => {
      const seen = { half: 0, locked: 0 };
      for (let round = 0; round < kills; round += 1) {
        const child = spawn(
          process.execPath,
          [fileURLToPath(new URL('support/endless-writer.ts', import.meta.url)), root, '0'],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        await killed(child, Math.random() * 60);
        const left = readdirSync(root);
        if (left.includes('.ccmt-write')) seen.half += 1;
        if (left.includes('.ccmt-lock')) seen.locked += 1;
        const read = await readSettled(root, runner);
        // Every third time the next child has to cope with what is left.
        if (round % 3 === 2 && round < kills - 1) continue;
        expect(await writeContent(root, [], runner)).toBeUndefined();
        const sources = await readContent(root);
        expect(sources).toEqual(read.sources);
        const texts = new Set(
          sources.files
            .filter(({ path }) => !path.startsWith('releases/'))
            .map(({ bytes }) => new TextDecoder().decode(bytes)),
        );
        expect([
          [0, 1],
          [1, 13],
        ]).toContainEqual([texts.size, sources.files.length]);
        expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
      }
      // The kills did hit.
      expect(seen.locked).toBeGreaterThan(kills / 10);
      expect(seen.half).toBeGreaterThan(0);
    },
  );

  async function killed(child: ChildProcess, after: number): Promise<void> {
    const ended = new Promise((done) => child.once('exit', (...how) => done(how)));
    await Promise.race([new Promise((done) => child.stdout?.once('data', done)), ended]);
    await new Promise((done) => setTimeout(done, after));
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
  }
});

describe('one more line in a log', () => {
  const line: LogLine = { at: '2020-09-09T16:00', did: 'approve', by: 'cr', decision: 'approved' };
  const header = '---\nid: R01 # the first\n';

  test.each([
    [
      'after the last line, comments and blank lines kept',
      `${header}log:\n  # a week\n  - {at: x, did: propose} # first\n\n---\nBody\n`,
      `${header}log:\n  # a week\n  - {at: x, did: propose} # first\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n\n---\nBody\n`,
    ],
    [
      'before fields that follow the log',
      `${header}log:\n- {at: x}\nrequires: [a]\n---\n`,
      `${header}log:\n- {at: x}\n- {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\nrequires: [a]\n---\n`,
    ],
    [
      'after a line in block form',
      `${header}log:\n  - at: x\n    did: propose\n---\n`,
      `${header}log:\n  - at: x\n    did: propose\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\n`,
    ],
    [
      'in place of an empty log',
      `${header}log: []\n---\n`,
      `${header}log:\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\n`,
    ],
    [
      'where there is no log yet',
      `${header}---\nlog: not this one\n`,
      `${header}log:\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\nlog: not this one\n`,
    ],
    [
      'with the line ends of the file',
      `${header}log:\n  - {at: x}\n---\n`.replaceAll('\n', '\r\n'),
      `${header}log:\n  - {at: x}\n  - {at: 2020-09-09T16:00, did: approve, by: cr, decision: approved}\n---\n`.replaceAll(
        '\n',
        '\r\n',
      ),
    ],
  ])('%s', (_, before, after) => expect(appendLine(before, line)).toBe(after));

  test('text that would be read as something else is quoted', () => {
    const appended = appendLine(`${header}log: []\n---\n`, {
      at: '2020-09-09T16:00',
      did: 'publish',
      note: 'erratum',
      by: 'cr',
      sha256: '12345678e9',
      reason: 'Said: "no", {x}, # y',
    });
    expect(appended).toContain(`sha256: "12345678e9", reason: 'Said: "no", {x}, # y'}`);
  });
});
