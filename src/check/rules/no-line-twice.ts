import { copiesIn } from '../../derive/copies.ts';
import { at, defineRule } from '../rule.ts';

export const noLineTwice = defineRule({
  id: 'no-line-twice',
  obligations: ['C-138'],
  summary: 'No line of a log is an exact copy of another.',
  about: 'records',
  since: 2,
  *check({ releases }) {
    for (const { record, id: release } of releases) {
      for (const [index, first] of copiesIn(record.log)) {
        const { did, at: when } = record.log[index] as (typeof record.log)[number];
        yield {
          at: at(record, 'log', index, 'did'),
          message: `This "${did}" line of ${when} is a copy of line ${first + 1} of the log, equal in every field.`,
          hint: 'Remove the copy, which a merge may have left; what did happen twice has a time of its own.',
          related: [{ at: at(record, 'log', first), message: 'the line it copies' }],
          release,
        };
      }
    }
  },
});
