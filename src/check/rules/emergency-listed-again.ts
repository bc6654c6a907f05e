import type { Catalog } from '../../derive/catalog.ts';
import { accountableFor } from '../../derive/roles.ts';
import type { Instant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';

export const emergencyListedAgain = defineRule({
  id: 'emergency-listed-again',
  obligations: ['C-097'],
  summary: 'What an emergency deployed is listed again in the next regular final note.',
  *check(catalog) {
    const { releases, carryForward, policy } = catalog;
    for (const { emergency, deployedAt, debtor, noteIndex, missing } of carryForward) {
      if (isPaidUnread(catalog, deployedAt)) continue;
      const release = releases.find(({ id }) => id === debtor);
      const owing = releases.find(({ id }) => id === emergency);
      if (!release || !owing || missing.length === 0 || noteIndex === undefined) continue;
      yield {
        at: at(release.record, 'log', noteIndex),
        message: `The ${policy.programme.terms.final} note of ${release.id} leaves out ${missing.join(', ')}, which the emergency ${emergency} deployed.`,
        hint: `Publish an erratum that lists it: ccmt publish ${release.id} erratum --reason "…".`,
        related: [{ at: at(owing.record, 'id'), message: 'the emergency' }],
        release: release.id,
      };
    }
  },
  *owes(catalog) {
    const { policy, carryForward, releases } = catalog;
    const next = releases.find(
      ({ kind, state }) => kind === 'regular' && !['complete', 'closed', 'deployed', 'failed'].includes(state),
    );
    for (const { emergency, items, debtor, deployedAt } of carryForward) {
      if (debtor !== undefined || isPaidUnread(catalog, deployedAt)) continue;
      yield {
        what: `${items.join(', ')} of the emergency ${emergency} again in the ${policy.programme.terms.final} note of ${next?.id ?? 'the next regular release'}, which lists it by itself`,
        roles: accountableFor(policy, 'publish'),
        release: emergency,
      };
    }
  },
});

/** A release that cannot be read may be the debtor: its note is known, its log is not. */
function isPaidUnread({ published, unread }: Catalog, deployedAt: Instant): boolean {
  return published.some(
    (note) => note.stage === 'final' && note.publishedAt > deployedAt && unread.includes(note.release),
  );
}
