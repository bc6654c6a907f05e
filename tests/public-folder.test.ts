import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { HookParameters } from 'astro';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { build } from '../scripts/commands/build.ts';
import { dev } from '../scripts/commands/dev.ts';
import { ccmt } from '../src/site/integration.ts';
import * as publicFolder from '../src/site/public-folder.ts';

vi.mock('../src/site/public-folder.ts', { spy: true });

const { faultOfPublicFolder } = publicFolder;
const project = fileURLToPath(new URL('..', import.meta.url));
let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ccmt-public-'));
  folder = join(root, 'public');
  put('_headers');
  put('images/deep/sign.svg');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), 'x');
}

const published = 'and all that stands in public/ is published: put the file itself there, or remove it.';

test('files and folders are published, and what custom hides and means', async () => {
  put('.well-known/security.txt');
  put('.nojekyll');
  expect(await faultOfPublicFolder(folder)).toBeUndefined();
  expect(await faultOfPublicFolder(join(root, 'nowhere'))).toBeUndefined();
  expect(await faultOfPublicFolder(join(project, 'public'))).toBeUndefined();
});

test.each<[string, () => void, string]>([
  ['a link to a file', () => symlinkSync('/etc/passwd', join(folder, 'a.txt')), 'public/a.txt is a link'],
  ['a link to a folder', () => symlinkSync('/etc', join(folder, 'images/etc')), 'public/images/etc is a link'],
  [
    'a link at depth',
    () => symlinkSync('../../_headers', join(folder, 'images/deep/b')),
    'public/images/deep/b is a link',
  ],
  ['a link to nothing', () => symlinkSync('/nowhere', join(folder, 'c')), 'public/c is a link'],
  [
    'a link in what custom hides',
    () => {
      put('.well-known/x');
      symlinkSync('/etc/passwd', join(folder, '.well-known/y'));
    },
    'public/.well-known/y is a link',
  ],
  ['a pipe', () => void spawnSync('mkfifo', [join(folder, 'd')]), 'public/d is not a file'],
  ['a file with secrets', () => put('.env'), 'public/.env is hidden'],
  ['a repository', () => put('images/.git/config'), 'public/images/.git is hidden'],
  [
    'a link named with an escape code',
    () => symlinkSync('/etc', join(folder, '\u001b[2J')),
    'public/⟨U+001B⟩[2J is a link',
  ],
  [
    'a folder that is a link itself',
    () => {
      rmSync(folder, { recursive: true });
      symlinkSync('/etc', folder);
    },
    'public is not a folder',
  ],
])('%s is refused', { timeout: 20_000 }, async (_, make, expected) => {
  make();
  expect(await faultOfPublicFolder(folder)).toBe(`${expected}, ${published}`);
});

test('a socket is refused', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(join(folder, 's'), done));
  expect(await faultOfPublicFolder(folder)).toBe(`public/s is not a file, ${published}`);
  await new Promise((done) => server.close(done));
});

describe('whoever builds or serves the site', () => {
  /** The folder of the project is left alone, because other tests build the site meanwhile. */
  const answer = vi.mocked(faultOfPublicFolder);
  afterEach(() => void answer.mockReset());

  test.each([
    ['build', () => build({ out: join(root, 'site') })],
    ['dev', () => dev({ port: 0, host: 'localhost' })],
  ])('ccmt %s refuses', async (_, command) => {
    answer.mockResolvedValue('public/a.txt is a link.');
    const silent = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
    await expect(command()).rejects.toMatchObject({ code: 3, message: 'public/a.txt is a link.' });
    for (const spy of silent) spy.mockRestore();
    expect(answer).toHaveBeenCalledWith(join(project, 'public'));
    expect(readdirSync(root)).toEqual(['public']);
  });

  test.each(['build', 'dev', 'preview'] as const)('astro %s refuses before it reads a record', async (command) => {
    symlinkSync('/etc/passwd', join(folder, 'a.txt'));
    const setup = ccmt({ open: () => Promise.reject(new Error('read')) }).hooks['astro:config:setup'];
    const given = {
      command,
      config: { publicDir: pathToFileURL(`${folder}/`) },
    } as unknown as HookParameters<'astro:config:setup'>;
    await expect(setup?.(given)).rejects.toThrow('public/a.txt is a link');
  });
});
