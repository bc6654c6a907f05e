import { clauseOf } from '../check/check.ts';
import { sha256Of } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import { withoutConfidential } from '../derive/confidential.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { buildNote } from '../derive/note.ts';
import type { Stage } from '../model/log.ts';
import { type PublishedNote, stageName } from '../model/note.ts';
import { compareText } from '../diagnostic.ts';

/** What is published, when and by whom. */
export type Publication = { stage: Stage; by: string[]; reason?: string | undefined };

/** A frozen note: where it stands in the content folder, and the text of the file. */
export type FrozenNote = { path: string; text: string; published: PublishedNote };

/** Freezes the note of a release as it stands in a catalog, at the catalog's moment. Pure: nothing is written. */
export function freezeNote(whole: Catalog, { id }: { id: string }, { stage, by, reason }: Publication): FrozenNote {
  const catalog = withoutConfidential(whole);
  const release = catalog.releases.find((candidate) => candidate.id === id) as ReleaseHistory;
  const { asOf: publishedAt, policy, published } = catalog;
  const earlier = published
    .filter((note) => note.release === release.id && note.publishedAt <= publishedAt)
    .sort((a, b) => compareText(a.publishedAt, b.publishedAt));
  const before = earlier.at(-1);
  const number = stage === 'erratum' ? earlier.filter((note) => note.stage === 'erratum').length + 1 : 1;
  const clause = (rule: string) => clauseOf(rule, policy);
  const note = buildNote(catalog, {
    release,
    stage,
    number,
    publishedAt,
    publishedBy: by,
    reason,
    before: before?.note,
    clauseOf: clause,
  });
  const envelope: PublishedNote = {
    format: 1,
    release: release.id,
    stage,
    number,
    publishedAt,
    by,
    ...(before
      ? { previous: { release: before.release, stage: stageName(before.stage, before.number), sha256: before.sha256 } }
      : {}),
    note,
    sha256: sha256Of(note),
  };
  return {
    path: `published/${release.id}/${stageName(stage, number)}.json`,
    text: `${JSON.stringify(envelope, null, 2)}\n`,
    published: envelope,
  };
}
