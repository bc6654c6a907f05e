import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listSite } from '../scripts/built-site.ts';
import { siteFolder } from '../scripts/site-folder.ts';

/** Where a site may be built, and where something would be lost by it. */
let folder: string;
let before: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-out-'));
  for (const path of [
    'project/content/releases',
    'project/public',
    'project/src/pages',
    'project/.ccmt',
    'project/.git',
    'elsewhere',
    'empty',
    'hollow/inner',
    'marked',
  ])
    mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['notes/notes.txt', 'hidden/.notes', 'project/package.json', 'file.txt']) write(path, 'mine');
  write('marked/.ccmt-site', '');
  await site('built');
  await site('grown');
  write('grown/deep/notes.txt', 'mine');
  await site('changed');
  write('changed/index.html', 'mine');
  await site('shrunk');
  unlinkSync(join(folder, 'shrunk/index.html'));
  await site('linked');
  symlinkSync('../file.txt', join(folder, 'linked/link.txt'));
  await site('turned');
  renameSync(join(folder, 'turned/index.html'), join(folder, 'elsewhere/index.html'));
  symlinkSync('../elsewhere/index.html', join(folder, 'turned/index.html'));
  await site('piped');
  spawnSync('mkfifo', [join(folder, 'piped/pipe'), join(folder, 'pipe')]);
  mkdirSync(join(folder, 'copied'));
  cpSync(join(folder, 'built/.ccmt-site'), join(folder, 'copied/.ccmt-site'));
  write('copied/notes.txt', 'mine');
  mkdirSync(join(folder, 'listed'));
  spawnSync('mkfifo', [join(folder, 'listed/.ccmt-site')]);
  for (const [name, to] of [
    ['link', 'empty'],
    ['link-to-built', 'built'],
    ['link-to-content', 'project/content'],
    ['link-to-project', 'project'],
    ['dangling', 'nowhere'],
    ['loop', 'loop'],
  ] as const)
    symlinkSync(to, join(folder, name));
  before = readdirSync(folder, { recursive: true }).map(String).sort();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['nothing yet', 'new', 'new'],
  ['nothing yet, deep', 'a/b/c', 'a/b/c'],
  ['an empty folder', 'empty', 'empty'],
  ['a built site', 'built', 'built'],
  ['a built site with a slash', 'built/', 'built'],
  ['a built site of which something is missing', 'shrunk', 'shrunk'],
  ['a folder in the project', 'project/dist', 'project/dist'],
  ['a folder behind a link', 'link/new', 'empty/new'],
])('a site may be built where there is %s', async (_, out, real) => {
  expect(await ask(out)).toBe(join(folder, real));
});

test.each([
  [
    'a folder with a file',
    'notes',
    'it holds notes.txt, and was not built by ccmt. Delete it first if nothing in it is needed, or name another folder with --out.',
  ],
  ['a folder with a hidden file', 'hidden', 'it holds .notes, and was not built by ccmt.'],
  ['a folder with a folder', 'hollow', 'it holds inner, and was not built by ccmt.'],
  ['a folder with a mark that says nothing', 'marked', 'it holds .ccmt-site, and was not built by ccmt.'],
  ['a folder with a mark that is a pipe', 'listed', 'it holds .ccmt-site, and was not built by ccmt.'],
  ['a folder with the mark of another', 'copied', 'it holds notes.txt, which no build put there.'],
  ['a built site with a file of somebody', 'grown', 'it holds deep/notes.txt, which no build put there.'],
  ['a built site with a link', 'linked', 'it holds link.txt, which no build put there.'],
  ['a built site of which a file was made a link', 'turned', 'it holds index.html, which no build put there.'],
  ['a built site with a pipe', 'piped', 'it holds pipe, which no build put there.'],
  ['a built site that somebody edited', 'changed', 'index.html in it was changed after it was built.'],
  ['a link', 'link', 'it is a link. Name the folder itself with --out.'],
  ['a link to a built site', 'link-to-built', 'it is a link.'],
  ['a link with a slash', 'link/', 'it is a link.'],
  ['a link that leads nowhere', 'dangling', 'it is a link.'],
  ['a folder behind a link that leads nowhere', 'dangling/site', 'it is a link that leads nowhere.'],
  ['a folder behind a link to itself', 'loop/site', 'a link on its path leads to itself.'],
  ['a file', 'file.txt', 'it is not a folder.'],
  ['a pipe', 'pipe', 'it is not a folder.'],
  ['a folder in a file', 'file.txt/site', 'its folder is not a folder.'],
  ['the root', '/', 'it is the root of the file system.'],
  ['a name that is too long', 'a'.repeat(300), 'its name is too long.'],
  ['the content folder', 'project/content', 'it is the content folder.'],
  ['the content folder behind a link', 'link-to-project/content', 'it is the content folder.'],
  ['a folder in the content folder', 'project/content/releases', 'it is in the content folder.'],
  ['a new folder in the content folder', 'project/content/new/site', 'it is in the content folder.'],
  ['a new folder in the content folder behind a link', 'link-to-content/new', 'it is in the content folder.'],
  ['the project', 'project', 'the content folder is in it.'],
  ['the folder above', '.', 'the content folder is in it.'],
  ['the folder above, going up', 'project/content/../..', 'the content folder is in it.'],
  ['the files that each site gets', 'project/public/site', 'it is in public.'],
  ['the source', 'project/src/pages/site', 'it is in src.'],
  ['the workshop', 'project/.ccmt', 'it is .ccmt.'],
  ['the repository', 'project/.git/site', 'it is in .git.'],
])('a site is not built where there is %s', async (_, out, why) => {
  await expect(ask(out)).rejects.toMatchObject({ code: 3, message: expect.stringContaining(`: ${why}`) });
  expect(readdirSync(folder, { recursive: true }).map(String).sort()).toEqual(before);
});

