import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { readBase } from '../scripts/git-base.ts';
import { readContent } from '../src/load/read-content.ts';
import { evaluate } from '../src/pipeline.ts';
import { momentFor } from './support/marks.ts';

/** What was committed, against what is there: in real repositories, whole and cut off. */
const programme = fileURLToPath(new URL('programmes/canal', import.meta.url));
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'base-'));
  folders.push(folder);
  return folder;
};
/** Nothing of the machine's own settings. */
const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'A'],
      [`GIT_${who}_EMAIL`, 'a@b'],
    ]),
  ),
};
const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8' }).trim();
const edit = (root: string, path: string, from: string | RegExp, to: string) => {
  const before = readFileSync(join(root, path), 'utf8');
  const after = before.replace(from, to);
  expect(after, path).not.toBe(before);
  writeFileSync(join(root, path), after);
};
const commit = (folder: string, message: string) => {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', message);
  return git(folder, 'rev-parse', '--short', 'HEAD');
};

/** A repository whose records stand in `content/`, in one commit. */
function repository(): { folder: string; root: string; first: string } {
  const folder = newFolder();
  const root = join(folder, 'content');
  cpSync(programme, root, { recursive: true });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  return { folder, root, first: commit(folder, 'first') };
}

/** Findings of the comparison, as `level file:line message`, without what varies from run to run. */
async function found(root: string, revision: string): Promise<string[]> {
  const [sources, base] = [await readContent(root), await readBase(root, revision)];
  return evaluate(sources, momentFor(sources), { base })
    .diagnostics.filter(({ rule }) => rule === 'committed-stays')
    .map(({ level, file, line, message }) =>
      `${level} ${file}:${line} ${message}`.replace(/ of \d{4}-\S+T[\d:]+(?:Z|[+-][\d:]+)/g, ''),
    );
}

test('what was only added is no finding', async () => {
  const { root } = repository();
  edit(
    root,
    'releases/R03.mdx',
    /\n---\n$/,
    '\n  - {at: 2032-02-24T09:00, did: contact, by: pi, about: All is well}\n---\n',
  );
  expect(await found(root, 'HEAD')).toEqual([]);
});

describe('what was committed and is changed or gone', () => {
  test('is told by kind, at its place, with the commit that last had it', async () => {
    const { folder, root, first } = repository();
    edit(
      root,
      'releases/R03.mdx',
      /\n---\n$/,
      '\n  - {at: 2032-02-24T09:00, did: contact, by: pi, about: All is well}\n---\n',
    );
    const second = commit(folder, 'a line');
    edit(root, 'releases/R03.mdx', 'until: 2032-02-24T07:00', 'until: 2032-02-24T07:30');
    commit(folder, 'an end');
    edit(root, 'releases/R03.mdx', /\n.*did: contact.*/, '');
    edit(root, 'published/R02/final.json', '"by": [', '"by":    [');
    edit(root, 'published/R01/final.json', '"number": 1', '"number": 2');
    edit(root, 'schedule.yaml', 'reason: Ice', 'reason: Thaw');
    edit(root, 'people.yaml', /(assignments:\n.*person: )\w+/, '$1pi');
    for (const path of ['releases/R04.mdx', 'defects/F-5.md', 'published/E01/final.json']) rmSync(join(root, path));
    const all = await found(root, first);
    expect(all).toContain(
      `error releases/R03.mdx:20 This line was committed in another form. Commit ${second} last had it.`,
    );
    expect(all).toContainEqual(
      expect.stringMatching(
        /^error published\/R01\/final.json:5 This is not what was committed\. Commit \w+ last had it\.$/,
      ),
    );
    expect(all).toContain(
      `error releases/R04.mdx:1 This release was committed, and is gone. Commit ${first} last had it.`,
    );
    expect(all).toContain(
      `error published/E01/final.json:1 This note was committed, and is gone. Commit ${first} last had it.`,
    );
    expect(all).toContain(
      `warning defects/F-5.md:1 This defect was committed, and is gone. Commit ${first} last had it.`,
    );
    expect(all.filter((one) => one.includes('schedule.yaml'))).toEqual([
      `error schedule.yaml:${lineOf(root, 'schedule.yaml', 'Thaw')} This decision about a slot is not the one that was committed. It is in ${first}, commit ${first}.`,
    ]);
    expect(all.some((one) => one.startsWith('error people.yaml'))).toBe(true);
    expect(all.some((one) => one.includes('published/R02'))).toBe(false);
    // The line came after the first commit, and was taken away again: only the second knows it.
    expect(all.some((one) => one.includes('contact'))).toBe(false);
    expect(await found(root, second)).toContainEqual(
      expect.stringMatching(
        /^error releases\/R03.mdx:\d+ Line 12 of the log was committed, and is gone: "contact" of 2032-02-24T09:00\. Commit \w+ last had it\.$/,
      ),
    );
  });

  test('lines that were moved or put above a note', async () => {
    const { root } = repository();
    edit(root, 'releases/R03.mdx', /(.*did: request.*\n)(.*did: approve.*\n)/, '$2$1');
    expect((await found(root, 'HEAD')).map((one) => one.replace(/ Commit.*/, ''))).toEqual([
      expect.stringMatching(/^error releases\/R03.mdx:1\d This line was committed as number [78] of the log\.$/),
    ]);
  });

  test('files and folders that were renamed are followed', async () => {
    const { folder, root, first } = repository();
    git(folder, 'mv', 'content/releases/R03.mdx', 'content/releases/R33.mdx');
    edit(root, 'releases/R33.mdx', 'id: R03', 'id: R33');
    edit(root, 'releases/R33.mdx', '2032-02-24T08:00', '2032-02-24T08:01');
    git(folder, 'mv', 'content/published/R02', 'content/published/R05');
    git(folder, 'mv', 'content', 'records');
    commit(folder, 'moved');
    const all = await found(join(folder, 'records'), first);
    expect(all).toContain(`error releases/R33.mdx:2 This release was committed as R03. Commit ${first} last had it.`);
    expect(all).toContainEqual(
      expect.stringMatching(/^error releases\/R33.mdx:21 This line was committed in another form\./),
    );
    expect(all).toContainEqual(
      expect.stringMatching(
        /^error published\/R05\/final.json:1 This note was committed as published\/R02\/final.json\./,
      ),
    );
    expect(all.some((one) => one.includes('gone'))).toBe(false);
  });
});

