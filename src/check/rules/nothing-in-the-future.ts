import { toInstant, toLocal } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const nothingInTheFuture = defineRule({
  id: 'nothing-in-the-future',
  obligations: ['C-137'],
  summary: 'A log records what happened; nothing in it is later than the moment of looking.',
  about: 'records',
  *check({ releases, policy, asOf, isChosen }) {
    if (isChosen) return;
    const { zone, asOf: fixed } = policy.programme;
    const isArchive = fixed !== undefined && toInstant(fixed, zone) === asOf;
    const local = (instant: string) => toLocal(instant, zone).slice(0, 16);
    for (const { record, id } of releases) {
      for (const [index, line] of record.log.entries()) {
        const field = line.did === 'deploy' && line.until && toInstant(line.until, zone) > asOf ? 'until' : 'at';
        const moment = toInstant(field === 'until' ? (line as { until: string }).until : line.at, zone);
        if (moment <= asOf) continue;
        yield {
          at: at(record, 'log', index, field),
          ...(isArchive
            ? {
                message: `${local(moment)} is later than ${local(asOf)}, the moment at which programme.yaml fixes all looking.`,
                hint: 'While the programme runs, remove "asOf" from programme.yaml; for an archive, set it to a later moment.',
                related: [{ at: at({ file: 'programme.yaml' }, 'asOf'), message: 'the moment that is fixed' }],
              }
            : {
                message: `${local(moment)} is still to come: it is ${local(asOf)}.`,
                hint: 'Record it when it has happened; what is planned stands in "request" and in the slot.',
              }),
          release: id,
        };
      }
    }
  },
});
