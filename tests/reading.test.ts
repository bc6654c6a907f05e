import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readContent } from '../src/load/read-content.ts';
import { evaluate } from '../src/pipeline.ts';
import { momentFor } from './support/marks.ts';
import { base } from './support/tree.ts';

/** What the disk is to answer when one path is opened or listed; all else goes through to it. */
const disk = vi.hoisted(() => ({ answer: undefined as ((path: string) => void) | undefined }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const readdir = async (path: string, options: object) => {
    disk.answer?.(path);
    return real.readdir(path, options);
  };
  return { ...real, readdir };
});
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const openSync = (path: string, flags: number) => {
    disk.answer?.(path);
    return real.openSync(path, flags);
  };
  return { ...real, openSync };
});

const project = fileURLToPath(new URL('..', import.meta.url));

/** A folder of its own for each test, the content in it, and whatever stands outside beside that. */
let home: string;
let root: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ccmt-reading-'));
  root = join(home, 'content');
  for (const { path, bytes } of base().files) put(path, bytes);
});
afterEach(() => {
  disk.answer = undefined;
  rmSync(home, { recursive: true, force: true });
});

function put(path: string, bytes: Uint8Array | string = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

/** What check finds in the folder, as `file rule message`. */
async function found(): Promise<string[]> {
  const sources = await readContent(root);
  return evaluate(sources, momentFor(sources))
    .diagnostics.filter(({ level }) => level !== 'waived')
    .map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`);
}

/** An answer of the disk for one path of the folder. */
function failing(code: string, at: string, before = () => {}): void {
  disk.answer = (path) => {
    if (path !== join(root, at)) return;
    before();
    throw Object.assign(new Error(code), { code, path });
  };
}

const spoiled = 'schedule.yaml:1:1 readable-file The file is empty.';
const path = 'defects/D-0099.md';

test('the base programme has no finding when it is read from a disk', async () => {
  expect(await found()).toEqual([]);
});

describe('what is no file, and what is named as nothing can be, is one finding, and the rest is checked', () => {
  const outside = () => {
    const target = join(home, 'outside.md');
    writeFileSync(target, 'secret: outside\n');
    return target;
  };
  const instead = (make: () => void) => () => {
    rmSync(join(root, path), { recursive: true });
    make();
  };
  const cases: [string, () => void | Promise<void>, string][] = [
    [
      'a link to a file outside',
      instead(() => symlinkSync(outside(), join(root, path))),
      `${path}:1:1 readable-file This is a link, and links are not followed.`,
    ],
    [
      'a link to nothing',
      instead(() => symlinkSync('/nowhere', join(root, path))),
      `${path}:1:1 readable-file This is a link, and links are not followed.`,
    ],
    [
      'a link to itself',
      instead(() => symlinkSync('D-0099.md', join(root, path))),
      `${path}:1:1 readable-file This is a link, and links are not followed.`,
    ],
    [
      'a link to another record',
      () => symlinkSync('D-0099.md', join(root, 'defects/D-0100.md')),
      'defects/D-0100.md:1:1 readable-file This is a link, and links are not followed.',
    ],
    [
      'a link with a name of its own',
      () => symlinkSync('/etc', join(root, 'defects/attachments')),
      'defects/attachments:1:1 readable-file This is a link, and links are not followed.',
    ],
    [
      'a pipe',
      instead(() => void spawnSync('mkfifo', [join(root, path)])),
      `${path}:1:1 readable-file This is a pipe and no file.`,
    ],
    [
      'a folder named like a record',
      instead(() => put(`${path}/D-0100.md`, '---\n')),
      `${path}:1:1 readable-file A folder has the name of a file.`,
    ],
    [
      'a name with a backslash',
      () => put('defects/x\\D-0100.md'),
      'defects/x\\D-0100.md:1:1 readable-file The name holds a backslash.',
    ],
    [
      'a name that is not UTF-8',
      () =>
        writeFileSync(
          Buffer.concat([Buffer.from(`${root}/defects/D-`), Buffer.from([0xff, 0xc3]), Buffer.from('1.md')]),
          '',
        ),
      'defects/D-⟨0xFF⟩⟨0xC3⟩1.md:1:1 readable-file The name is not UTF-8 text: it holds the byte 0xff.',
    ],
    [
      'a folder whose name is not UTF-8',
      () => mkdirSync(Buffer.concat([Buffer.from(`${root}/x`), Buffer.from([0xe9])])),
      'x⟨0xE9⟩:1:1 readable-file The name is not UTF-8 text: it holds the byte 0xe9.',
    ],
    [
      'a name with an escape code',
      () => put('defects/D-\u001b[31m0100.md'),
      'defects/D-\u001b[31m0100.md:1:1 text-hides-nothing The name holds U+001B, escape, which nobody can see.',
    ],
    [
      'a name with a line end',
      () => put('defects/a\n0 errors.md'),
      'defects/a\n0 errors.md:1:1 text-hides-nothing The name holds U+000A, line feed, which nobody can see.',
    ],
    [
      'a name that turns',
      () => put('defects/D-0100\u202edm.exe'),
      'defects/D-0100\u202edm.exe:1:1 text-hides-nothing The name holds U+202E, right-to-left override, which nobody can see.',
    ],
    [
      'a folder with a name that hides',
      () => put('defects\u200b/D-0100.md'),
      'defects\u200b:1:1 text-hides-nothing The name holds U+200B, zero-width space, which nobody can see.',
    ],
    [
      'a file of the programme that is a link',
      () => {
        rmSync(join(root, 'raci.yaml'));
        symlinkSync(outside(), join(root, 'raci.yaml'));
      },
      'raci.yaml:1:1 readable-file This is a link, and links are not followed.',
    ],
    [
      'a folder of records that is a link',
      () => {
        rmSync(join(root, 'defects'), { recursive: true });
        symlinkSync('/etc', join(root, 'defects'));
      },
      'defects:1:1 readable-file This is a link, and links are not followed.',
    ],
    [
      'a folder of notes that is a link',
      () => {
        rmSync(join(root, 'published/R01'), { recursive: true });
        symlinkSync('/etc', join(root, 'published/R01'));
      },
      'published/R01:1:1 readable-file This is a link, and links are not followed.',
    ],
  ];
  test.each(cases)('%s', { timeout: 20_000 }, async (_, spoil, expected) => {
    await spoil();
    const alone = await found();
    expect(alone).toEqual([expected]);
    put('schedule.yaml');
    expect((await found()).sort()).toEqual([expected, spoiled].sort());
  });

  test('a socket', async () => {
    rmSync(join(root, path));
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(root, path), done));
    expect(await found()).toEqual([`${path}:1:1 readable-file This is a socket and no file.`]);
    await new Promise((done) => server.close(done));
  });

  test('nothing of what a link leads to is in the sources', async () => {
    rmSync(join(root, path));
    symlinkSync(outside(), join(root, path));
    symlinkSync('/etc', join(root, 'changes/etc'));
    const { files } = await readContent(root);
    expect(files.some(({ bytes }) => Buffer.from(bytes).includes('secret'))).toBe(false);
    expect(files.filter(({ path: read }) => read.startsWith('changes/etc'))).toEqual([]);
  });
});

describe('what happens while the folder is read', () => {
  test.each([
    [
      'no permission for a file',
      'EACCES',
      path,
      [`${path}:1:1 readable-file There is no permission to read this file.`],
    ],
    [
      'no permission for a folder',
      'EACCES',
      'defects/',
      ['defects:1:1 readable-file There is no permission to read this folder.'],
    ],
    ['a disk that fails', 'EIO', path, [`${path}:1:1 readable-file The disk does not give this file away: EIO.`]],
    [
      'a file that has become a link',
      'ELOOP',
      path,
      [`${path}:1:1 readable-file This is a link, and links are not followed.`],
    ],
    ['a file that nothing needs has gone', 'ENOENT', 'waivers/README.md', []],
  ])('%s', async (_, code, at, expected) => {
    put('waivers/README.md', 'x');
    failing(code, at);
    expect(await found()).toEqual(expected);
  });

  test('a file that becomes a link between listing and reading is not followed', async () => {
    writeFileSync(join(home, 'secret'), 'secret');
    disk.answer = (opened) => {
      if (opened !== join(root, path)) return;
      disk.answer = undefined;
      rmSync(opened);
      symlinkSync(join(home, 'secret'), opened);
    };
    expect(await found()).toEqual([`${path}:1:1 readable-file This is a link, and links are not followed.`]);
  });

  test('a file that becomes a pipe between listing and reading is not waited for', () => {
    // In a process of its own, which can be ended should it wait.
    const program = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      import { spawnSync } from 'node:child_process';
      const { openSync } = fs;
      fs.openSync = (path, flags) => {
        if (path === process.argv[2]) fs.rmSync(path), spawnSync('mkfifo', [path]);
        return openSync(path, flags);
      };
      syncBuiltinESMExports();
      const { readContent } = await import(${JSON.stringify(join(project, 'src/load/read-content.ts'))});
      process.stdout.write((await readContent(process.argv[1])).unread.map(({ message }) => message).join());`;
    const { stdout, signal } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', program, root, join(root, path)],
      { encoding: 'utf8', timeout: 20_000 },
    );
    expect({ stdout, signal }).toEqual({ stdout: 'This is a pipe and no file.', signal: null });
  });

  test('a folder that has gone since it was listed is left out', async () => {
    put('defects/old/x.txt');
    failing('ENOENT', 'defects/old/');
    expect(await found()).toEqual([]);
  });

  test('the content folder itself must be there', async () => {
    await expect(readContent(join(root, 'nowhere'))).rejects.toThrow('ENOENT');
  });
});

