import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listSite } from './built-site.ts';
import { makeOwnFolder, removeAbandoned, removeOwn } from './own-folders.ts';
import { publishFolder, restoreFolder } from './publish-folder.ts';
import { refuseStranger } from './site-folder.ts';

/**
 * Lets `make` build a site, in the folder `site` of a workshop of its own, and puts it in place of the one before;
 * answers false when `make` does, and then the site stays as it was. What killed builds left, here and beside the
 * target, is put right before and removed afterwards.
 */
export async function replaceSite(
  target: string,
  workshops: string,
  make: (workshop: string) => Promise<boolean>,
): Promise<boolean> {
  await mkdir(workshops, { recursive: true });
  const workshop = await makeOwnFolder(workshops);
  try {
    await tidy(workshop, target);
    if (!(await make(workshop))) return false;
    const site = join(workshop, 'site');
    await listSite(site);
    await refuseStranger(target);
    await publishFolder(site, target);
    await tidy(workshop, target);
    return true;
  } finally {
    await removeOwn(workshop);
  }
}

async function tidy(workshop: string, target: string): Promise<void> {
  const { mtimeMs: now } = await stat(workshop);
  await restoreFolder(target);
  for (const parent of new Set([dirname(workshop), dirname(target)])) await removeAbandoned(parent, now);
}
