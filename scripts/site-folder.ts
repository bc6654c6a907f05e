import type { Stats } from 'node:fs';
import { access, constants, lstat, readFile, realpath, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { strangerIn } from './built-site.ts';
import { makeOwnFolder } from './own-folders.ts';
import { diskWords, Refusal } from './terminal.ts';

/** What in the project is no place for a site. */
const kept = ['.ccmt', '.git', 'node_modules', 'public', 'src'];

/**
 * The folder for a site, with no link on the way to it. Refuses what a build must not replace: anything but an empty
 * place or a site that was built before, and places in and around the records and the project. Nothing is changed.
 */
export async function siteFolder(
  given: string,
  { content, project }: { content: string; project: string },
): Promise<string> {
  if (given === '') throw new Refusal(2, 'Name a folder with --out.');
  const wanted = resolve(given);
  if (dirname(wanted) === wanted) refuse(wanted, 'it is the root of the file system. Name a folder with --out.');
  const found = await lookAt(wanted);
  if (found?.isSymbolicLink()) refuse(wanted, 'it is a link. Name the folder itself with --out.');
  if (found && !found.isDirectory()) refuse(wanted, 'it is not a folder.');
  const target = await withoutLinks(wanted);
  await refuseNear(target, content, 'the content folder');
  await refuseNear(target, project, 'the project', { isAllowedInside: true });
  for (const name of kept) await refuseNear(target, join(project, name), name);
  await refuseStranger(target);
  await refuseUnwritable(target);
  return target;
}

/** Refuses a folder in which something stands that no build put there. */
export async function refuseStranger(target: string): Promise<void> {
  const stranger = await strangerIn(target);
  if (stranger)
    refuse(target, `${stranger}. Delete it first if nothing in it is needed, or name another folder with --out.`);
}

function refuse(target: string, why: string): never {
  const shown = relative('', target) || target;
  throw new Refusal(3, `The site cannot be built into ${shown.startsWith('..') ? target : shown}: ${why}`);
}

async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : refuse(path, `${diskWords[code] ?? 'it cannot be looked at'}.`);
  }
}

/** The real path of the part that is there, and the rest. */
async function withoutLinks(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined && (await lookAt(path))?.isSymbolicLink()) refuse(path, 'it is a link that leads nowhere.');
  return real ?? join(await withoutLinks(dirname(path)), basename(path));
}

async function refuseNear(
  target: string,
  place: string,
  words: string,
  { isAllowedInside = false } = {},
): Promise<void> {
  const isInside = await contains(place, target);
  const isAround = await contains(target, place);
  if (isInside && isAround) refuse(target, `it is ${words}.`);
  if (isAround) refuse(target, `${words} is in it.`);
  if (isInside && !isAllowedInside) refuse(target, `it is in ${words}.`);
}

/**
 * Compared by what the file system says they are, not by their names, which may differ in case or lead there another
 * way.
 */
async function contains(folder: string, path: string): Promise<boolean> {
  const wanted = await stat(folder, { bigint: true }).catch(() => undefined);
  if (!wanted) return false;
  for (let at = await withoutLinks(path); ; at = dirname(at)) {
    const found = await stat(at, { bigint: true }).catch(() => undefined);
    if (found?.dev === wanted.dev && found.ino === wanted.ino) return true;
    if (dirname(at) === at) return false;
  }
}

/** Tried by making a folder beside it, because permissions do not tell all. */
async function refuseUnwritable(target: string): Promise<void> {
  const found = await stat(target).catch(() => undefined);
  let parent = dirname(target);
  while (!(await stat(parent).catch(() => undefined))) parent = dirname(parent);
  if (found && (found.dev !== (await stat(parent)).dev || (await isMounted(target))))
    refuse(target, 'it is a mount point, which cannot be replaced. Name a folder in it with --out.');
  try {
    if (found) await access(target, constants.W_OK);
    await rmdir(await makeOwnFolder(parent));
  } catch (error) {
    refuse(target, `${diskWords[(error as NodeJS.ErrnoException).code ?? ''] ?? 'nothing can be written there'}.`);
  }
}

/**
 * Another place of the same disk may be mounted there, which only Linux tells: the fifth word of each line, spaces
 * written as numbers.
 */
async function isMounted(target: string): Promise<boolean> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  return mounts
    .split('\n')
    .some(
      (line) =>
        line.split(' ')[4]?.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))) ===
        target,
    );
}
