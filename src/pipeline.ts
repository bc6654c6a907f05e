import { againstBase } from './check/against-base.ts';
import type { Base, NotVerifiable } from './check/base.ts';
import { check, judge } from './check/check.ts';
import { causesOf, levelsOf } from './check/causes.ts';
import type { Judged } from './check/rule.ts';
import { byFormat } from './check/format.ts';
import { byPlace, type Correction, type Diagnostic, type Fix, type Place } from './diagnostic.ts';
import { type Catalog, derive } from './derive/catalog.ts';
import { decode } from './load/decode.ts';
import { splitFrontMatter } from './load/front-matter.ts';
import { jsonLocator } from './load/json.ts';
import type { Sources } from './load/read-content.ts';
import { type Located, locator } from './load/yaml.ts';
import type { Programme } from './model/programme.ts';
import { faultOfLocalTime, type Instant, isDate, isLocalTime, toInstant } from './model/time.ts';
import { visibleLine } from './model/visible.ts';
import { recordKinds } from './validate/record-kinds.ts';
import { type PolicyFiles, type Records, validate } from './validate/validate.ts';

/**
 * The moment of looking. A moment that was chosen hides what is later; for the clock and an archive, later lines are
 * findings.
 */
export type AsOf = { instant: Instant; isChosen: boolean };

export type Evaluation = {
  /** Absent while a file that says how the programme works cannot be read. */
  catalog: Catalog | undefined;
  diagnostics: Diagnostic[];
};

/**
 * The heart: sources and a moment to a catalog and every diagnostic. Pure. `plan` judges by one version of the plan,
 * whether it is in force or not; `causes` tells which findings follow from others, which takes longer; `base` is what
 * was committed, for comparing with it.
 */
export function evaluate(
  sources: Sources,
  asOf: AsOf,
  {
    plan,
    causes = false,
    base,
  }: { plan?: string | undefined; causes?: boolean; base?: Base | NotVerifiable | undefined } = {},
): Evaluation {
  const { records, findings } = validate(sources);
  const since = base ? againstBase(records, sources, base) : [];
  const early = [...findings, ...since].flatMap((finding) => judge(finding, records.policy));
  if (!hasPolicy(records)) return { catalog: undefined, diagnostics: resolve(early, sources) };
  const catalog = derive(records, asOf, plan);
  const checked = check(catalog);
  // What cannot be read is looked at by no rule, so that nothing follows from it.
  const following = causes ? causesOf(checked, catalog, records, plan) : undefined;
  return { catalog, diagnostics: resolve([...byFormat(early, catalog), ...checked], sources, following) };
}

/** The catalog alone, for those who ask for no findings. */
export function catalogOf(sources: Sources, asOf: AsOf): Catalog | undefined {
  const { records } = validate(sources);
  return hasPolicy(records) ? derive(records, asOf) : undefined;
}

/**
 * Decides the moment of looking: the flag, else the environment, else the programme's own (an archive), else the clock.
 * Throws a RangeError with one sentence when what was chosen is not a time.
 */
export function decideAsOf(
  flag: string | undefined,
  environment: string | undefined,
  programme: Pick<Programme, 'zone' | 'asOf'> | undefined,
  now: Instant,
): AsOf {
  const zone = programme?.zone ?? 'UTC';
  const chosen = flag ?? environment;
  if (chosen !== undefined && chosen !== '') return { instant: readMoment(chosen, zone), isChosen: true };
  return { instant: programme?.asOf ? toInstant(programme.asOf, zone) : now, isChosen: false };
}

/**
 * A moment as people write it, as an instant. Throws a RangeError with one sentence when it is not a time, or none that
 * the zone has.
 */
export function readMoment(chosen: string, zone: string): Instant {
  if (!isDate(chosen) && !isLocalTime(chosen))
    throw new RangeError(`"${chosen}" is not a time: write it as 2020-10-07T12:00.`);
  if (isLocalTime(chosen) && faultOfLocalTime(chosen, zone) === 'missing')
    throw new RangeError(`"${chosen}" does not exist in ${zone}: the clocks go forward over it.`);
  return toInstant(chosen, zone);
}

/** True when nothing stands in the way of publishing. */
export function isPublishable(diagnostics: readonly Diagnostic[]): boolean {
  return !diagnostics.some(({ level }) => level === 'error');
}

function hasPolicy(records: Records): records is Records & { policy: PolicyFiles } {
  return records.policy !== undefined;
}

/** Places become lines and columns, only now and only for files that have findings. */
function resolve(judged: Judged[], sources: Sources, causes: ReadonlyMap<Judged, Judged> = new Map()): Diagnostic[] {
  const levels = levelsOf(causes);
  const seek = positionFinder(sources);
  const diagnostics = judged.map((finding): Diagnostic => {
    const { at, message, hint, related, correction, when: _, since: __, ...rest } = finding;
    const { position, written } = seek(at);
    return withoutUndefined({
      ...rest,
      level: levels.get(finding) ?? finding.level,
      message: visibleLine(message),
      hint: hint && visibleLine(hint),
      file: at.file,
      ...position,
      page: `rules/${finding.rule}/`,
      related: related?.map((other) => ({
        file: other.at.file,
        ...seek(other.at).position,
        message: visibleLine(other.message),
      })),
      fix: correction && fixOf(correction, written),
      causedBy: nameOf(causes.get(finding), seek),
    }) as Diagnostic;
  });
  return diagnostics.sort(byPlace);
}

/** A finding as another one names it. */
function nameOf(cause: Judged | undefined, seek: (place: Place) => Located): Diagnostic['causedBy'] {
  if (!cause) return undefined;
  const { line, column } = seek(cause.at).position;
  return { rule: cause.rule, file: cause.at.file, line, column, message: visibleLine(cause.message) };
}

/** Quotes and the order of lines change no meaning; another word does, and is only proposed. */
function fixOf(correction: Correction, written: string): Fix | undefined {
  if (correction.kind === 'sort-log') return { kind: 'sort-log', isSafe: true };
  if (correction.kind === 'quote') {
    const text = correction.text ?? written;
    return text === '' ? undefined : { kind: 'replace', text: JSON.stringify(text), isSafe: true };
  }
  return { kind: 'replace', text: correction.text, isSafe: false };
}

function positionFinder({ files }: Sources): (place: Place) => Located {
  const bytesOf = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const locators = new Map<string, ReturnType<typeof locator> | undefined>();
  const read = (path: string) => {
    const bytes = bytesOf.get(path);
    const decoded = bytes && decode(path, bytes);
    if (!decoded || 'finding' in decoded) return undefined;
    const locate = locatorIn(path, decoded.text);
    if (!locate) return undefined;
    return (...place: Parameters<typeof locate>) => {
      const { position, written } = locate(...place);
      return { position: decoded.placeIn(position), written };
    };
  };
  return (place) => {
    if ('position' in place) return { position: place.position, written: '' };
    if (!locators.has(place.file)) locators.set(place.file, read(place.file));
    return locators.get(place.file)?.(place.path, place.target) ?? { position: { line: 1, column: 1 }, written: '' };
  };
}

function locatorIn(path: string, text: string): ReturnType<typeof locator> | undefined {
  const format = recordKinds.find((kind) => kind.path.test(path))?.format;
  if (format === 'json') return jsonLocator(text);
  if (format !== 'front-matter') return locator(text, 0);
  const split = splitFrontMatter(path, text);
  return 'finding' in split ? undefined : locator(split.yaml, split.yamlLine);
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Value;
}
