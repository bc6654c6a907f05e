import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { digest } from '../model/published-note.ts';
import { digestOfFile, filesOf } from './digests.ts';

/** Where the manifest of a site stands. */
export const manifestName = 'manifest.json';

/** What a build lists for itself alone, and no host serves. */
export const listName = '.ccmt-site';

/**
 * What a site says of itself: as of when it was made, from which commit, and the SHA-256 of every file beside this one.
 * `before` is the digest of the manifest before it, where one was given, so that the builds of a site form a chain.
 */
export const manifest = z.looseObject({
  format: z.literal(1),
  asOf: z.string(),
  programme: z.string(),
  planVersion: z.string().optional(),
  commit: z.string().optional(),
  before: digest.optional(),
  files: z.record(z.string(), digest),
});

export type SiteManifest = z.infer<typeof manifest>;

/** Completes the manifest of a site that was built: every file with its digest. */
export async function completeManifest(folder: string, before: string | undefined): Promise<void> {
  const path = join(folder, manifestName);
  const said = JSON.parse(await readFile(path, 'utf8')) as object;
  const files: Record<string, string> = {};
  for (const file of (await filesOf(folder)).map((entry) => entry.path).sort())
    if (file !== manifestName && file !== listName) files[file] = await digestOfFile(join(folder, file));
  await writeFile(path, `${JSON.stringify({ ...said, ...(before ? { before } : {}), files }, null, 2)}\n`);
}
