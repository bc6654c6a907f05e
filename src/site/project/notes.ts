import type { Catalog } from '../../derive/catalog.ts';
import type { Instant } from '../../model/time.ts';
import { type Note, stageName } from '../../model/note.ts';
import { compareText } from '../../diagnostic.ts';

/**
 * A note as it was published. `note` is passed on whole: it is a public projection already, and its bytes are hashed.
 */
export type PublicNote = {
  release: string;
  stage: Note['stage'];
  number: number;
  /** The name in its address: `provisional`, `final`, `erratum-2`. */
  name: string;
  publishedAt: Instant;
  sha256: string;
  note: Note;
  /** The stages of the same release before and after. */
  before?: string | undefined;
  after?: string | undefined;
};

/** The notes that were published by the moment of looking, oldest first. */
export function projectNotes({ published, asOf }: Catalog): PublicNote[] {
  const notes = published
    .filter(({ publishedAt }) => publishedAt <= asOf)
    .map(({ release, stage, number, publishedAt, sha256, note }) => ({
      release,
      stage,
      number,
      name: stageName(stage, number),
      publishedAt,
      sha256,
      note,
    }))
    .sort((a, b) => compareText(a.publishedAt, b.publishedAt) || compareText(a.release, b.release));
  const byRelease = Map.groupBy(notes, ({ release }) => release);
  return notes.map((note) => {
    const own = byRelease.get(note.release) ?? [];
    const place = own.indexOf(note);
    return { ...note, before: own[place - 1]?.name, after: own[place + 1]?.name };
  });
}
