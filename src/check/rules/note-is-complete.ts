import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { noteOfLine } from '../../derive/publications.ts';
import { stepsBefore } from '../../derive/steps.ts';
import type { LineKind } from '../../model/log.ts';
import type { Note } from '../../model/note.ts';
import { type PublishedNote, stageName } from '../../model/published-note.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, defineRule } from '../rule.ts';

/** What a note does not state, an erratum of it can. */
export const noteIsComplete = defineRule({
  id: 'note-is-complete',
  obligations: ['C-028', 'C-074'],
  summary: 'A published note has every part that its stage asks for, and gives a reason for every item it drops.',
  *check({ releases, published, policy }) {
    for (const release of releases) {
      for (const { line, index, at: when } of entriesOf(release, 'publish')) {
        const found = noteOfLine({ published }, release.record, index);
        if (!found) continue;
        const shared = {
          at: at(release.record, 'log', index, 'note'),
          when,
          release: release.id,
          related: [{ at: at(found, 'note'), message: 'the note' }],
        };
        const errata = published.filter(
          (note) => note.release === release.id && note.stage === 'erratum' && note.publishedAt > when,
        );
        const missing = missingIn(found, release, policy).filter((part) =>
          errata.every((note) => missingIn(note, release, policy).includes(part)),
        );
        if (missing.length > 0)
          yield {
            ...shared,
            message: `The note ${stageName(line.note, found.number)} of ${release.id} does not state ${missing.join(', ')}.`,
            hint: `Record it in the log, then publish it: ccmt publish ${release.id} erratum --reason "…".`,
          };
        const silent = [found, ...errata]
          .map(({ note }) => note.dropped.filter(({ reason }) => reason === '').map(({ id }) => id))
          .reduce((first, later) => first.filter((id) => later.includes(id)));
        if (silent.length > 0)
          yield {
            ...shared,
            message: `${silent.join(', ')} was dropped without a reason.`,
            hint: `Record a "withdraw" line with its reason and target, then publish it: ccmt publish ${release.id} erratum --reason "…".`,
            obligation: 'C-074',
          };
      }
    }
  },
});

/**
 * The parts that are not there. Window and approval are asked for where the steps of the type have them before the
 * note.
 */
function missingIn(
  { note, stage, publishedAt }: PublishedNote,
  release: ReleaseHistory,
  { programme }: Policy,
): string[] {
  const isConfirmed = stage !== 'provisional';
  const earlier = stepsBefore(release.type, { did: 'publish', target: isConfirmed ? 'final' : 'provisional' });
  const isBefore = (word: LineKind) => earlier.some(({ did }) => did === word);
  const isDelivered = entriesOf(release, 'deliver').some(({ at: when }) => when < publishedAt);
  const listed = new Set(release.record.items.map(({ id }) => id));
  const isUnformatted = ({ id, fileFormat }: Note['items'][number]) => listed.has(id) && !fileFormat;
  const unformatted = programme.fileFormats.length > 0 ? note.items.filter(isUnformatted) : [];
  return [
    ...(note.items.length === 0 && note.relisted.length === 0 ? ['items'] : []),
    ...(isBefore('request') && !note.window ? ['the requested window'] : []),
    ...(isConfirmed && isBefore('approve') && !note.approval ? ['the approval'] : []),
    ...(isConfirmed && !isDelivered ? ['the versions'] : []),
    ...(note.kind === 'emergency' && !note.emergency?.review ? ['the review of the emergency'] : []),
    ...unformatted.map(({ id }) => `the file format of ${id}`),
  ];
}
