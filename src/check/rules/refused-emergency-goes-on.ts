import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { rolesMarked } from '../../derive/roles.ts';
import { valueAt } from '../../derive/known-issues.ts';
import { unreadReleases } from '../../derive/lookup.ts';
import { at, defineRule } from '../rule.ts';

export const refusedEmergencyGoesOn = defineRule({
  id: 'refused-emergency-goes-on',
  obligations: ['C-092'],
  summary:
    'What a review did not find urgent goes the regular way: it is not forgotten when the next regular release is agreed.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const review = release.kind === 'emergency' ? entriesOf(release, 'review').at(-1) : undefined;
      const isRefused =
        review &&
        (review.line.immediate === false || review.line.decision === 'rejected') &&
        !firstMarketDeployment(release, catalog.policy);
      const next = isRefused ? agreedSince(review.at, catalog) : undefined;
      // A release that could not be read may be the one that takes it.
      if (!isRefused || !next || catalog.unread.length > 0) continue;
      const missing = release.now.live.filter((item) => isOpen(item, catalog) && !goesOn(item, review.at, catalog));
      if (missing.length === 0) continue;
      yield {
        at: at(release.record, 'log', review.index),
        message: `${missing.join(', ')} ${missing.length === 1 ? 'was' : 'were'} refused as an emergency, and ${next.id} was agreed without ${missing.length === 1 ? 'it' : 'them'}.`,
        hint: 'Propose it for a regular release, or withdraw it here with its reason and target.',
        when: review.at,
        release: release.id,
      };
    }
  },
  *owes(catalog) {
    const { releases, policy } = catalog;
    // A release that cannot be read may have taken it.
    if (unreadReleases(catalog).length > 0) return;
    const roles = rolesMarked(policy, 'propose', /R/);
    const isTaken = (item: string) =>
      releases.some(({ kind, now }) => kind === 'regular' && now.candidates.includes(item));
    for (const { id, kind, state, now } of releases) {
      if (kind !== 'emergency' || state !== 'closed') continue;
      for (const item of now.live.filter((candidate) => !isTaken(candidate)))
        yield { what: `A regular release for ${item}, which ${id} did not take`, roles, item };
    }
  },
});

/** The first regular release that was proposed since, and whose items are agreed. */
function agreedSince(moment: string, { releases }: Catalog): ReleaseHistory | undefined {
  return releases.find(
    (release) =>
      release.kind === 'regular' &&
      release.now.bundle.length > 0 &&
      (entriesOf(release, 'propose')[0]?.at ?? '') >= moment,
  );
}

/** Proposed since in a regular release, or in one already that was not yet deployed. */
function goesOn(item: string, moment: string, { releases, policy }: Catalog): boolean {
  return releases.some((release) => {
    if (release.kind !== 'regular') return false;
    const isPending = release.now.live.includes(item) && (firstMarketDeployment(release, policy)?.at ?? '9') >= moment;
    return (
      isPending ||
      entriesOf(release, 'propose').some(({ line, at: when }) => when >= moment && line.items.includes(item))
    );
  });
}

/** What was settled otherwise needs no release. */
function isOpen(item: string, { defects, policy, asOf }: Catalog): boolean {
  const { statuses, zone } = policy.programme;
  const defect = defects.find(({ id }) => id === item);
  return !defect || statuses.some(({ id, open }) => open && id === valueAt(defect, 'status', asOf, zone));
}
