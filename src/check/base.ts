import type { Finding, Place } from '../diagnostic.ts';
import type { Sources } from '../load/read-content.ts';
import { type ReleaseRecord, validate } from '../validate/validate.ts';

/** A finding of the comparison with what was committed; the rule is always the same. */
export type Since = Omit<Finding, 'rule'>;

/** Why nothing can be compared with what was committed, and what would help. */
export type NotVerifiable = { message: string; hint: string };

/** A commit as messages name it: `1a2b3c4 of 2020-11-05T09:00:00Z`. */
export type CommitWords = string;

/**
 * What was committed, for comparing what is there now with it. Paths are those of the content folder, on both sides.
 */
export type Base = {
  /** What was asked for and what it is: `main, commit 1a2b3c4 of 2020-11-05T09:00:00Z`. */
  words: string;
  sources: Sources;
  /** Path in the base to the path that the file has now. */
  renamed: ReadonlyMap<string, string>;
  /** The forms that a file had since, newest first, the base last; under the path that it has in the base. */
  versions: ReadonlyMap<string, readonly { commit: CommitWords; bytes: Uint8Array | undefined }[]>;
  /** What cannot be known of the history, and how it could. */
  unknown: readonly NotVerifiable[];
};

/** The commit that last had something, in words: the newest one in which it holds. */
export function lastIn(base: Base, path: string, holds: (bytes: Uint8Array | undefined) => boolean): string {
  const found = base.versions.get(path)?.find(({ bytes }) => holds(bytes));
  return found ? `Commit ${found.commit} last had it.` : `It was in ${base.words}.`;
}

/** The release that a file held in a version of it, where it can be read. */
export function releaseIn(path: string, bytes: Uint8Array | undefined): ReleaseRecord | undefined {
  return bytes && validate({ root: '', files: [{ path, bytes }] }).records.releases[0];
}

/** The place of a file as a whole, which may not be there any more. */
export function wholeFile(file: string): Place {
  return { file, position: { line: 1, column: 1 } };
}
