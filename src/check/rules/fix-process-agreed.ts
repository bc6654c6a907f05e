import { firstMarketDeployment } from '../../derive/market.ts';
import { toDay } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';
import { compareText } from '../../diagnostic.ts';

export const fixProcessAgreed = defineRule({
  id: 'fix-process-agreed',
  obligations: ['C-017'],
  summary: 'How fixes are released in a test phase is agreed with its stakeholders before the first fix is deployed.',
  *check({ releases, policy }) {
    for (const [index, phase] of policy.programme.phases.entries()) {
      const first = releases
        .filter(({ kind, record }) => kind !== 'baseline' && record.phase === phase.id)
        .flatMap((release) => firstMarketDeployment(release, policy) ?? [])
        .sort((a, b) => compareText(a.at, b.at))[0];
      if (!first) continue;
      const place = { file: 'programme.yaml' };
      if (!phase.agreement)
        yield {
          at: at(place, 'phases', index),
          message: `Fixes are released in ${phase.name}, and nothing says who agreed how.`,
          hint: 'Add "agreement" with by, date and ref.',
          when: first.at,
        };
      else if (phase.agreement.date > toDay(first.at, policy.programme.zone))
        yield {
          at: at(place, 'phases', index, 'agreement', 'date'),
          message: `The agreement is of ${phase.agreement.date}, and the first fix was deployed before it.`,
          hint: 'Correct the date, or record a waiver.',
          when: first.at,
        };
    }
  },
});
