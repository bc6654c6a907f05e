import { completedAt } from '../../derive/slots.ts';
import { toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const testingStartsOnBaseline = defineRule({
  id: 'testing-starts-on-baseline',
  obligations: ['C-059'],
  summary: 'Participants start to test only when the baseline of the phase is complete.',
  *check({ releases, policy, asOf, unread }) {
    for (const [index, phase] of policy.programme.phases.entries()) {
      const start = toInstant(phase.testingFrom, policy.programme.zone);
      const baseline = releases.find(({ kind, record }) => kind === 'baseline' && record.phase === phase.id);
      if (!baseline && phase.recordedFrom !== undefined) continue;
      const complete = baseline && completedAt(baseline, policy);
      if (complete ? complete <= start : asOf < start) continue;
      // A release that cannot be read may be the baseline.
      if (!baseline && unread.length > 0) continue;
      const planned = at({ file: 'programme.yaml' }, 'phases', index, 'testingFrom');
      if (!baseline || !complete) {
        yield {
          at: planned,
          message: `Testing in ${phase.name} was to start at ${phase.testingFrom}, and its baseline is not complete.`,
          hint: 'Complete the baseline, or write when testing starts now.',
          level: 'overdue',
          when: start,
        };
        continue;
      }
      const late = baseline.entries.find(({ counts, line }) => counts === complete && line.did === 'test');
      yield {
        at: at(baseline.record, 'log', late?.index ?? 0, 'at'),
        message: `The baseline was complete only after testing in ${phase.name} started, ${phase.testingFrom}.`,
        hint: 'If participants started later, correct "testingFrom" of the phase; else have a waiver granted.',
        related: [{ at: planned, message: 'the start of testing' }],
        when: complete,
        release: baseline.id,
      };
    }
  },
});
