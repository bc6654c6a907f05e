import type { LogLine, Line } from '../model/log.ts';
import { stageName } from '../model/published-note.ts';

/**
 * A line of a log that published a note: where it stands, counted from 0, the number of its stage, and the name of the
 * note's file. `line` is the line as it counts today: where a later one corrects it, that one.
 */
export type LoggedNote = { index: number; line: Line<'publish'>; number: number; name: string };

/** The publications of a log, in its order. A line that corrects another one publishes nothing of its own. */
export function notesIn(log: readonly LogLine[]): LoggedNote[] {
  const notes: LoggedNote[] = [];
  const byIndex = new Map<number, LoggedNote>();
  let errata = 0;
  for (const [index, line] of log.entries()) {
    if (line.did !== 'publish') continue;
    const corrected = line.replaces === undefined ? undefined : byIndex.get(line.replaces - 1);
    if (corrected) {
      corrected.line = line;
      byIndex.set(index, corrected);
      continue;
    }
    if (line.note === 'erratum') errata += 1;
    const number = line.note === 'erratum' ? errata : 1;
    const note = { index, line, number, name: stageName(line.note, number) };
    notes.push(note);
    byIndex.set(index, note);
  }
  return notes;
}

/** Where the note of a name stands in the content folder. */
export function notePath(release: string, name: string): string {
  return `published/${release}/${name}.json`;
}
