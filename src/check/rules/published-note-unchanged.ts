import type { Catalog } from '../../derive/catalog.ts';
import { withoutConfidential } from '../../derive/confidential.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { logDigests } from '../../derive/log-digests.ts';
import { type LoggedNote, noteAt, notePath, notesIn } from '../../derive/publications.ts';
import { toInstant } from '../../model/time.ts';
import { faultsOfAdoptions, notAdopted } from '../adopted-history.ts';
import { alteredLines } from '../altered-lines.ts';
import { contradictedNote } from '../contradicted-note.ts';
import { editedSince } from '../edited-since.ts';
import { faultsOfChanges, faultsOfOrphans, faultsOfSeal, type InChain } from '../note-chain.ts';
import { faultsOfFile, type Published, theNote } from '../published-file.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const publishedNoteUnchanged = defineRule({
  id: 'published-note-unchanged',
  obligations: ['C-138', 'C-080'],
  summary:
    'A published note stays as it was published, with the lines of the log above it; what must change is published as an erratum.',
  about: 'records',
  *check(whole) {
    const catalog = withoutConfidential(whole);
    const sound = new Set<Published>();
    for (const note of catalog.published) {
      const faults = [...faultsOfFile(note)];
      yield* faults;
      if (faults.length === 0) sound.add(note);
    }
    for (const release of catalog.releases) yield* ofRelease(catalog, release, sound);
    for (const release of new Set(catalog.unread))
      yield* faultsOfOrphans([...sound].filter((note) => note.release === release));
    yield* unlogged(catalog, sound);
    yield* faultsOfAdoptions(catalog);
    yield* notAdopted(catalog, sound);
  },
});

function* ofRelease(catalog: Catalog, release: ReleaseHistory, sound: ReadonlySet<Published>): Generator<RuleFinding> {
  const { zone } = catalog.policy.programme;
  const told = new Set<string>();
  const notes = notesIn(release.record.log);
  const visible = notes.filter(({ line }) => toInstant(line.at, zone) <= catalog.asOf);
  let earlier: InChain['earlier'];
  for (const logged of notes) {
    const found = noteAt(catalog, release.id, logged.name);
    if (!found && visible.includes(logged)) yield* missing(catalog, release, logged);
    if (found && sound.has(found)) {
      const link: InChain = { logged, found, ...(earlier ? { earlier } : {}) };
      const faults = [...faultsOfSeal(release, link, isAsSealed(release, link))];
      yield* faults;
      yield* sealedLines(release, link, told);
      if (faults.length === 0 && visible.includes(logged)) yield* contents(catalog, release, link);
      if (faults.length === 0 && logged === visible.at(-1) && logged.line.note !== 'provisional')
        yield* editedSince(catalog, release, logged, found.note);
    }
    earlier = { logged, ...(found && sound.has(found) ? { found } : {}) };
  }
}

function* sealedLines(
  { record }: ReleaseHistory,
  { logged: { index }, found }: InChain,
  told: Set<string>,
): Generator<RuleFinding> {
  if (!found.log) return;
  const when = `when ${theNote(found)} was published`;
  yield* alteredLines(record, { digests: found.log, index, when, place: at(found, 'log') }, told);
}

/** True where the lines above a publication are those that its note sealed; in format 1 nobody knows otherwise. */
function isAsSealed({ record }: ReleaseHistory, { logged, found }: InChain): boolean {
  return !found.log || found.log.join() === logDigests(record.rawLog.slice(0, logged.index + 1)).join();
}

/** Where the lines are those that were sealed, the note says what they say. */
function* contents(catalog: Catalog, release: ReleaseHistory, link: InChain): Generator<RuleFinding> {
  const { logged, found, earlier } = link;
  if (!isAsSealed(release, link)) return;
  const before = { note: earlier?.found?.note, isKnown: !earlier || earlier.found !== undefined };
  yield* contradictedNote(catalog, release, logged, found, before);
  yield* faultsOfChanges(link, catalog);
}

function* missing(catalog: Catalog, release: ReleaseHistory, logged: LoggedNote): Generator<RuleFinding> {
  if (catalog.unread.includes(`${release.id}/${logged.name}`)) return;
  yield {
    at: at(release.record, 'log', logged.index, 'sha256'),
    message: `The note ${notePath(release.id, logged.name)} is missing.`,
    hint: 'Restore it from the history: a published note is never removed.',
    obligation: 'C-080',
    when: toInstant(logged.line.at, catalog.policy.programme.zone),
    release: release.id,
  };
}

/** Notes that no line published; what is in the wrong file is told of as such. */
function* unlogged(catalog: Catalog, sound: ReadonlySet<Published>): Generator<RuleFinding> {
  const logged = new Set(
    catalog.releases.flatMap(({ id, record }) => notesIn(record.log).map(({ name }) => notePath(id, name))),
  );
  for (const note of catalog.published) {
    const { file, release } = note;
    // A chosen moment may be before its line.
    const isLater = catalog.isChosen && note.publishedAt > catalog.asOf;
    if (isLater || catalog.unread.includes(release) || logged.has(file) || !sound.has(note)) continue;
    yield {
      at: at({ file }, 'release'),
      message: `No line of the log of ${release} published this note.`,
      hint: 'Notes are written by ccmt publish only: restore the line that published it.',
      release,
    };
  }
}
