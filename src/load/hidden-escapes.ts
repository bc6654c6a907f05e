import { type Document, type Scalar, visit } from 'yaml';
import type { Finding } from '../diagnostic.ts';
import { hiddenIn, hidesText, withoutHidden } from '../model/visible.ts';
import { hiddenFindings, type Run } from './hidden-text.ts';
import { limits } from './limits.ts';

/** The escapes of a text in double quotes that may stand for what hides, each as it is written. */
const escapes = /\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|.)/;
const letters: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  L: '\u2028',
  P: '\u2029',
};

const { most } = limits.hiddenPlaces;

/** True when a text holds an escape that may stand for what hides. */
export function mayHide(text: string): boolean {
  return /\\[0abefvrNLPxuU]/.test(text);
}

/** What hides in a document behind escapes such as `"\u202E"`; it is taken out of the values and names. */
export function findEscaped(file: string, yaml: string, document: Document.Parsed, linesBefore: number): Finding[] {
  if (!mayHide(yaml)) return [];
  const runs: Run[] = [];
  visit(document, {
    Scalar(_, scalar) {
      if (scalar.type !== 'QUOTE_DOUBLE' || typeof scalar.value !== 'string' || !hidesText(scalar.value)) return;
      if (runs.length <= most) for (const run of escapedIn(yaml, rangeOf(scalar))) runs.push(run);
      scalar.value = withoutHidden(scalar.value);
    },
  });
  return hiddenFindings(file, yaml, runs, linesBefore);
}

/** The same for a JSON text, of which the places of the texts are known; its escapes are a part of those of YAML. */
export function findEscapedIn(file: string, json: string, places: readonly [number, number][]): Finding[] {
  const runs: Run[] = [];
  for (const [start, end] of places) {
    const hides = runs.length <= most && hidesText(JSON.parse(json.slice(start, end)) as string);
    if (hides) for (const run of escapedIn(json, [start, end])) runs.push(run);
  }
  return hiddenFindings(file, json, runs, 0);
}

function escapedIn(text: string, range: readonly [number, number]): Run[] {
  return runsBehind(text, range, escapes, characterOf);
}

/** Where in a range of a text something hides behind escapes; `meaning` says what an escape stands for. */
export function runsBehind(
  whole: string,
  [start, end]: readonly [number, number],
  escape: RegExp,
  meaning: (escape: string) => string,
): Run[] {
  const { text, placeOf } = spelledOut(whole.slice(start, end), escape, meaning);
  return hiddenIn(text, most).map(({ index, characters }) => ({
    index: start + placeOf(index),
    characters,
    length: placeOf(index + characters.length) - placeOf(index),
  }));
}

function rangeOf({ range }: Scalar): [number, number] {
  return range ? [range[0], range[1]] : [0, 0];
}

function characterOf(escape: string): string {
  const number = Number.parseInt(escape.slice(2), 16);
  if (escape.length > 2) return number > 0x10_ffff ? '' : String.fromCodePoint(number);
  return letters[escape.charAt(1)] ?? escape;
}

/** A text with its escapes replaced by what they stand for, and where each place of it was before. */
function spelledOut(
  written: string,
  escape: RegExp,
  meaning: (escape: string) => string,
): { text: string; placeOf: (index: number) => number } {
  const places: number[] = [];
  const text = written.replace(
    new RegExp(`${escape.source}|[^]`, `g${escape.flags}`),
    (found: string, index: number) => {
      const stands = found.length === 1 ? found : meaning(found);
      for (let part = 0; part < stands.length; part += 1) places.push(index);
      return stands;
    },
  );
  return { text, placeOf: (index) => places[index] ?? written.length };
}
