import type { Catalog } from '../../derive/catalog.ts';
import { criticalSeverities, valueAt } from '../../derive/known-issues.ts';
import { policyAt } from '../../derive/policy-at.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const emergencyStopsTesting = defineRule({
  id: 'emergency-stops-testing',
  obligations: ['C-085', 'C-083', 'C-058'],
  summary: 'An emergency release fixes a critical defect that has stopped the test phase.',
  *check(catalog) {
    for (const release of catalog.releases) {
      // A review that said no has done what this rule asks for: the defects go the regular way.
      if (release.kind === 'emergency' && release.state !== 'closed' && release.now.candidates.length > 0)
        yield* unjustified(release, catalog);
    }
  },
});

function* unjustified(release: ReleaseHistory, catalog: Catalog): Generator<RuleFinding> {
  const { defects, asOf, unread } = catalog;
  if (release.now.candidates.some((item) => unread.includes(item))) return;
  const { review } = release.now;
  const anchor = review ?? release.entries.find(({ line }) => line.did === 'propose');
  const moment = review?.at ?? asOf;
  const { zone } = release.policy.programme;
  const critical = criticalSeverities(policyAt(catalog, moment));
  const place = anchor ? at(release.record, 'log', anchor.index) : at(release.record, 'type');
  const shared = { at: place, when: anchor?.at, release: release.id };
  const items = defects.filter(({ id }) => release.now.candidates.includes(id));
  const worst = items.filter((defect) => critical.includes(valueAt(defect, 'severity', moment, zone) ?? ''));
  if (worst.length === 0) {
    const found = items
      .map((defect) => `${defect.id} is ${valueAt(defect, 'severity', moment, zone) ?? 'not rated'}`)
      .join(', ');
    yield {
      ...shared,
      message: `None of its defects was ${critical.join(' or ')} when the review took place${found ? `: ${found}` : ''}.`,
      hint: 'Let it go the regular way, or correct the severity history of the defect.',
    };
  } else if (!worst.some(({ stopsTestPhase }) => stopsTestPhase)) {
    yield {
      ...shared,
      message: `Nothing says that ${worst.map(({ id }) => id).join(' or ')} stops the test phase.`,
      hint: 'Write what has stopped under "stopsTestPhase" in the defect, or let it go the regular way.',
      obligation: 'C-083',
      related: worst.map((defect) => ({ at: at(defect, 'id'), message: 'the defect' })),
    };
  }
}
