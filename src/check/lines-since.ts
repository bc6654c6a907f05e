import { sha256Of } from '../derive/canonical.ts';
import { pending } from '../model/log.ts';
import { withoutSeal } from '../model/published-note.ts';
import { toInstant } from '../model/time.ts';
import type { ReleaseRecord } from '../validate/validate.ts';
import { compare } from './altered-lines.ts';
import { type Base, lastIn, releaseIn, type Since } from './base.ts';
import { at } from './rule.ts';

/** The lines of a log that were committed and are changed, moved or gone, and those that were recorded late since. */
export function* linesSince(was: ReleaseRecord, is: ReleaseRecord, path: string, base: Base): Generator<Since> {
  const digest = digestFor(was);
  const [before, now] = [was.rawLog.map(digest), is.rawLog.map(digest)];
  const { changed, removed, inserted } = compare(before, now, true);
  const linesIn = (bytes: Uint8Array | undefined) => (releaseIn(path, bytes)?.rawLog ?? []).map(digest);
  const last = (line: string | undefined) => lastIn(base, path, (bytes) => linesIn(bytes).includes(line as string));
  const shared = { release: is.id };
  for (const { place, line } of changed)
    yield {
      at: at(is, 'log', line),
      message: `This line was committed in another form. ${last(before[place])}`,
      hint: 'Restore it from there: what was wrong is corrected by a new line with "replaces".',
      ...shared,
    };
  const moved = new Set(removed.map((place) => before[place]).filter((line) => now.includes(line as string)));
  for (const line of inserted.filter((index) => moved.has(now[index])))
    yield {
      at: at(is, 'log', line),
      message: `This line was committed as number ${before.indexOf(now[line] as string) + 1} of the log. ${last(now[line])}`,
      hint: 'Restore the order of the lines.',
      ...shared,
    };
  for (const place of removed.filter((index) => !moved.has(before[index])))
    yield {
      at: at(is, 'log', ...(is.log.length > 0 ? [Math.min(place, is.log.length - 1)] : [])),
      message: `Line ${place + 1} of the log was committed, and is gone: "${was.log[place]?.did}" of ${was.log[place]?.at}. ${last(before[place])}`,
      hint: 'Restore it from there: a line is never removed.',
      ...shared,
    };
  const isNew = (index: number) =>
    !before.includes(now[index] as string) && !changed.some(({ line }) => line === index);
  const news = [...is.log.keys()].filter(isNew);
  const commitOf = (index: number) =>
    base.versions.get(path)?.findLast(({ bytes }) => linesIn(bytes).includes(now[index] as string))?.commit;
  yield* lateSince(was, is, news, commitOf);
}

/** New lines that are dated before the last one that was committed; `commitOf` tells which commit brought one. */
function* lateSince(
  was: ReleaseRecord,
  is: ReleaseRecord,
  news: readonly number[],
  commitOf: (index: number) => string | undefined,
): Generator<Since> {
  const [newest] = was.log
    .map((line) => line.at)
    .toSorted((a, b) => (toInstant(a, 'UTC') < toInstant(b, 'UTC') ? 1 : -1));
  for (const index of news) {
    const line = is.log[index] as ReleaseRecord['log'][number];
    if (newest === undefined || toInstant(line.at, 'UTC') >= toInstant(newest, 'UTC')) continue;
    const commit = commitOf(index);
    yield {
      at: at(is, 'log', index, 'at'),
      message: `This line was recorded late: it says ${line.at}, and the log had a line of ${newest} when ${commit ? `commit ${commit} brought it` : 'it was written, which is not committed yet'}.`,
      hint: 'That is lawful where it opens no gate that was passed before: ccmt check says so if it does.',
      level: 'information',
      release: is.id,
    };
  }
}

/** The digest of a line; one that waited for its note is the same once it has its digest. */
function digestFor(was: ReleaseRecord): (line: unknown) => string {
  const unsealed = (line: unknown) => sha256Of(withoutSeal(line as object));
  const waiting = new Set(was.rawLog.filter((line) => (line as { sha256?: unknown }).sha256 === pending).map(unsealed));
  return (line) => (waiting.has(unsealed(line)) ? unsealed(line) : sha256Of(line));
}
