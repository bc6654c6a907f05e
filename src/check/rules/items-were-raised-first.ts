import { defectOf } from '../../derive/lookup.ts';
import { entriesOf } from '../../derive/history.ts';
import { toDay, toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const itemsWereRaisedFirst = defineRule({
  id: 'items-were-raised-first',
  obligations: ['C-014'],
  summary: 'A defect is proposed for a release once it is raised.',
  since: 2,
  *check(catalog) {
    const { zone } = catalog.policy.programme;
    for (const release of catalog.releases) {
      const seen = new Set<string>();
      for (const { line, index, at: when } of entriesOf(release, 'propose')) {
        for (const [position, item] of line.items.entries()) {
          const defect = defectOf(catalog, item);
          if (!defect || seen.has(item)) continue;
          seen.add(item);
          const { raised } = defect.tracker;
          // Where the tracker has a day only, the whole day counts.
          const isBefore = raised.includes('T') ? when < toInstant(raised, zone) : toDay(when, zone) < raised;
          if (!isBefore) continue;
          yield {
            at: at(release.record, 'log', index, 'items', position),
            message: `${item} is proposed on ${line.at}, and was raised only on ${raised}.`,
            hint: 'Name the defect that was meant, correct the time of the line, or have the tracker corrected.',
            related: [{ at: at(defect, 'tracker', 'raised'), message: 'when it was raised' }],
            when,
            release: release.id,
            item,
          };
        }
      }
    }
  },
});
