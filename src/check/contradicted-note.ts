import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import type { Path } from '../diagnostic.ts';
import type { LoggedNote } from '../derive/publications.ts';
import type { Note } from '../model/note.ts';
import { toInstant } from '../model/time.ts';
import { contradictionsOf } from './note-against-log.ts';
import { restore, theNote } from './published-file.ts';
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
      hint: restore,
      related: [{ at: at(record, 'log', logged.index, 'by'), message: 'the line that published it' }],
      ...shared,
    };
  for (const { path, told, written, line, isOfRecord } of contradictionsOf(catalog, release, logged, found, before)) {
    const inLog = at(record, 'log', line);
    const inNote = at(found, 'note', ...(told === undefined ? path.slice(0, -1) : path));
    const message = sentence(
      path,
      { told, written },
      theNote(found),
      isOfRecord ? 'the record of the defect' : 'the log',
    );
    const isOld = found.format === 1;
    yield {
      at: isOld ? inLog : inNote,
      message,
      hint: isOld
        ? `Undo the edit; what happened since is a line of its own, and then an erratum: ccmt publish ${release.id} erratum --reason "…".`
        : isOfRecord
          ? 'Restore the one that was changed from the history.'
          : 'The lines of the log are as they were when it was published: restore the note from the history. A name that was changed since stands under "formerly" where it is declared.',
      related: isOld ? [{ at: inNote, message: 'the note' }] : [{ at: inLog, message: 'the log' }],
      ...shared,
      ...(isOfRecord ? { level: 'warning' as const } : {}),
    };
  }
}

/** What a note and something else say of one field, an entry of a list included. */
function sentence(
  path: Path,
  { told, written }: { told: unknown; written: unknown },
  note: string,
  other: string,
): string {
  const field = path.filter((part) => typeof part === 'string').join('.');
  const what = typeof path.at(-1) === 'number' ? `An entry of "${field}"` : `"${field}"`;
  if (told === undefined) return `${what} is missing in ${note}, and ${other} has it.`;
  if (written === undefined)
    return `${what}${isText(told) ? `, "${told}",` : ''} stands in ${note}, and ${other} has none.`;
  return isText(told) && isText(written)
    ? `${what} is "${told}" in ${note}, and "${written}" by ${other}.`
    : `${what} is another one in ${note} than by ${other}.`;
}

function isText(value: unknown): value is string | number | boolean {
  return typeof value !== 'object';
}
