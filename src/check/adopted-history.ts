import { sha256Of } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import { notesIn } from '../derive/publications.ts';
import { withoutSeal, stageName } from '../model/published-note.ts';
import { toDay } from '../model/time.ts';
import { capital } from '../model/wording.ts';
import { alteredLines } from './altered-lines.ts';
import { type Published, restore, theNote } from './published-file.ts';
import { at, type RuleFinding } from './rule.ts';

/** The name of a note in an adoption: `R05/final`. */
export function adoptedName({ release, stage, number }: Pick<Published, 'release' | 'stage' | 'number'>): string {
  return `${release}/${stageName(stage, number)}`;
}

/** The names of all notes that were adopted. */
function namesIn(adopted: Catalog['adopted']): Set<string> {
  return new Set(adopted.flatMap(({ notes }) => Object.keys(notes)));
}

/** What of an adopted history is no longer as it was on the day of its adoption. */
export function* faultsOfAdoptions(catalog: Catalog): Generator<RuleFinding> {
  for (const adoption of catalog.adopted) {
    const { file: _, ...written } = adoption;
    const { sha256, notes, logs } = adoption;
    if (sha256Of(withoutSeal(written)) !== sha256) {
      yield {
        at: at(adoption, 'sha256'),
        message: 'The adoption was changed: its digest does not fit.',
        hint: restore,
      };
      continue;
    }
    const when = `when it was adopted on ${toDay(adoption.adoptedAt, catalog.policy.programme.zone)}`;
    for (const [name, digest] of Object.entries(notes)) yield* ofNote(catalog, { adoption, name, digest, when });
    for (const [release, digests] of Object.entries(logs)) yield* ofLog(catalog, { adoption, release, digests, when });
  }
}

type OfAdoption = { adoption: Catalog['adopted'][number]; when: string };

function* ofNote(
  { published, unread }: Catalog,
  { adoption, name, digest, when }: OfAdoption & { name: string; digest: string },
): Generator<RuleFinding> {
  const place = at(adoption, 'notes', name);
  const note = published.find(({ file }) => file === `published/${name}.json`);
  if (note && sha256Of(note.raw) !== digest)
    yield {
      at: at(note, 'format'),
      message: `This note is not as it was ${when}.`,
      hint: restore,
      related: [{ at: place, message: 'its digest of that day' }],
      release: note.release,
    };
  if (!note && !unread.includes(name))
    yield { at: place, message: `The note published/${name}.json was there ${when}, and is gone.`, hint: restore };
}

function* ofLog(
  { releases, unread }: Catalog,
  { adoption, release, digests, when }: OfAdoption & { release: string; digests: string[] },
): Generator<RuleFinding> {
  const place = at(adoption, 'logs', release);
  const found = releases.find(({ id }) => id === release);
  if (found) yield* alteredLines(found.record, { digests, when, place }, new Set());
  else if (!unread.includes(release))
    yield { at: place, message: `The release ${release} was there ${when}, and is gone.`, hint: restore };
}

/**
 * Notes of format 1 that cannot be old: published after notes of format 2, or not there when the others were adopted.
 */
export function* notAdopted(catalog: Catalog, sound: ReadonlySet<Published>): Generator<RuleFinding> {
  const adopted = namesIn(catalog.adopted);
  const moments = [...sound].filter(({ format }) => format > 1).map(({ publishedAt }) => publishedAt);
  const first = [...moments, ...catalog.adopted.map(({ adoptedAt }) => adoptedAt)].sort()[0];
  for (const note of sound) {
    if (note.format > 1 || adopted.has(adoptedName(note))) continue;
    const isOld = catalog.adopted.length === 0 && (first === undefined || note.publishedAt < first);
    if (isOld) continue;
    yield {
      at: at(note, 'format'),
      message:
        catalog.adopted.length > 0
          ? `${capital(theNote(note))} is in format 1, and was not adopted with the others.`
          : `${capital(theNote(note))} is in format 1, and notes before it are in format 2: ccmt publish did not write it.`,
      hint: 'Restore it from the history; if it is a note of before, adopt the history: ccmt adopt.',
      release: note.release,
    };
  }
}

/** The notes of format 1 that no adoption holds, each with the log of its release. */
export function toBeAdopted({ published, adopted, releases }: Catalog): {
  notes: Published[];
  releases: Catalog['releases'];
} {
  const known = namesIn(adopted);
  const notes = published.filter((note) => note.format === 1 && !known.has(adoptedName(note)));
  return {
    notes,
    releases: releases.filter(
      ({ id, record }) => notesIn(record.log).length > 0 && notes.some(({ release }) => release === id),
    ),
  };
}
