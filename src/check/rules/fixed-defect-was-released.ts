import type { Catalog } from '../../derive/catalog.ts';
import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { snapshotBefore } from '../../derive/history.ts';
import { valueAt } from '../../derive/known-issues.ts';
import { unreadReleases } from '../../derive/lookup.ts';
import { deploymentsTo } from '../../derive/market.ts';
import { firstRecordedDay } from '../../model/programme.ts';
import { toDay, toInstant } from '../../model/time.ts';
import { at, defineRule } from '../rule.ts';
import { trackerChanges } from '../tracker-changes.ts';

export const fixedDefectWasReleased = defineRule({
  id: 'fixed-defect-was-released',
  obligations: ['C-015', 'C-013'],
  summary:
    'A defect that the tracker took for fixed during a test phase was in a release that reached the market-facing environment.',
  about: 'tracker',
  *check(catalog) {
    const { policy, asOf, isChosen } = catalog;
    // A release that cannot be read may hold any of them.
    if (unreadReleases(catalog).length > 0) return;
    const { zone, phases, statuses } = policy.programme;
    const fixed = new Map<string | undefined, string>(
      statuses.filter((status) => status.fixed).map(({ id, name }) => [id, name]),
    );
    const market = environmentsFor(policy, 'market')
      .map((id) => environmentName(policy, id))
      .join(' or ');
    const released = itemsInMarket(catalog);
    for (const defect of catalog.defects) {
      if (released.has(defect.id)) continue;
      const status = fixed.get(valueAt(defect, 'status', asOf, zone));
      if (status === undefined) continue;
      const { resolved, closed, raised } = defect.tracker;
      const changes = trackerChanges(defect, 'status', catalog);
      // From fixed to closed it stays fixed: what counts is since when, and a word anywhere on the way.
      const since = changes.slice(changes.findLastIndex(({ to }) => !fixed.has(to)) + 1);
      const said = since[0]?.at ?? resolved ?? closed;
      const day = dayOf(said ?? raised, zone);
      if (!phases.some((phase) => firstRecordedDay(phase) <= day && day <= phase.to)) continue;
      const when = toInstant(said ?? raised, zone);
      // Without a date, nobody knows whether it was fixed at a moment of the past.
      if (when > asOf || (said === undefined && isChosen) || since.some(({ explained }) => explained)) continue;
      const last = since.length > 0 ? 'or say why under "explained"' : 'or let a waiver own it';
      const says = `The tracker says "${status}"${said === undefined ? '' : ` since ${day}`}`;
      yield {
        at: at(defect, 'tracker', 'status'),
        message: `${says}, and no release that reached ${market} holds ${defect.id}.`,
        hint: `Propose it for a release that brings the fix, have the tracker corrected and import it again, ${last}.`,
        level: 'warning',
        when,
        item: defect.id,
      };
    }
  },
});

/** The local day of a time; most are written without an offset, and begin with it. */
function dayOf(time: string, zone: string): string {
  return /[Z+]|-\d\d:/.test(time) ? toDay(toInstant(time, zone), zone) : time.slice(0, 10);
}

/** What any successful deployment to a market-facing environment brought. */
function itemsInMarket({ releases, policy }: Catalog): Set<string> {
  const arrivals = releases.flatMap((release) =>
    deploymentsTo(release, policy, 'market').map((entry) => ({ release, entry })),
  );
  return new Set(
    arrivals.flatMap(({ release, entry }) =>
      entry.line.outcome === 'succeeded' ? snapshotBefore(release, entry.counts).contents : [],
    ),
  );
}
