import type { Finding, Position } from '../diagnostic.ts';
import { nameOf } from '../model/character-names.ts';
import { hiddenIn, withoutHidden } from '../model/visible.ts';
import { limits } from './limits.ts';
import { inGroups } from '../model/wording.ts';

/** What was hidden in a text: a finding for each place, and the place in the file of what was then read at a place. */
export type HiddenText = { hidden: Finding[]; placeIn: (position: Position) => Position };

/**
 * A run of hidden characters: where it stands, counted from 0, what it is made of, and how many signs of the file stand
 * for it.
 */
export type Run = { index: number; characters: string; length: number };

const { most } = limits.hidden;
const places = limits.hiddenPlaces.most;
const asItIs = (position: Position) => position;

/** A text without what hides in it, and what that was; or that there is more of it than is worked out. */
export function findHidden(file: string, written: string): ({ text: string } & HiddenText) | { finding: Finding } {
  const runs = hiddenIn(written, places).map((run) => ({ ...run, length: run.characters.length }));
  if (runs.length === 0) return { text: written, hidden: [], placeIn: asItIs };
  if (runs.length > places) {
    const [first] = hiddenFindings(file, written, runs, 0) as [Finding];
    return {
      finding: { ...first, message: `More than ${inGroups(places)} places of the file hold what nobody can see.` },
    };
  }
  return {
    text: withoutHidden(written),
    hidden: hiddenFindings(file, written, runs, 0),
    placeIn: placeFinder(written, runs),
  };
}

/** A finding for each run of a text that starts after `linesBefore` lines of its file. */
export function hiddenFindings(file: string, text: string, runs: readonly Run[], linesBefore: number): Finding[] {
  const lineOf = lineFinder(text);
  return runs.slice(0, most).map(({ index, characters, length }, number) => {
    const { line, start } = lineOf(index);
    const column = index - start + 1;
    const left = number === most - 1 ? Math.min(runs.length, places) - most : 0;
    const more = runs.length > places ? `more than ${left}` : String(left);
    return {
      rule: 'text-hides-nothing',
      at: {
        file,
        position: { line: line + linesBefore, column, endLine: line + linesBefore, endColumn: column + length },
      },
      message: `The text holds ${inWords(characters)}, which nobody can see.${left > 0 ? ` The file has ${more} more such places.` : ''}`,
      hint: 'Delete it: what readers see must be all that is there, in the order in which it stands.',
      correction: { kind: 'replace', text: '' },
    };
  });
}

/** A finding for the name of a file; in a name a line end and a tab hide as well. */
export function hiddenName(path: string, name: string): Finding {
  const characters = hiddenIn(name)[0]?.characters ?? (/[\t\n]/.exec(name)?.[0] as string);
  return {
    rule: 'text-hides-nothing',
    at: { file: path, position: { line: 1, column: 1 } },
    message: `The name holds ${inWords(characters)}, which nobody can see.`,
    hint: 'Rename it: a record is named by its id.',
  };
}

/** `U+202E, right-to-left override`; of a long run the first character and how many follow. */
function inWords(characters: string): string {
  const [first, ...others] = [...characters] as [string, ...string[]];
  return others.length === 0 ? nameOf(first) : `${nameOf(first)}, and ${others.length} more beside it`;
}

/** Finds the number of the line of an index, and where that line starts; for indexes in order. */
function lineFinder(text: string): (index: number) => { line: number; start: number } {
  let line = 1;
  let start = 0;
  let end = text.indexOf('\n');
  return (index) => {
    while (end !== -1 && end < index) {
      line += 1;
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    return { line, start };
  };
}

/** From a place in the text without its runs to the same place in the file. */
function placeFinder(text: string, runs: readonly Run[]): (position: Position) => Position {
  const lineOf = lineFinder(text);
  const byLine = Map.groupBy(
    runs.map(({ index, length }) => ({ ...lineOf(index), index, length })),
    ({ line }) => line,
  );
  const shifted = (line: number, column: number, isEnd: boolean) => {
    let place = column;
    // An end that touches a run stands before it, a beginning after it.
    for (const { index, start, length } of byLine.get(line) ?? [])
      if (index - start + 1 < place + (isEnd ? 0 : 1)) place += length;
    return place;
  };
  return ({ line, column, endLine, endColumn }) => ({
    line,
    column: shifted(line, column, false),
    ...(endLine === undefined || endColumn === undefined
      ? {}
      : { endLine, endColumn: shifted(endLine, endColumn, true) }),
  });
}
