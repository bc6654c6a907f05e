import { diffArrays } from 'diff';
import { sha256Of } from '../derive/canonical.ts';
import { logDigests } from '../derive/log-digests.ts';
import { at, type RuleFinding } from './rule.ts';
import type { ReleaseRecord } from '../validate/validate.ts';

/** What the digests of a log were when a note was published, and where its publication stands today. */
export type SealedLog = {
  digests: readonly string[];
  /** The line that published the note, counted from 0; absent where the log may go on below what was sealed. */
  index?: number;
  /** When it was sealed: `when the final note of R05 was published`. */
  when: string;
  place: RuleFinding['at'];
};

/**
 * The lines of a log that are not as a note sealed them: changed, put between others, removed, or moved. `told` holds
 * what earlier notes of the release have shown already, so that each line is named once.
 */
export function* alteredLines(
  record: ReleaseRecord,
  { digests, index, when, place }: SealedLog,
  told: Set<string>,
): Generator<RuleFinding> {
  const isOpen = index === undefined;
  const present = isOpen ? record.rawLog.map(sha256Of) : logDigests(record.rawLog.slice(0, index + 1));
  for (const { line, keys, message, hint } of alterations(compare(digests, present, isOpen), digests, present, when)) {
    const isTold = keys.some((key) => told.has(key));
    for (const key of keys) told.add(key);
    if (isTold) continue;
    yield {
      at: at(record, 'log', line),
      message,
      hint,
      isRoot: true,
      related: [{ at: place, message: 'what it sealed' }],
      release: record.id,
    };
  }
}

/** Something that happened to a line, at the line where it shows; `keys` name the line and its digests. */
type Alteration = { line: number; keys: string[]; message: string; hint: string };

function alterations(
  { changed, removed, inserted }: Compared,
  sealed: readonly string[],
  present: readonly string[],
  when: string,
): Alteration[] {
  const isElsewhere = (digest: string | undefined) => sealed.includes(digest as string);
  const moved = new Set(inserted.filter((line) => isElsewhere(present[line])).map((line) => present[line]));
  return [
    ...changed.map(({ place, line }) => ({
      line,
      keys: [`${line}`, sealed[place] as string],
      message: `This line is not as it was ${when}.`,
      hint: 'Restore it from the history: what was wrong is corrected by a new line with "replaces", and an erratum.',
    })),
    ...inserted.map((line) => ({
      line,
      keys: [present[line] as string],
      message: moved.has(present[line])
        ? `This line was number ${sealed.indexOf(present[line] as string) + 1} of the log ${when}.`
        : `This line was not there ${when}, and stands above lines that were.`,
      hint: moved.has(present[line])
        ? 'Restore the order of the lines from the history.'
        : 'Write it below them: what is recorded late keeps its own time.',
    })),
    ...removed
      .filter((place) => !moved.has(sealed[place]))
      .map((place) => ({
        line: Math.max(0, Math.min(place, present.length - 1)),
        keys: [sealed[place] as string],
        message: `Line ${place + 1} of the log, as it was ${when}, is gone.`,
        hint: 'Restore it from the history: a line is never removed.',
      })),
  ];
}

type Compared = { changed: { place: number; line: number }[]; removed: number[]; inserted: number[] };

/** Where the digests differ: one for one between lines that are the same a line was changed, else removed or put in. */
export function compare(sealed: readonly string[], present: readonly string[], isOpen: boolean): Compared {
  const found: Compared = { changed: [], removed: [], inserted: [] };
  const [before, now] = [new Set(sealed), new Set(present)];
  let [place, line] = [0, 0];
  let gap: { gone: number[]; added: number[] } = { gone: [], added: [] };
  const settle = () => {
    // A line that is there in another place was moved, and takes the place of none.
    const lost = gap.gone.filter((index) => !now.has(sealed[index] as string));
    const fresh = gap.added.filter((index) => !before.has(present[index] as string));
    const pairs = Math.min(lost.length, fresh.length);
    for (let pair = 0; pair < pairs; pair += 1)
      found.changed.push({ place: lost[pair] as number, line: fresh[pair] as number });
    found.removed.push(...gap.gone.filter((index) => !lost.slice(0, pairs).includes(index)));
    found.inserted.push(...gap.added.filter((index) => !fresh.slice(0, pairs).includes(index)));
    gap = { gone: [], added: [] };
  };
  for (const { value, added, removed } of diffArrays([...sealed], [...present])) {
    if (!added && !removed) settle();
    for (const _ of value) {
      if (removed) gap.gone.push(place);
      if (added) gap.added.push(line);
      if (!added) place += 1;
      if (!removed) line += 1;
    }
  }
  const known = new Set(found.inserted);
  settle();
  // What was appended since is no alteration.
  return isOpen ? { ...found, inserted: found.inserted.filter((index) => known.has(index)) } : found;
}