test('the content folder may be a link, and what is hidden is left out', async () => {
  put('.git/config', 'x');
  put('defects/.D-0100.md.swp', 'x');
  spawnSync('mkfifo', [join(root, '.pipe')]);
  const link = join(home, 'link');
  symlinkSync(root, link);
  const { files, unread } = await readContent(link);
  expect(files).toHaveLength(base().files.length);
  expect(unread).toEqual([]);
});

test('names that differ in case or in the form of their letters are told apart by their ids', async () => {
  const text = Buffer.from(base().files.find((file) => file.path === path)?.bytes as Uint8Array).toString('utf8');
  put('defects/d-0099.md', text);
  put('defects/D\u030a-0098.md', text.replaceAll('D-0099', 'D-0098').replace('"0099"', '"0098"'));
  put('defects/\u212a-0097.md', text.replaceAll('D-0099', 'K-0097').replace('"0099"', '"0097"'));
  expect((await found()).map((line) => line.replace(/:\d+:\d+ /, ' '))).toEqual([
    'defects/D\u030a-0098.md one-file-one-id The id is "D-0098", and the file is named "D\u030a-0098".',
    'defects/d-0099.md one-file-one-id The id "D-0099" is already that of defects/D-0099.md.',
    'defects/d-0099.md one-file-one-id The id is "D-0099", and the file is named "d-0099".',
    'defects/\u212a-0097.md one-file-one-id The id is "K-0097", and the file is named "\u212a-0097".',
  ]);
});

