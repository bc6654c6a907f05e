import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import type { LoggedNote } from '../derive/publications.ts';
import type { Note } from '../model/note.ts';
import { toInstant } from '../model/time.ts';
import { contradictionsOf } from './note-against-log.ts';
import { theNote } from './published-file.ts';
import { at, type RuleFinding } from './rule.ts';

/**
 * What a note says and the log above its publication does not. The lines of a note of format 2 are sealed, so that it
 * is the note that was changed; of a note of format 1 nobody knows, and the line is shown.
 */
export function* contradictedNote(
  catalog: Catalog,
  release: ReleaseHistory,
  logged: LoggedNote,
  found: Catalog['published'][number],
  before: { note?: Note | undefined; isKnown: boolean },
): Generator<RuleFinding> {
  const { record } = release;
  const when = toInstant(logged.line.at, catalog.policy.programme.zone);
  const shared = { when, release: release.id, since: 2 };
  const by = [logged.line.by].flat();
  if (found.by.join(' ') !== by.join(' '))
    yield {
      at: at(found, 'by'),
      message: `The note says that ${found.by.join(' and ')} published it, and the log ${by.join(' and ')}.`,
      hint: 'Restore the file from the history.',
      related: [{ at: at(record, 'log', logged.index, 'by'), message: 'the line that published it' }],
      ...shared,
    };
  for (const { path, told, written, line } of contradictionsOf(catalog, release, logged, found, before)) {
    const inLog = at(record, 'log', line);
    const inNote = at(found, 'note', ...(told === undefined ? path.slice(0, -1) : path));
    const field = path.filter((part) => typeof part === 'string').join(', ');
    const says = `${field} is ${wordsFor(told)} in ${theNote(found)}`;
    yield found.format === 1
      ? {
          at: inLog,
          message: `${says}, and ${wordsFor(written)} by the log above its publication.`,
          hint: `Undo the edit; what happened since is a line of its own, and then an erratum: ccmt publish ${release.id} erratum --reason "…".`,
          related: [{ at: inNote, message: 'the note' }],
          ...shared,
        }
      : {
          at: inNote,
          message: `${says}, and ${wordsFor(written)} by the log, whose lines are as they were when it was published.`,
          hint: 'Restore the file from the history. A name that was changed since stands under "formerly" where it is declared.',
          related: [{ at: inLog, message: 'the log' }],
          ...shared,
        };
  }
}

/** A value in words; of a record only that it is there. */
function wordsFor(value: unknown): string {
  if (value === undefined || value === null) return 'not there';
  return typeof value === 'object' ? 'there' : `"${String(value as string)}"`;
}
