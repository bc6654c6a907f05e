import { toInstant } from '../../model/time.ts';
import type { ReleaseRecord } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const logInOrder = defineRule({
  id: 'log-in-order',
  obligations: ['C-138'],
  summary:
    'Between two publications the lines of a log stand in the order of their times, and no note was published before what stands above it.',
  *check({ releases, policy }) {
    for (const { record } of releases) yield* disorder(record, policy.programme.zone);
  },
});

type Seen = { index: number; at: string; text: string };

/** A line below a publication may be of before it: it was recorded late. One that replaces another keeps its place. */
function* disorder(record: ReleaseRecord, zone: string): Generator<RuleFinding> {
  let latest: Seen | undefined;
  let newest: Seen | undefined;
  for (const [index, line] of record.log.entries()) {
    if (line.replaces !== undefined) continue;
    const seen = { index, at: toInstant(line.at, zone), text: line.at };
    const isNote = line.did === 'publish';
    const before = isNote ? newest : latest;
    if (before && seen.at < before.at) {
      const words = isNote
        ? {
            message: `This note was published on ${line.at}, and a line above it is of ${before.text}.`,
            hint: 'Correct the time that is wrong: a note is made of what stands above its line, and no line is moved across it.',
          }
        : {
            message: `This line is of ${line.at}, and the line before it of ${before.text}.`,
            hint: 'Move the line up, or add "replaces" if it corrects an earlier one.',
            correction: { kind: 'sort-log' as const },
          };
      yield {
        at: at(record, 'log', index, 'at'),
        ...words,
        related: [{ at: at(record, 'log', before.index, 'at'), message: 'the later line' }],
        release: record.id,
      };
    } else latest = isNote ? undefined : seen;
    if (!newest || seen.at >= newest.at) newest = seen;
    if (isNote) latest = undefined;
  }
}
