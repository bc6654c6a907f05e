import type { Sources } from '../../src/load/read-content.ts';
import { digestOf, type Files, type Json, noteIn, pathsOf, putNote } from './forger.ts';
import { encode, overlay, textOf } from './tree.ts';

/** The texts of a tree by their paths. */
export const filesOf = (tree: Sources): Files => new Map(tree.files.map((file) => [file.path, textOf(file)]));

/** A tree with the texts of a map in it, and without the files that are not in it. */
export function treeWith(tree: Sources, files: Files): Sources {
  const kept = { ...tree, files: tree.files.filter(({ path }) => files.has(path)) };
  const before = filesOf(tree);
  const changed = [...files].filter(([path, text]) => before.get(path) !== text);
  return overlay(
    kept,
    changed.map(([path, text]) => ({ path, bytes: encode(text) })),
  );
}

/** The notes of a release as an earlier version of the tool froze them: in format 1, their digests in the log. */
export function toFormatOne(files: Files, release: string): void {
  let previous: Json | undefined;
  for (const { path } of pathsOf(files, release)) {
    if (!files.has(path)) continue;
    const { note, stage, number, publishedAt, by, sha256 } = noteIn(files, path);
    const { informed, contacts: _, items, changed, ...rest } = note as Json & { items: Json[]; changed: Json[] };
    const old = {
      ...rest,
      audience: informed,
      items: items.map(({ actions, ...item }) => {
        const [{ id, name } = { id: 'none', name: 'Nothing' }] = actions as { id: string; name: string }[];
        return { ...item, action: { id, name } };
      }),
      changed: changed.map(({ what, from, to }) => ({ what, from, to })),
    };
    const envelope = { format: 1, release, stage, number, publishedAt, by, ...(previous ? { previous } : {}) };
    const digest = digestOf(JSON.parse(JSON.stringify(old)));
    putNote(files, path, { ...envelope, note: old, sha256: digest });
    const log = `releases/${release}.mdx`;
    files.set(log, (files.get(log) as string).replace(String(sha256), digest));
    previous = { release, stage: path.replace(/^.*\/|\.json$/g, ''), sha256: digest };
  }
}
