import { lstat, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFile, filesOf } from '../src/site/digests.ts';
import { listName } from '../src/site/manifest.ts';

const title =
  '# A site that ccmt built, format 1. The next build may replace this folder while it holds these files, as they are, and no others.';

/**
 * Lists every file of a built site with its digest, in a file of the site, so that a later build knows it for what it
 * is.
 */
export async function listSite(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const { path } of await filesOf(folder)) lines.push(`${await digestOfFile(join(folder, path))}  ${path}`);
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
    if (digest !== (await digestOfFile(join(folder, path)).catch(() => undefined)))
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

async function identityOf(folder: string): Promise<string | undefined> {
  const found = await stat(folder, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}
