import type { Line, LogLine } from '../model/log.ts';
import { stageName } from '../model/published-note.ts';
import type { Catalog } from './catalog.ts';

/**
 * A line of a log that published a note: where it stands, counted from 0, the number of its stage, and the name of the
 * note's file. A line that corrects it publishes nothing of its own.
 */
export type LoggedNote = {
  index: number;
  line: Line<'publish'>;
  corrections: number[];
  number: number;
  name: string;
};

/** The publications of a log, in its order. */
export function notesIn(log: readonly LogLine[]): LoggedNote[] {
  const notes: LoggedNote[] = [];
  for (const [index, line] of log.entries()) {
    if (line.did !== 'publish') continue;
    const corrected = notes.find((note) => [note.index, ...note.corrections].includes((line.replaces ?? 0) - 1));
    if (corrected) {
      corrected.corrections.push(index);
      continue;
    }
    const errata = notes.filter((note) => note.line.note === 'erratum').length;
    const number = line.note === 'erratum' ? errata + 1 : 1;
    notes.push({ index, line, corrections: [], number, name: stageName(line.note, number) });
  }
  return notes;
}

/** Where the note of a name stands in the content folder. */
export function notePath(release: string, name: string): string {
  return `published/${release}/${name}.json`;
}

type Frozen = Pick<Catalog, 'published'>;

/** The note of a name, where its file is there and can be read. */
export function noteAt({ published }: Frozen, release: string, name: string): Frozen['published'][number] | undefined {
  return published.find(({ file }) => file === notePath(release, name));
}

/** The note that a line of a log published, where its file is there and can be read. */
export function noteOfLine(
  catalog: Frozen,
  { id, log }: { id: string; log: readonly LogLine[] },
  index: number,
): Frozen['published'][number] | undefined {
  const logged = notesIn(log).find((note) => note.index === index || note.corrections.includes(index));
  return logged && noteAt(catalog, id, logged.name);
}
