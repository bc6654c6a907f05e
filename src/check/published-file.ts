import { sha256Of } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import { isMeaningOf } from '../derive/note.ts';
import { notePath } from '../derive/publications.ts';
import { stageName } from '../model/published-note.ts';
import { at, type RuleFinding } from './rule.ts';

export type Published = Catalog['published'][number];

/** What helps where a file is not as the tool wrote it. */
export const restore = 'Restore the file from the history.';

/** What is wrong with the file of a note whatever else there is: its place, its seal, and what it says twice. */
export function* faultsOfFile(note: Published): Generator<RuleFinding> {
  const { file, release, stage, number, sealed, sha256 } = note;
  const shared = { release, when: note.publishedAt };
  if (file !== notePath(release, stageName(stage, number)))
    yield {
      at: at(note, 'release'),
      message: `This is the ${noteName(note)} of ${release}, in the file of the ${nameInWords(file)}.`,
      hint: 'Restore the file from the history: a published note is never replaced, renamed or copied.',
      ...shared,
    };
  if (sha256Of(sealed) !== sha256)
    yield {
      at: at(note, 'sha256'),
      message: 'The note was changed after it was published: its digest does not fit.',
      hint: `Restore the file from the history; a correction is an erratum: ccmt publish ${release} erratum --reason "…".`,
      ...shared,
    };
  if (!isMeaningOf(note.note.stage, note.note.stageMeaning))
    yield {
      at: at(note, 'note', 'stageMeaning'),
      message: `This is not what ${theNote(note)} says of its stage.`,
      hint: restore,
      ...shared,
    };
  const said = ['release', 'stage', 'number', 'publishedAt'] as const;
  for (const field of said.filter((name) => note[name] !== note.note[name]))
    yield {
      at: at(note, field),
      message: `"${field}" is "${note[field]}" here, and "${note.note[field]}" in the note itself.`,
      hint: restore,
      ...shared,
    };
}

/** What a note is called in a sentence: `the final note of R05`, `erratum 2 of R05`. */
export function theNote(note: Pick<Published, 'stage' | 'number' | 'release'>): string {
  return `${note.stage === 'erratum' ? '' : 'the '}${noteName(note)} of ${note.release}`;
}

/** The same without its release: `final note`, `erratum 2`. */
export function noteName({ stage, number }: Pick<Published, 'stage' | 'number'>): string {
  return stage === 'erratum' ? `erratum ${number}` : `${stage} note`;
}

function nameInWords(file: string): string {
  const [, release = '', name = ''] = file.slice(0, -'.json'.length).split('/');
  return `${name.startsWith('erratum-') ? name.replace('-', ' ') : `${name} note`} of ${release}`;
}
