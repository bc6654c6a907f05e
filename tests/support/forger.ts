import { createHash } from 'node:crypto';
import { parse } from 'yaml';

/**
 * Someone who may commit, and who hides what he does: he edits a note or a line and then puts every digest right, in
 * notes and log. He knows the form from the docs alone, and shares no code with what is to find him.
 */
export type Files = Map<string, string>;
export type Json = { [key: string]: unknown };

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson((value as Json)[key])}`).join(',')}}`;
}

export const digestOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

const without = (record: Json, name: string): Json =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));

export function noteIn(files: Files, path: string): Json {
  return JSON.parse(files.get(path) as string) as Json;
}

export function putNote(files: Files, path: string, note: Json): void {
  files.set(path, `${JSON.stringify(note, null, 2)}\n`);
}

/** The lines of the log of a release as YAML reads them. */
export function linesOf(files: Files, release: string): Json[] {
  const [, fields] = (files.get(`releases/${release}.mdx`) as string).split(/^---$/m);
  return (parse(fields as string) as { log: Json[] }).log;
}

/** Where the note stands that a line published. */
export function pathsOf(files: Files, release: string): { index: number; path: string }[] {
  let errata = 0;
  return linesOf(files, release).flatMap((line, index) => {
    if (line['did'] !== 'publish') return [];
    if (line['note'] === 'erratum') errata += 1;
    const name = line['note'] === 'erratum' ? `erratum-${errata}` : String(line['note']);
    return [{ index, path: `published/${release}/${name}.json` }];
  });
}

/** Puts every digest of a release right: of each note, in its line, and in the notes after it. */
export function reseal(files: Files, release: string, { keepsLog = false } = {}): void {
  let previous: Json | undefined;
  for (const { index, path } of pathsOf(files, release)) {
    if (!files.has(path)) continue;
    const { sha256: before, previous: _, ...note } = noteIn(files, path);
    const lines = linesOf(files, release).slice(0, index + 1);
    const log = lines.map((line, place) => digestOf(place === index ? without(line, 'sha256') : line));
    const sealed: Json = { ...note, log: keepsLog ? note['log'] : log, ...(previous ? { previous } : {}) };
    const sha256 = digestOf(sealed);
    putNote(files, path, { ...sealed, sha256 });
    const text = `releases/${release}.mdx`;
    files.set(text, (files.get(text) as string).replace(String(before), sha256));
    previous = { stage: path.replace(/^.*\/|\.json$/g, ''), sha256 };
  }
}

/** Every leaf of a value: where it stands, and what it is. */
export function leavesOf(
  value: unknown,
  path: (string | number)[] = [],
): { path: (string | number)[]; leaf: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, leaf: value }];
  return Object.entries(value).flatMap(([key, entry]) =>
    leavesOf(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

export function put(value: unknown, path: readonly (string | number)[], leaf: unknown): void {
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Json)[key], value) as Json;
  holder[path.at(-1) as string] = leaf;
}