const lineOf = (root: string, path: string, text: string) =>
  readFileSync(join(root, path), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

test('a new line that is dated before the last one is told as late, with the time of its commit', async () => {
  const { folder, root, first } = repository();
  edit(root, 'releases/R03.mdx', /\n---\n$/, '\n  - {at: 2032-02-24T07:30, did: contact, by: pi, about: Late}\n---\n');
  const words = (when: string) =>
    `information releases/R03.mdx:22 This line was recorded late: it says 2032-02-24T07:30, and the log had a line of 2032-02-24T08:00 when ${when}.`;
  expect(await found(root, first)).toEqual([words('it was written, which is not committed yet')]);
  const late = commit(folder, 'late');
  expect(await found(root, first)).toEqual([words(`commit ${late} brought it`)]);
});

describe('as far as the history reaches', () => {
  /** A clone of so many commits, in which the first line of a log was changed after the clone. */
  function cut(depth: string[]): { clone: string; root: string; first: string; full: string } {
    const { folder, root } = repository();
    const full = git(folder, 'rev-parse', 'HEAD');
    edit(root, 'releases/R03.mdx', '2032-02-24T08:00', '2032-02-24T08:01');
    commit(folder, 'an edit');
    const clone = join(newFolder(), 'clone');
    execFileSync('git', ['clone', '-q', ...depth, pathToFileURL(folder).href, clone], { env });
    return { clone, root: join(clone, 'content'), first: full.slice(0, 7), full };
  }
  const altered = (first: string) =>
    `error releases/R03.mdx:21 This line was committed in another form. Commit ${first} last had it.`;

  test('depth 1, and the base fetched beside it', async () => {
    const { clone, root, first, full } = cut(['--depth=1']);
    expect(await found(root, 'HEAD~1')).toEqual([
      'error programme.yaml:1 Not verifiable: git knows no commit "HEAD~1" here.',
    ]);
    git(clone, 'fetch', '-q', '--depth=1', 'origin', full);
    expect(await found(root, 'FETCH_HEAD')).toEqual([
      expect.stringMatching(
        /^warning programme.yaml:1 Not verifiable: the history does not reach a commit that FETCH_HEAD and HEAD have in common/,
      ),
      altered(first),
    ]);
  });

  test('depth 2', async () => {
    const { root, first } = cut(['--depth=2']);
    expect(await found(root, 'HEAD~1')).toEqual([altered(first)]);
  });

  test('whole, with a base that went on since', async () => {
    const { clone, root, first } = cut([]);
    git(clone, 'switch', '-q', '-c', 'other', first);
    rmSync(join(root, 'releases/R04.mdx'));
    git(clone, 'add', '-A');
    git(clone, 'commit', '-q', '-m', 'on the other side');
    git(clone, 'switch', '-q', 'main');
    expect(await found(root, 'other')).toEqual([altered(first)]);
  });

  test('without git, without records, and with a word that is an option', async () => {
    const { folder, root } = repository();
    const bare = join(newFolder(), 'content');
    cpSync(programme, bare, { recursive: true });
    expect(await found(bare, 'HEAD')).toEqual([
      'error programme.yaml:1 Not verifiable: no git repository holds these records, so that nobody can know what was committed.',
    ]);
    expect(await found(root, '--output=x')).toEqual([
      'error programme.yaml:1 Not verifiable: git knows no commit "--output=x" here.',
    ]);
    git(folder, 'rm', '-q', '-r', '--cached', 'content');
    writeFileSync(join(folder, 'README.md'), 'Nothing yet.\n');
    git(folder, 'add', 'README.md');
    git(folder, 'commit', '-q', '-m', 'nothing');
    expect(await found(root, 'HEAD')).toEqual([
      expect.stringMatching(
        /^error programme.yaml:1 Not verifiable: HEAD, commit \w+, has no records at content\/, nor any that were moved here\.$/,
      ),
    ]);
    renameSync(join(folder, '.git'), join(folder, 'git'));
    expect((await found(root, 'HEAD'))[0]).toMatch(/no git repository/);
  });

  test('a file that cannot be read is not verifiable', async () => {
    const { root } = repository();
    edit(root, 'releases/R03.mdx', 'log:', 'lag:');
    expect(await found(root, 'HEAD')).toEqual([
      'warning releases/R03.mdx:1 Not verifiable: this file cannot be read as it is now, so that nobody knows whether it says what was committed.',
    ]);
  });
});