test.each([
  ['import', ['import', 'EXPORT', '--profile', 'generic', '--write']],
  ['a new profile', ['import', 'EXPORT', '--new-profile', 'mine', '--write']],
  ['publish', ['publish', 'R12', 'provisional']],
  ['freeze', ['freeze']],
])('%s writes nothing into a folder of which something is not read', { timeout: 60_000 }, (_, args) => {
  const [elsewhere, content] = [join(home, 'elsewhere'), join(home, 'programme')];
  cpSync(join(project, 'content'), content, { recursive: true });
  mkdirSync(elsewhere);
  writeFileSync(join(home, 'export.csv'), 'Id,Title,Status,Raised,Severity\n1,T,Open,2020-11-01,High\n');
  const run = () =>
    spawnSync(
      process.execPath,
      [
        'scripts/cli.ts',
        ...args.map((arg) => (arg === 'EXPORT' ? join(home, 'export.csv') : arg)),
        '--content',
        content,
      ],
      { cwd: project, encoding: 'utf8', timeout: 30_000 },
    );
  for (const [at, make] of [
    ['profiles', () => symlinkSync(elsewhere, join(content, 'profiles'))],
    ['published/R12', () => symlinkSync(elsewhere, join(content, 'published/R12'))],
    ['defects/D-0067.md', () => void spawnSync('mkfifo', [join(content, 'defects/D-0067.md')])],
  ] as const) {
    rmSync(join(content, at), { recursive: true, force: true });
    make();
    const { status, stderr } = run();
    expect(stderr).toMatch(new RegExp(`^Nothing was written, because ${at} is not read. This is a `));
    expect(status).toBe(3);
    rmSync(join(content, at));
    if (at === 'profiles') cpSync(join(project, 'content', at), join(content, at), { recursive: true });
  }
  expect(readdirSync(elsewhere)).toEqual([]);
});
