import { defineRule, at, type RuleFinding } from '../rule.ts';
import { toInstant } from '../../model/time.ts';
import type { ReleaseRecord } from '../../validate/validate.ts';

export const logInOrder = defineRule({
  id: 'log-in-order',
  obligations: ['C-138'],
  summary:
    'Between two publications the lines of a log stand in the order of their times, and no note was published before what stands above it.',
  about: 'records',
  *check({ releases, policy }) {
    for (const { record } of releases) yield* disorder(record, policy.programme.zone);
  },
});

type Seen = { index: number; at: string; text: string; isNote: boolean };

/**
 * The lines that have to go for the others to be in order, as few as can be: of one wrong time one line is told, and
 * not all those that it stands between. A line that replaces another keeps its place.
 */
function* disorder(record: ReleaseRecord, zone: string): Generator<RuleFinding> {
  let lines = record.log.flatMap((line, index): Seen[] =>
    line.replaces === undefined
      ? [{ index, at: toInstant(line.at, zone), text: line.at, isNote: line.did === 'publish' }]
      : [],
  );
  // What is in order, as almost every log, is gone through once.
  if (lines.every(({ at: when }, index) => index === 0 || (lines[index - 1] as Seen).at <= when)) return;
  const found: RuleFinding[] = [];
  for (;;) {
    const odd = mostAgainst(lines);
    if (!odd) break;
    found.push(inWords(record, odd));
    lines = lines.filter((line) => line !== odd.line);
  }
  yield* found;
}

/** The line that is against most others, the last of several; and the nearest line that it is against. */
function mostAgainst(lines: readonly Seen[]): { line: Seen; other: Seen; isTooLate: boolean } | undefined {
  const all = lines.map((line, place) => {
    const above = lines.slice(0, place).filter((other) => isAgainst(lines, other, line));
    const below = lines.slice(place + 1).filter((other) => isAgainst(lines, line, other));
    return { line, above, below };
  });
  const most = Math.max(0, ...all.map(({ above, below }) => above.length + below.length));
  const found = all.findLast(({ above, below }) => above.length + below.length === most);
  if (!found || most === 0) return undefined;
  const { line, above, below } = found;
  const isTooLate = below.length > above.length;
  return { line, other: (isTooLate ? below[0] : above.at(-1)) as Seen, isTooLate };
}

/** A line below a publication may be of before it: it was recorded late. */
function isAgainst(lines: readonly Seen[], above: Seen, below: Seen): boolean {
  if (above.at <= below.at) return false;
  const isParted = lines.some(({ index, isNote }) => isNote && index >= above.index && index < below.index);
  return below.isNote || !isParted;
}

function inWords(
  record: ReleaseRecord,
  { line, other, isTooLate }: { line: Seen; other: Seen; isTooLate: boolean },
): RuleFinding {
  const isNote = isTooLate ? other.isNote : line.isNote;
  const correct =
    'Correct the time that is wrong: a note is made of what stands above its line, and no line is moved across it.';
  return {
    at: at(record, 'log', line.index, 'at'),
    ...(isTooLate
      ? {
          message: `This line is of ${line.text}, and ${isNote ? 'the note below it was published on' : 'the line below it is of'} ${other.text}.`,
          hint: isNote ? correct : 'Correct the time that is wrong, or move the line down.',
        }
      : {
          message: isNote
            ? `This note was published on ${line.text}, and a line above it is of ${other.text}.`
            : `This line is of ${line.text}, and the line before it of ${other.text}.`,
          hint: isNote ? correct : 'Move the line up, or add "replaces" if it corrects an earlier one.',
        }),
    ...(isNote ? {} : { correction: { kind: 'sort-log' as const } }),
    related: [{ at: at(record, 'log', other.index, 'at'), message: isTooLate ? 'the earlier line' : 'the later line' }],
    release: record.id,
  };
}
