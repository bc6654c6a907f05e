import { at, defineRule } from '../rule.ts';

export const outcomesMatchErrors = defineRule({
  id: 'outcomes-match-errors',
  obligations: ['C-104'],
  summary: 'What succeeded or passed tells of no error.',
  about: 'records',
  since: 2,
  *check({ releases }) {
    for (const { record, entries, id: release } of releases) {
      for (const { line, index, at: when } of entries) {
        if (line.did !== 'deploy' && line.did !== 'test') continue;
        if (line.outcome === 'failed' || line.error === undefined) continue;
        yield {
          at: at(record, 'log', index, 'outcome'),
          message: `The ${line.did === 'deploy' ? 'deployment' : 'test'} ${line.outcome}, and tells of an error: ${line.error}.`,
          hint: 'Write "failed", or remove "error"; what was noticed besides is told in a "contact" line.',
          related: [{ at: at(record, 'log', index, 'error'), message: 'the error' }],
          when,
          release,
        };
      }
    }
  },
});
