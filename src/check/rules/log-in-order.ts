import { toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const logInOrder = defineRule({
  id: 'log-in-order',
  obligations: ['C-138'],
  summary: 'The lines of a log stand in the order of their times, unless they replace an earlier one.',
  *check({ releases, policy }) {
    for (const { record } of releases) {
      let latest: { index: number; at: string; text: string } | undefined;
      for (const [index, line] of record.log.entries()) {
        if (line.replaces !== undefined) {
          if (line.replaces > index)
            yield {
              at: at(record, 'log', index, 'replaces'),
              message: `Line ${index + 1} replaces line ${line.replaces}, which is not before it.`,
              hint: 'Name the number of an earlier line, counted from 1.',
            };
          continue;
        }
        const moment = toInstant(line.at, policy.programme.zone);
        if (latest && moment < latest.at) {
          yield {
            at: at(record, 'log', index, 'at'),
            message: `This line is of ${line.at}, and the line before it of ${latest.text}.`,
            hint: 'Move the line up, or add "replaces" if it corrects an earlier one.',
            related: [{ at: at(record, 'log', latest.index, 'at'), message: 'the later line' }],
            correction: { kind: 'sort-log' },
            release: record.id,
          };
        } else latest = { index, at: moment, text: line.at };
      }
    }
  },
});