test('the project is refused also when the records are elsewhere', async () => {
  const content = join(folder, 'elsewhere');
  await expect(
    siteFolder(join(folder, 'project'), { content, project: join(folder, 'project') }),
  ).rejects.toMatchObject({ code: 3, message: expect.stringContaining(': it is the project.') });
});

test('a folder above the records is refused also when they are named by a link', async () => {
  const records = { content: join(folder, 'link-to-content'), project: join(folder, 'elsewhere') };
  await expect(siteFolder(join(folder, 'project'), records)).rejects.toMatchObject({
    code: 3,
    message: expect.stringContaining(': the content folder is in it.'),
  });
});

test.runIf(process.platform === 'linux').each(['/proc/site', '/sys/site', '/proc/self/site/deep'])(
  'a site is not built at %s, where nothing can be written',
  async (out) => {
    await expect(
      siteFolder(out, { content: join(folder, 'project/content'), project: join(folder, 'project') }),
    ).rejects.toMatchObject({
      code: 3,
      message: expect.stringMatching(
        /^The site cannot be built into \S+: (?:nothing can be written there|there is no permission)\.$/,
      ),
    });
  },
);

describe('the command', () => {
  const cli = fileURLToPath(new URL('../scripts/cli.ts', import.meta.url));
  const build = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'build', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', CCMT_CONTENT: join(folder, 'records') },
    });

  test.each([
    ['records', 3, 'The site cannot be built into records: it is the content folder.\n'],
    [
      'notes',
      3,
      'The site cannot be built into notes: it holds notes.txt, and was not built by ccmt. Delete it first if nothing in it is needed, or name another folder with --out.\n',
    ],
    ['../', 3, 'The site cannot be built into FOLDER: the content folder is in it.\n'],
    ['', 2, 'Name a folder with --out.\n'],
  ])('refuses "%s" in one sentence, before it builds', (out, code, sentence) => {
    cpSync(new URL('programmes/ticketing', import.meta.url), join(folder, 'records'), { recursive: true });
    const { status, stdout, stderr } = build('--out', out);
    expect({ status, stdout, stderr }).toEqual({
      status: code,
      stdout: '',
      stderr: sentence.replace('FOLDER', dirname(folder)),
    });
    expect(readFileSync(join(folder, 'notes/notes.txt'), 'utf8')).toBe('mine');
    rmSync(join(folder, 'records'), { recursive: true });
  });
});

function ask(out: string): Promise<string> {
  return siteFolder(out === '/' ? out : `${folder}/${out}`, {
    content: join(folder, 'project/content'),
    project: join(folder, 'project'),
  });
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function site(name: string): Promise<void> {
  write(`${name}/index.html`, name);
  write(`${name}/deep/page.html`, name);
  await listSite(join(folder, name));
}
