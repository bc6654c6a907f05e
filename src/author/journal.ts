import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isCode, makeDurable, writeDurably } from './plain-file.ts';

/** A file to be written, and the bytes it had when the change was planned; none for a file that was not there. */
export type Change = { path: string; text: string; before: Uint8Array | undefined };

export const journalName = '.ccmt-write';
export const listName = 'list.json';
const unfinishedList = 'list';
const ignoreName = '.gitignore';
/** Names in the journal: new texts by number, the list, and what hides it from git. */
export const ownName = /^(?:\.gitignore|list|list\.json|0|[1-9]\d{0,5})$/;

/** The most that is written at once, and so the most that is believed of a journal. */
export const mostFiles = 200_000;
export const mostBytes = 64 * 1024 * 1024;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** What a journal is to change: SHA-256 of each file as it was and as it is to be. */
export const journalList = z.strictObject({
  format: z.literal(1),
  changes: z
    .array(z.strictObject({ path: z.string(), before: z.union([digest, z.literal('absent')]), after: digest }))
    .max(mostFiles),
});
export type Entry = z.infer<typeof journalList>['changes'][number];

/**
 * Puts the new texts beside the records and makes them durable; from the moment the list is there the write counts as
 * done.
 */
export async function stageJournal(root: string, changes: readonly Change[]): Promise<void> {
  const folder = join(root, journalName);
  await mkdir(folder);
  // The journal hides itself from git, in whosever repository the content stands.
  await writeDurably(join(folder, ignoreName), '*\n');
  for (const [index, { text }] of changes.entries()) await writeDurably(join(folder, String(index)), text);
  const entries = changes.map(({ path, text, before }): Entry => ({
    path,
    before: before ? digestOf(before) : 'absent',
    after: digestOf(text),
  }));
  await writeDurably(join(folder, unfinishedList), JSON.stringify({ format: 1, changes: entries }));
  await rename(join(folder, unfinishedList), join(folder, listName));
  await makeDurable(folder);
  await makeDurable(root);
}

/**
 * Moves the new texts of a journal that fits into their places; those that were moved before are left where they are.
 */
export async function finishJournal(root: string, paths: readonly string[]): Promise<void> {
  const folders = new Set([root]);
  for (const [index, path] of paths.entries()) {
    for (let folder = dirname(join(root, path)); folder.length > root.length; folder = dirname(folder))
      folders.add(folder);
    await mkdir(dirname(join(root, path)), { recursive: true });
    await ignoring(['ENOENT'], rename(join(root, journalName, String(index)), join(root, path)));
  }
  for (const folder of folders) await makeDurable(folder);
  await forgetJournal(root);
}

/**
 * Removes a journal that is finished or was never complete; the list first, so that what is left of it means nothing.
 */
export async function forgetJournal(root: string): Promise<void> {
  const folder = join(root, journalName);
  await ignoring(['ENOENT'], unlink(join(folder, listName)));
  for (const name of await readdir(folder)) if (ownName.test(name)) await unlink(join(folder, name));
  await rmdir(folder);
}

export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function ignoring(codes: string[], done: Promise<void>): Promise<void> {
  await done.catch((error: unknown) => {
    if (!isCode(error, ...codes)) throw error;
  });
}
