import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freezePending } from '../../src/author/freeze-pending.ts';
import { withChanges } from '../../src/author/publish-note.ts';
import type { SourceFile, Sources } from '../../src/load/read-content.ts';

export const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** A folder as sources. Files stay as they are, bytes and all. */
export function readTree(root: string): Sources {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  return { root, files: paths.sort().map((path) => ({ path, bytes: readFileSync(join(root, path)) })) };
}

/**
 * One tree laid over another, so that a fixture shows only what is special about it. A file replaces the one of its
 * name; `X.delete` removes X; `X.edit` changes lines of X: lines that begin with `< ` are found by the fragment after
 * it (each in exactly one place, one below the other), and the lines after them that begin with `> ` stand there
 * instead, word for word. Other lines of an edit are comment.
 */
export function overlay(base: Sources, over: readonly SourceFile[]): Sources {
  const files = new Map(base.files.map((file) => [file.path, file]));
  for (const file of over) {
    const [, path, way] = /^(.*?)(?:\.(edit|delete))?$/.exec(file.path) as unknown as [
      string,
      string,
      string | undefined,
    ];
    if (way === undefined) files.set(path, file);
    else if (!files.delete(path) && way === 'delete') throw new Error(`${file.path}: there is no ${path} to remove`);
    const before = base.files.find((candidate) => candidate.path === path);
    if (way === 'edit') files.set(path, { path, bytes: encode(edited(textOf(before), textOf(file), file.path)) });
  }
  return { root: base.root, files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The tree with its pending notes frozen, each as of its own moment. */
export function freeze(sources: Sources): Sources {
  return withChanges(sources, freezePending(sources));
}

let frozenBase: Sources | undefined;
/** The base programme with its notes frozen: the good tree that every fixture spoils a little. */
export function base(): Sources {
  frozenBase ??= freeze(readTree(join(fixtures, 'base')));
  return frozenBase;
}

/**
 * The base with a fixture over it, its notes frozen, and `afterwards/` over that: what was done to the tree once it was
 * published. Unless programme or schedule differ, which every note speaks of, only the notes of the releases it touches
 * are frozen anew: it takes long.
 */
export function fixtureTree(folder: string, { isBefore = false } = {}): Sources {
  const over = readTree(folder).files.filter(({ path }) => !path.startsWith('afterwards/') && path !== 'expect.yaml');
  const pending = readTree(join(fixtures, 'base'));
  const touched = over.map(({ path }) =>
    reshapesNotes(path) ? null : (/^releases\/(.+?)\.mdx/.exec(path)?.[1] ?? ''),
  );
  const start = touched.includes(null)
    ? pending
    : { root: folder, files: base().files.flatMap((file) => unfrozen(file, touched as string[], pending)) };
  const tree = freeze(overlay({ ...start, root: folder }, over));
  const afterwards = join(folder, 'afterwards');
  return !isBefore && existsSync(afterwards) ? overlay(tree, readTree(afterwards).files) : tree;
}

function reshapesNotes(path: string): boolean {
  return path.startsWith('programme.yaml') || path.startsWith('schedule.yaml');
}

function unfrozen(file: SourceFile, releases: readonly string[], pending: Sources): SourceFile[] {
  const release = releases.find(
    (id) => id !== '' && (file.path === `releases/${id}.mdx` || file.path.startsWith(`published/${id}/`)),
  );
  if (release === undefined) return [file];
  return file.path.startsWith('published/') ? [] : pending.files.filter(({ path }) => path === file.path);
}

function edited(text: string, edit: string, name: string): string {
  let lines = text.split('\n');
  let found: number[] = [];
  let written: string[] = [];
  const apply = () => {
    if (found.length > 0)
      lines = [...lines.slice(0, found[0]), ...written, ...lines.slice((found.at(-1) as number) + 1)];
    [found, written] = [[], []];
  };
  for (const row of [...edit.split('\n'), '< ']) {
    if (row.startsWith('< ')) {
      if (written.length > 0 || row === '< ') apply();
      if (row !== '< ') found.push(lineWith(lines, row.slice(2), found.at(-1), name));
    } else if (row.startsWith('> ')) written.push(row.slice(2));
    else if (row.trim() === '>') written.push('');
    else if (row.trim() === '') apply();
  }
  return lines.join('\n');
}

function lineWith(lines: string[], fragment: string, after: number | undefined, name: string): number {
  const hits = lines.flatMap((line, index) => (line.includes(fragment) ? [index] : []));
  const next = after === undefined ? undefined : after + 1;
  if (next !== undefined && hits.includes(next)) return next;
  if (next !== undefined || hits.length !== 1)
    throw new Error(
      `${name}: "${fragment}" is in ${next === undefined ? `${hits.length} lines` : 'another place than below the line before'}`,
    );
  return hits[0] as number;
}

export function textOf(file: SourceFile | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(file?.bytes ?? new Uint8Array());
}

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A tree with texts replaced in its files; each has to be there. */
export function changed(tree: Sources, ...changes: [path: string, from: string | RegExp, to: string][]): Sources {
  const missing = changes.find(([path]) => !tree.files.some((file) => file.path === path));
  if (missing) throw new Error(`there is no ${missing[0]}`);
  const files = tree.files.map((file) => {
    const own = changes.filter(([path]) => path === file.path);
    if (own.length === 0) return file;
    const text = own.reduce((before, [, from, to]) => {
      if (typeof from === 'string' ? !before.includes(from) : !from.test(before))
        throw new Error(`${file.path} has no ${String(from)}`);
      return typeof from === 'string' ? before.replace(from, () => to) : before.replace(from, to);
    }, textOf(file));
    return { path: file.path, bytes: encode(text) };
  });
  return { ...tree, files };
}
