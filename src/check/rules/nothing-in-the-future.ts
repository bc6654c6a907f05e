import { toInstant, toLocal } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const nothingInTheFuture = defineRule({
  id: 'nothing-in-the-future',
  obligations: ['C-137'],
  summary: 'A log records what happened; nothing in it is later than the moment of looking.',
  *check({ releases, policy, asOf, isChosen }) {
    if (isChosen) return;
    const { zone } = policy.programme;
    for (const { record, id } of releases) {
      for (const [index, line] of record.log.entries()) {
        const field = line.did === 'deploy' && line.until && toInstant(line.until, zone) > asOf ? 'until' : 'at';
        const moment = toInstant(field === 'until' ? (line as { until: string }).until : line.at, zone);
        if (moment <= asOf) continue;
        yield {
          at: at(record, 'log', index, field),
          message: `${toLocal(moment, zone).slice(0, 16)} is still to come: it is ${toLocal(asOf, zone).slice(0, 16)}.`,
          hint: 'Record it when it has happened; what is planned stands in "request" and in the slot.',
          release: id,
        };
      }
    }
  },
});
