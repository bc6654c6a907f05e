import { sha256Of } from '../../derive/canonical.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { withoutConfidential } from '../../derive/confidential.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { stageName } from '../../model/published-note.ts';
import { toInstant, toLocal } from '../../model/time.ts';
import { contradictedNote } from '../contradicted-note.ts';
import { editedSince } from '../edited-since.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const publishedNoteUnchanged = defineRule({
  id: 'published-note-unchanged',
  obligations: ['C-138', 'C-080'],
  summary: 'A published note stays as it was published; what must change is published as an erratum.',
  about: 'records',
  *check(whole) {
    const catalog = withoutConfidential(whole);
    const logged = new Set<string>();
    for (const release of catalog.releases) {
      const notes = entriesOf(release, 'publish');
      let erratum = 0;
      for (const entry of notes) {
        if (entry.line.note === 'erratum') erratum += 1;
        const stage = stageName(entry.line.note, erratum);
        logged.add(`${release.id}/${stage}`);
        yield* tampered(catalog, release, entry, stage, entry === notes.at(-1));
      }
    }
    for (const { file, release, stage, number, publishedAt } of catalog.published) {
      // A line that is later than the moment of looking is told of as such, or hidden.
      const isLater =
        publishedAt > catalog.asOf &&
        (catalog.isChosen ||
          catalog.releases.some(
            ({ id, record }) =>
              id === release &&
              record.log.some(
                (line) => line.did === 'publish' && toInstant(line.at, catalog.policy.programme.zone) === publishedAt,
              ),
          ));
      if (isLater || catalog.unread.includes(release) || logged.has(`${release}/${stageName(stage, number)}`)) continue;
      yield {
        at: at({ file }, 'release'),
        message: `No line of the log of ${release} published this note.`,
        hint: 'Notes are written by ccmt publish only: restore the line that published it.',
        release,
      };
    }
  },
});

function* tampered(
  catalog: Catalog,
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  stage: string,
  isLast: boolean,
): Generator<RuleFinding> {
  const shared = { when: entry.at, release: release.id };
  const place = at(release.record, 'log', entry.index, 'sha256');
  const file = `published/${release.id}/${stage}.json`;
  const found = catalog.published.find((note) => note.file === file);
  if (!found) {
    if (!catalog.unread.includes(`${release.id}/${stage}`))
      yield {
        at: place,
        message: `The note ${file} is missing.`,
        hint: 'Restore it from the history: a published note is never removed.',
        obligation: 'C-080',
        ...shared,
      };
    return;
  }
  const own = stageName(found.stage, found.number);
  if (found.release !== release.id || own !== stage) {
    yield {
      at: at(found, 'release'),
      message: `This is the ${own} note of ${found.release}, in the file of the ${stage} note of ${release.id}.`,
      hint: 'Restore the file from the history: a published note is never replaced.',
      ...shared,
    };
    return;
  }
  const digest = sha256Of(found.sealed);
  if (digest !== found.sha256)
    yield {
      at: at(found, 'sha256'),
      message: 'The note was changed after it was published: its digest does not fit.',
      hint: `Restore the file from the history; a correction is an erratum: ccmt publish ${release.id} erratum --reason "…".`,
      ...shared,
    };
  else if (digest !== entry.line.sha256)
    yield {
      at: place,
      message: 'The digest in the log is not that of the published note.',
      hint: 'Restore the line or the file from the history.',
      related: [{ at: at(found, 'sha256'), message: 'the note' }],
      ...shared,
    };
  else {
    yield* claimedOtherwise(release, entry, found.note, catalog);
    if (isLast && entry.line.note !== 'provisional') yield* editedSince(catalog, release, entry, found.note);
    if (isLast) yield* contradictedNote(release, entry, found.note, catalog);
  }
}

/** The line that published a note says the same of it as the note itself. */
function* claimedOtherwise(
  release: ReleaseHistory,
  entry: Entry<'publish'>,
  note: Catalog['published'][number]['note'],
  { policy }: Catalog,
): Generator<RuleFinding> {
  const shared = { hint: 'Restore the line from the history.', when: entry.at, release: release.id, since: 2 };
  const { zone } = policy.programme;
  if (note.publishedAt !== entry.at)
    yield {
      at: at(release.record, 'log', entry.index, 'at'),
      message: `The note was published on ${toLocal(note.publishedAt, zone).slice(0, 16)}, and this line says otherwise.`,
      ...shared,
    };
  if ((note.reason ?? '') !== (entry.line.reason ?? ''))
    yield {
      at: at(release.record, 'log', entry.index, ...(entry.line.reason === undefined ? [] : ['reason'])),
      message: 'The note gives another reason for the erratum than this line.',
      ...shared,
    };
}
