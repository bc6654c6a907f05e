import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { close, createIndex, type CustomRecord, type PagefindIndex } from 'pagefind';
import type { SearchRecord } from './project/search-records.ts';

/** Pagefind's own pages: the site has its own, so they are not shipped. */
const unused = /^pagefind-(?:ui|modular-ui|component-ui|highlight)\b/;

/**
 * Writes the index into a folder. The same records give the same bytes: records are added one after the other, in
 * order.
 */
export async function writeSearchIndex(records: readonly SearchRecord[], outputPath: string): Promise<void> {
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (!index) throw new Error(`The search index could not be made: ${errors.join(', ')}`);
  for (const record of records) await add(index, record);
  const written = await index.writeFiles({ outputPath });
  await close();
  for (const name of await readdir(outputPath)) if (unused.test(name)) await rm(join(outputPath, name));
  if (written.errors.length > 0) throw new Error(`The search index could not be written: ${written.errors.join(', ')}`);
}

async function add(
  index: PagefindIndex,
  { id, kind, title, path, content, severity, components }: SearchRecord,
): Promise<void> {
  const filters: Record<string, string[]> = { kind: [kind] };
  if (severity) filters['severity'] = [severity];
  if (components.length > 0) filters['component'] = components;
  const record: CustomRecord = {
    url: path,
    language: 'en',
    content: `${content} ${searchable(id)}`,
    meta: { title, id, kind },
    filters,
  };
  const { errors } = await index.addCustomRecord(record);
  if (errors.length > 0) throw new Error(`${id} could not be indexed: ${errors.join(', ')}`);
}

/** An id is also found by its number, with and without the noughts before it. */
function searchable(id: string): string {
  const digits = id.replace(/^\D+/, '');
  return /^\d+$/.test(digits) ? [...new Set([id, digits, String(Number(digits))])].join(' ') : id;
}
