import { typeName } from '../../../derive/names.ts';
import type { Catalog } from '../../../derive/catalog.ts';
import type { Note } from '../../../model/note.ts';
import { type NoteActions, noteActions } from './actions.ts';
import { type NoteChanges, noteChanges } from './changes.ts';
import { type NoteEvidence, noteEvidence } from './evidence.ts';

/**
 * What a page shows of a published note. The sealed note holds instants and ids; here stand moments as they are read,
 * and references to the pages of today.
 */
export type NoteModel = Pick<
  Note,
  | 'release'
  | 'title'
  | 'summary'
  | 'type'
  | 'typeMeaning'
  | 'kind'
  | 'stage'
  | 'number'
  | 'stageMeaning'
  | 'reason'
  | 'programme'
  | 'changeOrder'
  | 'marking'
  | 'slot'
  | 'informed'
  | 'requires'
  | 'documents'
  | 'contact'
  | 'nextSlot'
  | 'body'
> & {
  phase: string;
  environments: string[];
  /** True when another note of the release came before it. */
  amends: boolean;
  actions: NoteActions;
} & NoteChanges &
  NoteEvidence;

/** What a page shows of a note, field by field. */
export function noteModel(catalog: Catalog, note: Note): NoteModel {
  return {
    ...wordsOf(catalog, note),
    actions: noteActions(catalog, note),
    ...noteChanges(catalog, note),
    ...noteEvidence(catalog, note),
  };
}

/** What is shown as it was sealed. */
function wordsOf({ policy, published }: Catalog, note: Note) {
  return {
    amends: published.some(({ release, publishedAt }) => release === note.release && publishedAt < note.publishedAt),
    release: note.release,
    title: note.title,
    summary: note.summary,
    type: typeName(policy, note.type),
    typeMeaning: note.typeMeaning,
    kind: note.kind,
    stage: note.stage,
    number: note.number,
    stageMeaning: note.stageMeaning,
    reason: note.reason,
    programme: note.programme,
    changeOrder: note.changeOrder,
    marking: note.marking,
    phase: note.phase.name,
    environments: note.environments.map(({ name }) => name),
    slot: note.slot && {
      date: note.slot.date,
      day: note.slot.day,
      time: note.slot.time,
      reason: note.slot.reason,
    },
    informed: note.informed,
    requires: note.requires,
    documents: note.documents,
    contact: note.contact,
    nextSlot: note.nextSlot,
    body: note.body,
  };
}
