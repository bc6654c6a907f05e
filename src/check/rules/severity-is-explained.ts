import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { notRated, valueAt } from '../../derive/known-issues.ts';
import { policyAt } from '../../derive/policy-at.ts';
import { toInstant } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const severityIsExplained = defineRule({
  id: 'severity-is-explained',
  obligations: ['C-087'],
  summary:
    'The severity that an emergency rests on was there when the review took place, and is not lowered before the deployment without a word.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const review = release.kind === 'emergency' && release.now.bundle.length > 0 ? release.now.review : undefined;
      if (review !== undefined) yield* moved(release, review, catalog);
    }
  },
});

/** Only between the review and the deployment: what a tracker changes later is no concern of the release. */
function* moved(release: ReleaseHistory, review: Entry, catalog: Catalog): Generator<RuleFinding> {
  const { defects, policy, asOf } = catalog;
  const { severities, zone } = policyAt(catalog, review.at).programme;
  const end = firstMarketDeployment(release, policy)?.at ?? asOf;
  // What is not rated stands below every severity: to be rated is not to be lowered, to lose the rating is.
  const rank = (severity: string) =>
    severity === notRated ? severities.length : severities.findIndex(({ id }) => id === severity);
  const isCritical = (severity: string | undefined) =>
    severities.some(({ id, critical }) => id === severity && critical === true);
  const items = defects.filter(({ id }) => release.now.bundle.includes(id));
  // When nothing was critical, the emergency itself is in question, and says so.
  if (!items.some((defect) => isCritical(valueAt(defect, 'severity', review.at, zone)))) return;
  for (const defect of items) {
    for (const [index, change] of defect.tracker.history.entries()) {
      const when = toInstant(change.at, zone);
      if (change.field !== 'severity' || when <= review.at || when > end || change.explained) continue;
      const shared = {
        at: at(defect, 'tracker', 'history', index, 'to'),
        related: [{ at: at(release.record, 'log', review.index, 'at'), message: 'the review' }],
        when,
        release: release.id,
        item: defect.id,
      };
      if (isCritical(change.to) && !isCritical(change.from))
        yield {
          ...shared,
          message: `${defect.id} became ${change.to} only after the review of ${release.id}.`,
          hint: 'The review decides on the severity of its moment: hold it again, or say why under "explained".',
        };
      else if (rank(change.to) > rank(change.from))
        yield {
          ...shared,
          message: `${defect.id} ${change.to === notRated ? 'lost its severity' : `was lowered to ${change.to}`} after the review of ${release.id}, before it was deployed.`,
          hint: 'Say why under "explained".',
        };
    }
  }
}
