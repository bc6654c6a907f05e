import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const listName = '.ccmt-site';
const title =
  '# A site that ccmt built, format 1. The next build may replace this folder while it holds these files, as they are, and no others.';

/**
 * Lists every file of a built site with its digest, in a file of the site, so that a later build knows it for what it
 * is.
 */
export async function listSite(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const { path } of await filesOf(folder)) lines.push(`${await digestOf(join(folder, path))}  ${path}`);
  // The form that sha256sum reads: "sha256sum --check .ccmt-site" verifies a site.
  await writeFile(join(folder, listName), `${[title, ...lines].join('\n')}\n`);
}

/**
 * What in a folder no build put there, as the end of a sentence; nothing for a built site, an empty folder or none at
 * all.
 */
export async function strangerIn(folder: string): Promise<string | undefined> {
  for (;;) {
    const before = await identityOf(folder);
    const found = before === undefined ? undefined : await lookForStranger(folder);
    // Another build may have replaced the folder meanwhile, and then two sites were mixed up here.
    if ((await identityOf(folder)) === before) return found;
  }
}

async function lookForStranger(folder: string): Promise<string | undefined> {
  const listed = await readList(folder);
  if (!listed) {
    const [first] = (await readdir(folder)).sort();
    return first && `it holds ${first}, and was not built by ccmt`;
  }
  for (const { path, isFile } of await filesOf(folder)) {
    if (path === listName) continue;
    const digest = isFile ? listed.get(path) : undefined;
    if (digest === undefined) return `it holds ${path}, which no build put there`;
    if (digest !== (await digestOf(join(folder, path)).catch(() => undefined)))
      return `${path} in it was changed after it was built`;
  }
  return undefined;
}

async function readList(folder: string): Promise<Map<string, string> | undefined> {
  const path = join(folder, listName);
  const isFile = (await lstat(path).catch(() => undefined))?.isFile();
  const [first, ...lines] = isFile ? (await readFile(path, 'utf8')).split('\n') : [];
  return first === title ? new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)])) : undefined;
}

/** Everything in a folder that is not a folder, links and pipes included; what is nearest to the top comes first. */
async function filesOf(folder: string): Promise<{ path: string; isFile: boolean }[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(
    (entry) => !entry.isDirectory(),
  );
  const files = entries.map((entry) => ({
    path: relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'),
    isFile: entry.isFile(),
  }));
  return files.sort((one, other) => depthOf(one.path) - depthOf(other.path) || (one.path < other.path ? -1 : 1));
}

function depthOf(path: string): number {
  return path.split('/').length;
}

async function digestOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function identityOf(folder: string): Promise<string | undefined> {
  const found = await stat(folder, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}
