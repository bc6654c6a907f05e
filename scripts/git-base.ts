import { posix } from 'node:path';
import type { Base, NotVerifiable } from '../src/check/base.ts';
import type { SourceFile } from '../src/load/read-content.ts';
import { git } from './git.ts';

/**
 * What was committed at a revision below a content folder. Compared is with the last commit that the revision and the
 * present have in common, as far as the history reaches: what was added to the revision since is nobody's change here.
 */
export async function readBase(root: string, revision: string): Promise<Base | NotVerifiable> {
  const ask = async (...args: string[]) => {
    const out = await git(root, args).catch(() => undefined);
    return out?.toString('utf8').trim();
  };
  if ((await ask('rev-parse', '--show-toplevel')) === undefined)
    return {
      message: 'Not verifiable: no git repository holds these records, so that nobody can know what was committed.',
      hint: 'Run it in a clone, with git installed.',
    };
  const asked = await ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (!asked) return notThere(revision);
  const common = await ask('merge-base', asked, 'HEAD');
  const commit = common ?? asked;
  const words = `${revision}, commit ${await ask('show', '-s', '--format=%h of %cI', commit)}`;
  const prefix = (await ask('rev-parse', '--show-prefix')) ?? '';
  try {
    return await baseAt(root, { commit, words, prefix, unknown: common ? [] : [noCommon(revision)] });
  } catch (error) {
    const said = (error as Error).message.split('\n').find((line) => /^(?:fatal|error):/.test(line));
    return {
      message: `Not verifiable: git cannot read ${words}${said ? `, and says "${said}"` : ''}.`,
      hint: 'Fetch the commit whole: git fetch --refetch.',
    };
  }
}

type At = { commit: string; words: string; prefix: string; unknown: NotVerifiable[] };

/** The records of a commit; they may have stood in another folder. */
async function baseAt(root: string, { commit, words, prefix, unknown }: At): Promise<Base | NotVerifiable> {
  const renames = await renamesSince(root, commit);
  const all = await treeOf(root, commit);
  const folder = all.some(({ path }) => path === `${prefix}programme.yaml`)
    ? prefix
    : folderOf([...renames].find(([, now]) => now === `${prefix}programme.yaml`)?.[0]);
  if (folder === undefined)
    return {
      message: `Not verifiable: ${words}, has no records at ${prefix || 'this folder'}, nor any that were moved here.`,
      hint: 'Compare with a commit that has them.',
    };
  const own = all.filter(({ path, isFile }) => isFile && path.startsWith(folder) && !/(?:^|\/)\./.test(path));
  const bytes = await blobsOf(
    root,
    own.map(({ object }) => object),
  );
  const files = own.map(({ path }, index) => ({ path: path.slice(folder.length), bytes: bytes[index] as Uint8Array }));
  const renamed = new Map<string, string>();
  for (const [was, now] of renames)
    if (was.startsWith(folder) && now.startsWith(prefix))
      renamed.set(was.slice(folder.length), now.slice(prefix.length));
  const versions = await versionsOf(root, { commit, words, folder, prefix, renamed, files });
  return { words, sources: { root, files }, renamed, versions, unknown };
}

function notThere(revision: string): NotVerifiable {
  const isAbove = /[~^]/.test(revision);
  return {
    message: `Not verifiable: git knows no commit "${revision}" here.`,
    hint: isAbove
      ? 'Fetch more of the history: git fetch --deepen=1, or --unshallow.'
      : `Fetch it first: git fetch --depth=1 origin ${revision.replace(/^origin\//, '')}, and compare with FETCH_HEAD.`,
  };
}

function noCommon(revision: string): NotVerifiable {
  return {
    message: `Not verifiable: the history does not reach a commit that ${revision} and HEAD have in common, so that they are compared as they are. What was added to ${revision} since then is told as gone.`,
    hint: 'Fetch more of the history: git fetch --unshallow, or a greater --depth.',
  };
}

function folderOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const folder = posix.dirname(path);
  return folder === '.' ? '' : `${folder}/`;
}

type Entry = { path: string; object: string; isFile: boolean };

async function treeOf(root: string, commit: string): Promise<Entry[]> {
  const out = (await git(root, ['ls-tree', '-r', '-z', '--full-tree', commit])).toString('utf8');
  return out.split('\0').flatMap((row) => {
    const [, mode, , object, path] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(row) ?? [];
    return object && path ? [{ path, object, isFile: mode === '100644' || mode === '100755' }] : [];
  });
}

/** What each object holds, in the order asked for; nothing for what is not there. */
async function blobsOf(root: string, objects: readonly string[]): Promise<(Uint8Array | undefined)[]> {
  if (objects.length === 0) return [];
  const out = await git(root, ['cat-file', '--batch'], objects.map((object) => `${object}\n`).join(''));
  let at = 0;
  return objects.map(() => {
    const end = out.indexOf(10, at);
    const size = /^\S+ blob (\d+)$/.exec(out.toString('utf8', at, end))?.[1];
    at = end + 1;
    if (size === undefined) return undefined;
    const bytes = new Uint8Array(out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
    return bytes;
  });
}

/** Files of a commit that stand elsewhere now, by their paths in the repository. */
async function renamesSince(root: string, commit: string): Promise<Map<string, string>> {
  const how = ['--no-ext-diff', '--no-textconv', '--find-renames', '--diff-filter=R', '--name-status', '-z'];
  const out = (await git(root, ['diff', ...how, commit, '--', ':/'])).toString('utf8').split('\0');
  const renames = new Map<string, string>();
  for (let index = 0; index + 2 < out.length; index += 3)
    renames.set(out[index + 1] as string, out[index + 2] as string);
  return renames;
}

type Since = {
  commit: string;
  words: string;
  folder: string;
  prefix: string;
  renamed: ReadonlyMap<string, string>;
  files: readonly SourceFile[];
};

/** The forms of every file that commits since the base changed, newest first, the base last. */
async function versionsOf(
  root: string,
  { commit, words, folder, prefix, renamed, files }: Since,
): Promise<Base['versions']> {
  const log = await git(root, [
    'log',
    '-z',
    '--no-renames',
    '--name-only',
    '--format=%x01%H %h of %cI',
    `${commit}..HEAD`,
    '--',
    ':/',
  ]);
  const versions = new Map<string, { commit: string; bytes: Uint8Array | undefined }[]>();
  const pathNow = (path: string) => renamed.get(path) ?? path;
  const wanted: { path: string; words: string; object: string }[] = [];
  for (const part of log.toString('utf8').split('\u0001').slice(1)) {
    const [head = '', ...names] = part.split('\0');
    const [, hash = '', own = ''] = /^(\S+) (.*)$/.exec(head.trim()) ?? [];
    const touched = new Set(names.map((name) => name.trim()));
    for (const { path } of files) {
      const place = [folder + path, prefix + pathNow(path)].find((name) => touched.has(name));
      if (place) wanted.push({ path, words: own, object: `${hash}:${place}` });
    }
  }
  const bytes = await blobsOf(
    root,
    wanted.map(({ object }) => object),
  );
  for (const [index, { path, words: own }] of wanted.entries())
    versions.set(path, [...(versions.get(path) ?? []), { commit: own, bytes: bytes[index] }]);
  const short = words.replace(/^.*, commit /, '');
  for (const { path, bytes: own } of files)
    versions.set(path, [...(versions.get(path) ?? []), { commit: short, bytes: own }]);
  return versions;
}
