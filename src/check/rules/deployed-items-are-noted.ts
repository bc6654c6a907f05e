import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import { snapshotBefore } from '../../derive/history.ts';
import { at, defineRule } from '../rule.ts';

export const deployedItemsAreNoted = defineRule({
  id: 'deployed-items-are-noted',
  obligations: ['C-015', 'C-078'],
  summary: 'Every item that reaches the market-facing environment stands in a confirmed note of its release.',
  *check({ releases, published, policy, asOf, unread }) {
    for (const release of releases) {
      const notes = published.filter((note) => note.release === release.id && note.publishedAt <= asOf);
      const confirmed = notes.filter(({ stage }) => stage !== 'provisional');
      // Without any confirmed note the finding belongs to final-note-confirmed.
      if (confirmed.length === 0 || unread.some((id) => id.startsWith(`${release.id}/`))) continue;
      const idsIn = (some: typeof notes) => new Set(some.flatMap(({ note }) => note.items.map(({ id }) => id)));
      const [known, announced] = [idsIn(confirmed), idsIn(notes)];
      for (const entry of deploymentsTo(release, policy, 'market')) {
        if (entry.line.outcome !== 'succeeded') continue;
        const missing = snapshotBefore(release, entry.at).contents.filter((item) => !known.has(item));
        const shared = {
          at: at(release.record, 'log', entry.index, 'to'),
          hint: `Have it agreed after all, then publish an erratum, which lists it: ccmt publish ${release.id} erratum --reason "…".`,
          when: entry.at,
          release: release.id,
        };
        const market = environmentName(policy, entry.line.to);
        const dropped = missing.filter((item) => announced.has(item));
        const silent = missing.filter((item) => !announced.has(item));
        if (silent.length > 0)
          yield { ...shared, message: `${silent.join(', ')} reached ${market} and stands in no note.` };
        if (dropped.length > 0)
          yield {
            ...shared,
            message: `${dropped.join(', ')} reached ${market}, and the confirmed note leaves it out.`,
            obligation: 'C-078',
          };
      }
    }
  },
});
