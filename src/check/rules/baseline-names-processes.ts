import { at, defineRule } from '../rule.ts';

export const baselineNamesProcesses = defineRule({
  id: 'baseline-names-processes',
  obligations: ['C-060'],
  summary: 'The baseline holds changes to the code of modified business processes, and names them.',
  *check({ releases, changes, unread }) {
    for (const release of releases) {
      if (release.kind !== 'baseline' || release.now.live.length === 0) continue;
      if (release.now.live.some((item) => unread.includes(item))) continue;
      const named = changes.filter(
        ({ id, businessProcesses }) => release.now.live.includes(id) && businessProcesses.length > 0,
      );
      if (named.length > 0) continue;
      yield {
        at: at(release.record, 'items'),
        message: `No change of the baseline ${release.id} names the business process it modifies.`,
        hint: 'Add "businessProcesses" to its changes.',
        when: release.entries[0]?.at,
        release: release.id,
      };
    }
  },
});
