import { clauseOf } from '../check/check.ts';
import { sha256Of } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import { withoutConfidential } from '../derive/confidential.ts';
import { foldedUntil } from '../derive/folded-until.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { logDigests } from '../derive/log-digests.ts';
import { type LoggedNote, noteAt, notePath, notesIn } from '../derive/publications.ts';
import { buildNote } from '../derive/note.ts';
import { type Line, pending } from '../model/log.ts';
import { type SealedEnvelope, stageName } from '../model/published-note.ts';

/** A frozen note: where it stands in the content folder, and the text of the file. */
export type FrozenNote = { path: string; text: string; published: SealedEnvelope };

/** The line that publishes a note, without the digest that it gets from it. */
export type Publication = Omit<Line<'publish'>, 'sha256'>;

/**
 * Freezes the note of a release, at the catalog's moment, as the lines of its log before the publication say. `line` is
 * the publication as parsed, and stands at `index` of the log, counted from 0, or is appended there. Pure: nothing is
 * written.
 */
export function freezeNote(
  whole: Catalog,
  { id }: { id: string },
  { line, index }: { line: Publication; index: number },
): FrozenNote {
  const catalog = withoutConfidential(whole);
  const release = foldedUntil(catalog, catalog.releases.find((known) => known.id === id) as ReleaseHistory, index);
  const { asOf: publishedAt, policy } = catalog;
  const by = [line.by].flat();
  const lines = release.record.log.slice(0, index);
  const last = notesIn(lines).at(-1);
  const before = last && noteAt(catalog, release.id, last.name);
  const stage = line.note;
  const { number, name } = notesIn([...lines, { ...line, sha256: pending }]).at(-1) as LoggedNote;
  const sealed: Omit<SealedEnvelope, 'sha256'> = {
    format: 2,
    release: release.id,
    stage,
    number,
    publishedAt,
    by,
    ...(before ? { previous: { stage: stageName(before.stage, before.number), sha256: before.sha256 } } : {}),
    log: logDigests([...release.record.rawLog.slice(0, index), line]),
    note: buildNote(catalog, {
      release,
      stage,
      number,
      publishedAt,
      publishedBy: by,
      informed: line.informed ?? [],
      reason: line.reason,
      before: before?.note,
      clauseOf: (rule) => clauseOf(rule, policy),
    }),
  };
  const envelope = { ...sealed, sha256: sha256Of(sealed) };
  return {
    path: notePath(release.id, name),
    text: `${JSON.stringify(envelope, null, 2)}\n`,
    published: envelope,
  };
}
