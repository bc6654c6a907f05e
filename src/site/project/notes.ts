import type { Catalog } from '../../derive/catalog.ts';
import { stageWord } from '../words/statuses.ts';
import { type Time, timeOf } from '../words/dates.ts';
import type { Note } from '../../model/note.ts';
import { stageName } from '../../model/published-note.ts';
import { compareText } from '../../diagnostic.ts';
import { noteModel, type NoteModel } from './note/note.ts';

/**
 * A note as it was published. `note` and `sealed` are passed on whole: they are public as they are; `shown` is
 * what a page shows of it.
 */
export type PublicNote = {
  release: string;
  stage: Note['stage'];
  number: number;
  /** The name in its address: `provisional`, `final`, `erratum-2`. */
  name: string;
  /** What readers call it: `Provisional note`, `Erratum 2`. */
  word: string;
  publishedAt: Time;
  sha256: string;
  note: Note;
  sealed: unknown;
  shown: NoteModel;
};

/** The notes that were published by the moment of looking, oldest first. */
export function projectNotes(catalog: Catalog): PublicNote[] {
  return catalog.published
    .filter(({ publishedAt }) => publishedAt <= catalog.asOf)
    .sort((a, b) => compareText(a.publishedAt, b.publishedAt) || compareText(a.release, b.release))
    .map(({ release, stage, number, publishedAt, sha256, note, sealed }) => ({
      release,
      stage,
      number,
      name: stageName(stage, number),
      word: stageWord(stage, number, catalog.policy.programme.terms),
      publishedAt: timeOf(publishedAt, catalog.policy.programme.zone),
      sha256,
      note,
      sealed,
      shown: noteModel(catalog, note),
    }));
}
