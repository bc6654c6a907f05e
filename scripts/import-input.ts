import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { profileName } from '../src/import/find/profiles.ts';
import type { Refused } from '../src/import/remark.ts';
import type { Sources } from '../src/load/read-content.ts';
import { readMoment } from '../src/pipeline.ts';
import { nearest } from '../src/validate/nearest.ts';
import type { Records } from '../src/validate/validate.ts';
import type { ExportFile } from './reader/process.ts';
import { Refusal } from './terminal.ts';

/** The name of an export in messages. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : basename(file);
}

/** The export that is named, or what stands on standard input. */
export async function readGiven(file: string): Promise<ExportFile> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return { bytes: Buffer.concat(chunks), path: undefined };
  }
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new Refusal(2, `There is no file ${relative('', file) || file}.`);
  if (!found.isFile()) throw new Refusal(2, `${relative('', file) || file} is not a file.`);
  return { bytes: await readFile(file), path: file };
}

/** The profile that is named, when there is one of that name. */
export function profileNamed(name: string | undefined, { profiles }: Records): string | undefined {
  if (name === undefined) return undefined;
  const names = profiles.map(({ file }) => profileName(file));
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw new Refusal(
    2,
    `There is no profile "${name}". ${near ? `Did you mean "${near}"?` : `The profiles are ${names.join(', ') || 'none'}.`}`,
  );
}

/** The moment of the export that is given, in the zone of the programme; `file` is when the export was last changed. */
export function exportedAt(given: string | undefined, zone: string, path: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (given === 'file') {
    if (path === undefined) throw new Refusal(2, 'Standard input has no time of its own: say when it was exported.');
    return statSync(path).mtime.toISOString().replace(/\.\d+/, '');
  }
  try {
    return readMoment(given, zone);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(2, error.message);
    throw error;
  }
}

/** Why an import has to wait for a record that cannot be read; undefined when every defect and profile can. */
export function unreadRecord({ files }: Sources, { defects, profiles }: Records): Refused | undefined {
  const readable = new Set([...defects, ...profiles].map(({ file }) => file));
  const unread = files
    .map(({ path }) => path)
    .find(
      (path) =>
        /^(?:defects\/[^/]+\.md|profiles\/[^/]+\.yaml)$/.test(path) &&
        !readable.has(path) &&
        !/README\.md$/i.test(path),
    );
  if (unread === undefined) return undefined;
  return {
    refused: unread.startsWith('profiles/')
      ? `${unread} cannot be read, so that it is not known whether this export is of its tracker.`
      : `${unread} cannot be read, so that it is not known which defect of the tracker it is.`,
    hint: 'Run ccmt check, and fix what it finds first.',
  };
}
