import { sha256Of } from '../derive/canonical.ts';
import type { Finding } from '../diagnostic.ts';
import { recordKinds } from '../validate/record-kinds.ts';
import { type Records, validate } from '../validate/validate.ts';
import { type Base, lastIn, type NotVerifiable, type Since, wholeFile } from './base.ts';
import { decisionsSince } from './decisions-since.ts';
import { linesSince } from './lines-since.ts';
import { firstDifference } from './note-against-log.ts';
import { at } from './rule.ts';

/** The rule under whose name the comparison with what was committed reports. */
const committedStays = 'committed-stays';

/**
 * What was committed and is changed or gone: notes, lines of logs, waivers, decisions, releases and the records of
 * their items. What cannot be compared is told as not verifiable.
 */
export function againstBase(records: Records, present: Base['sources'], base: Base | NotVerifiable): Finding[] {
  const place = { rule: committedStays, at: wholeFile('programme.yaml') };
  if ('message' in base) return [{ ...place, ...base, level: 'error' }];
  const before = validate(base.sources);
  const found = [
    ...filesSince(before.records, records, present, base),
    ...decisionsSince(before.records.policy, records.policy, base),
  ];
  return [
    ...base.unknown.map((unknown): Finding => ({ ...place, ...unknown, level: 'warning' })),
    ...found.map((finding) => ({ rule: committedStays, ...finding })),
  ];
}

function* filesSince(before: Records, now: Records, present: Base['sources'], base: Base): Generator<Since> {
  const textNow = new Map(present.files.map(({ path, bytes }) => [path, bytes]));
  for (const { path, bytes } of base.sources.files) {
    const kind = recordKinds.find((candidate) => candidate.path.test(path))?.kind;
    const place = base.renamed.get(path) ?? path;
    const other = textNow.get(place);
    if (!kind || !(kind in named)) continue;
    if (other === undefined) yield gone(path, kind, base);
    else if (kind === 'published' || kind === 'adoption') yield* noteSince({ path, place, bytes, other }, base);
    else if (kind === 'release')
      yield* ofBoth(before.releases, now.releases, { path, place }, (both) => releaseSince(both, path, base));
    else if (kind === 'waiver')
      yield* ofBoth(before.waivers, now.waivers, { path, place }, (both) => waiverSince(both, path, base));
  }
}

const named: Record<string, string> = {
  published: 'note',
  adoption: 'adoption',
  release: 'release',
  waiver: 'waiver',
  defect: 'defect',
  change: 'change',
};

function gone(path: string, kind: string, base: Base): Since {
  return {
    at: wholeFile(path),
    message: `This ${named[kind]} was committed, and is gone. ${lastIn(base, path, (bytes) => bytes !== undefined)}`,
    hint: `Restore it from there: what was committed stays, and what is over is recorded as such.`,
    ...(kind === 'defect' || kind === 'change' ? { level: 'warning' as const } : {}),
  };
}

type Pair = { path: string; place: string };

function* noteSince(
  { path, place, bytes, other }: Pair & { bytes: Uint8Array; other: Uint8Array },
  base: Base,
): Generator<Since> {
  const [told, is] = [jsonOf(bytes), jsonOf(other)];
  const isSame = (version: Uint8Array | undefined) =>
    version !== undefined && sha256Of(jsonOf(version)) === sha256Of(told);
  const commit = lastIn(base, path, isSame);
  const hint = 'Restore it from there: a published note is never changed, moved or removed.';
  if (place !== path) yield { at: wholeFile(place), message: `This note was committed as ${path}. ${commit}`, hint };
  const difference = firstDifference(is, told, []);
  if (!difference) return;
  const where = difference.told === undefined ? difference.path.slice(0, -1) : difference.path;
  yield { at: at({ file: place }, ...where), message: `This is not what was committed. ${commit}`, hint };
}

/** What a file of JSON says; its bytes as text where it is none. */
function jsonOf(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function* releaseSince([was, is]: Both<Records['releases'][number]>, path: string, base: Base): Generator<Since> {
  if (was.id !== is.id)
    yield {
      at: at(is, 'id'),
      message: `This release was committed as ${was.id}. ${lastIn(base, path, (bytes) => bytes !== undefined)}`,
      hint: 'Give it its id back: notes, waivers and readers name it by that.',
      release: is.id,
    };
  yield* linesSince(was, is, path, base);
}

/** A record as it was committed, and as it is. */
type Both<Value> = [was: Value, is: Value];

/** What a comparison says of a record that can be read on both sides; else that nobody can tell. */
function* ofBoth<Value extends { file: string }>(
  before: readonly Value[],
  now: readonly Value[],
  { path, place }: Pair,
  compare: (both: Both<Value>) => Iterable<Since>,
): Generator<Since> {
  const was = before.find(({ file }) => file === path);
  const is = now.find(({ file }) => file === place);
  if (was && is) yield* compare([was, is]);
  else yield notVerifiable(place, was ? 'as it is now' : 'in the base');
}

function notVerifiable(file: string, when: string): Since {
  return {
    at: wholeFile(file),
    message: `Not verifiable: this file cannot be read ${when}, so that nobody knows whether it says what was committed.`,
    hint: 'Make it readable first; ccmt check says what is wrong with it.',
    level: 'warning',
  };
}

function* waiverSince([was, is]: Both<Records['waivers'][number]>, path: string, base: Base): Generator<Since> {
  const words = ({ file: _, ...fields }: typeof was) => sha256Of(fields);
  const difference = firstDifference({ ...is, file: '' }, { ...was, file: '' }, []);
  if (!difference || words(was) === words(is)) return;
  const field = difference.path[0] === 'text' ? ['id'] : difference.path.slice(0, 1);
  const isSame = (bytes: Uint8Array | undefined) => {
    const version = bytes && validate({ root: '', files: [{ path, bytes }] }).records.waivers[0];
    return version !== undefined && words(version) === words(was);
  };
  yield {
    at: at(is, ...(is[field[0] as keyof typeof is] === undefined ? ['id'] : field)),
    message: `This waiver is not the one that was granted: "${String(difference.path[0])}" differs. ${lastIn(base, path, isSame)}`,
    hint: 'Restore it from there, and have a new waiver granted for anything else.',
  };
}
