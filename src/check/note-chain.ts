import { changedSince } from '../derive/note-differences.ts';
import { canonical } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import type { LoggedNote } from '../derive/publications.ts';
import { noteName, type Published, restore, theNote } from './published-file.ts';
import { at, type RuleFinding } from './rule.ts';

/** A note of a release with the line that published it, and the same of the note before. */
export type InChain = { logged: LoggedNote; found: Published; earlier?: { logged: LoggedNote; found?: Published } };

/** Whether a note and the log name each other, and whether it names the note before. */
export function* faultsOfSeal(
  release: ReleaseHistory,
  { logged, found, earlier }: InChain,
  isAsSealed: boolean,
): Generator<RuleFinding> {
  const { record } = release;
  const shared = { when: found.publishedAt, release: release.id };
  if (logged.line.sha256 !== found.sha256)
    yield {
      at: at(record, 'log', logged.index, 'sha256'),
      message: 'The digest in the log is not that of the published note.',
      hint: 'Restore the line or the file from the history.',
      related: [{ at: at(found, 'sha256'), message: 'the note' }],
      ...shared,
    };
  const { previous } = found;
  const [name, digest] = [earlier?.logged.name, earlier?.found?.sha256 ?? earlier?.logged.line.sha256];
  // Where lines of the log are not those that it sealed, they are told of.
  if (!isAsSealed) return;
  if (previous?.stage === name && previous?.sha256 === digest && (previous?.release ?? release.id) === release.id)
    return;
  yield {
    at: at(found, ...(previous ? ['previous'] : ['stage'])),
    message: earlier
      ? `The note before this one is ${theNote({ stage: earlier.logged.line.note, number: earlier.logged.number, release: release.id })}, and this one ${previous ? 'names another, or another form of it' : 'names none'}.`
      : 'This is the first note of its release, and names one before it.',
    hint: restore,
    ...shared,
  };
}

/**
 * What a note says that changed since the note before, against both as they stand: whoever changes one of them has to
 * change the other.
 */
export function* faultsOfChanges({ found, earlier }: InChain, { policy }: Catalog): Generator<RuleFinding> {
  if (found.format === 1 || !earlier?.found) return;
  const words = ({ part, item, from, to }: Published['note']['changed'][number]) => canonical({ part, item, from, to });
  const stated = found.note.changed.map(words);
  const present = changedSince(found.note, earlier.found.note, policy.programme);
  const missing = present.find((change) => !stated.includes(words(change)));
  const index = stated.findIndex((entry) => !present.map(words).includes(entry));
  const strange = missing ?? found.note.changed[index];
  if (!strange) return;
  const what = [strange.item, strange.what].filter(Boolean).join(', ');
  yield {
    at: at(found, 'note', 'changed', ...(missing ? [] : [index])),
    message: missing
      ? `This note and the ${noteName(earlier.found)} differ in what it does not say: ${what}.`
      : `This note says that "${what}" changed since the ${noteName(earlier.found)}, and it did not in this way.`,
    hint: 'One of the two was changed: restore both from the history.',
    related: [{ at: at(earlier.found, 'note'), message: 'the note before' }],
    when: found.publishedAt,
    release: found.release,
  };
}

/** The notes of a release that cannot be read, which still name each other and seal the same lines. */
export function* faultsOfOrphans(notes: readonly Published[]): Generator<RuleFinding> {
  for (const note of notes) {
    const { previous, log } = note;
    const before = previous && notes.find(({ file }) => file.endsWith(`/${previous.stage}.json`));
    if (!before) continue;
    const shared = { hint: restore, when: note.publishedAt, release: note.release };
    const isOfOneLog = !log || !before.log?.slice(0, -1).some((digest, index) => digest !== log[index]);
    if (previous.sha256 !== before.sha256)
      yield { at: at(note, 'previous'), message: `This is not the digest of the ${noteName(before)}.`, ...shared };
    else if (!isOfOneLog)
      yield { at: at(note, 'log'), message: `This note seals another log than the ${noteName(before)}.`, ...shared };
  }
}
