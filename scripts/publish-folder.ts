import { renameSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exchangeFolders } from './exchange-folders.ts';
import { makeOwnFolder, ownFolders, removeOwn } from './own-folders.ts';
import { Refusal } from './terminal.ts';

/**
 * Puts a built folder in place of the one before, so that readers find the old one or the new one, never a mixture and
 * never nothing. Where the system cannot exchange two folders, one is renamed right after the other, and
 * `restoreFolder` undoes what a process leaves that is killed just there.
 */
export async function publishFolder(built: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const own = await makeOwnFolder(dirname(target));
  try {
    const site = join(own, 'site');
    await moveFolder(built, site);
    if (renameUnlessTaken(site, target)) return;
    if (await exchangeFolders(site, target)) return;
    await replaceInTwoSteps(site, target, own);
  } finally {
    await restoreFolder(target);
    await removeOwn(own);
  }
}

/**
 * Puts the folder back that a killed process had taken away and not yet replaced. Nothing is done when the target is
 * there.
 */
export async function restoreFolder(target: string): Promise<void> {
  for (const own of await ownFolders(dirname(target))) {
    try {
      renameUnlessTaken(join(dirname(target), own, 'before', basename(target)), target);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

async function replaceInTwoSteps(site: string, target: string, own: string): Promise<void> {
  const before = join(own, 'before', basename(target));
  for (let tries = 0; tries < 100; tries += 1) {
    await rm(before, { recursive: true, force: true });
    await mkdir(dirname(before), { recursive: true });
    // Another build that publishes here at the same time may have taken it away, or may put its own there first.
    takeAway(target, before);
    if (renameUnlessTaken(site, target)) return;
  }
  throw new Refusal(5, `${target} could not be replaced: another process keeps putting something there.`);
}

function takeAway(target: string, before: string): void {
  try {
    renameSync(target, before);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Renames a folder to a name that is free, or that of an empty folder; answers false when there is more. */
function renameUnlessTaken(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    // Windows calls it EPERM.
    if (['ENOTEMPTY', 'EEXIST', ...(process.platform === 'win32' ? ['EPERM'] : [])].includes(codeOf(error)))
      return false;
    throw error;
  }
}

/** To another file system a folder can only be copied. */
async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true });
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
