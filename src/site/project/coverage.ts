import { catalogue } from '../../check/catalogue.ts';
import { boundTo, type Kept, keptBy, type Standing, standingOf } from '../../check/obligations.ts';
import { rules } from '../../check/registry.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { versionInForce } from '../../derive/plan-version.ts';
import { toInstant } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';
import type { Results } from '../words/statuses.ts';
import { type PublicActor, publicActors } from './actors.ts';
import type { PublicFinding } from './findings.ts';
import { inTermsOf, type Terms } from '../../model/terms.ts';
import { type Reference, referenceTo } from './reference.ts';

/** An obligation as readers see it: where the plan asks for it, how it is kept, and what was found. */
export type PublicObligation = {
  id: string;
  clause?: string | undefined;
  level?: 'error' | 'warning' | 'information' | undefined;
  from?: string | undefined;
  text?: string | undefined;
  standing: Standing;
  /** Why the programme switched it off. */
  off?: string | undefined;
  kept: Kept;
  results: Results;
};

/** A rule as readers see it: what it says and which obligations it serves. */
export type PublicRule = { id: string; summary: string; obligations: PublicObligation[]; results: Results };

/** An exception that was granted. */
export type PublicWaiver = {
  id: string;
  rule: string;
  release?: Reference | undefined;
  item?: Reference | undefined;
  reason: string;
  by: PublicActor[];
  at: Time;
  expires: string;
  isUsed: boolean;
};

/** Every obligation that the product knows, with what this programme's plan says of it. */
export function projectCoverage({ policy, asOf }: Catalog, findings: readonly PublicFinding[]): PublicObligation[] {
  const version = versionInForce(policy, asOf);
  const { terms } = policy.programme;
  return catalogue.map(({ id, text, level }): PublicObligation => {
    const bound = boundTo(policy, id);
    const asked = bound && 'clause' in bound ? bound : undefined;
    return {
      id,
      clause: asked?.clause,
      level: asked?.level ?? level,
      from: asked?.from,
      text: asked?.text ?? inTermsOf(text, terms),
      standing: standingOf(policy, id, version),
      off: bound && 'off' in bound ? bound.off : undefined,
      kept: inTerms(keptBy(id), terms) ?? {
        how: 'manual',
        reason: 'No rule and no page knows of it yet, so a person has to see to it.',
      },
      results: resultsOf(findings.filter(({ obligation }) => obligation === id)),
    };
  });
}

/** How it is kept, in the words of the programme. */
function inTerms(kept: Kept | undefined, terms: Terms): Kept | undefined {
  return kept && 'reason' in kept ? { ...kept, reason: inTermsOf(kept.reason, terms) } : kept;
}

/** Every rule with its obligations, whether this programme asks for them or not. */
export function projectRules(
  { policy }: Catalog,
  coverage: readonly PublicObligation[],
  findings: readonly PublicFinding[],
): PublicRule[] {
  const byId = new Map(coverage.map((obligation) => [obligation.id, obligation]));
  return rules.map(({ id, summary, obligations }) => ({
    id,
    summary: inTermsOf(summary, policy.programme.terms),
    obligations: obligations.flatMap((obligation) => byId.get(obligation) ?? []),
    results: resultsOf(findings.filter(({ rule }) => rule === id)),
  }));
}

/** Every exception granted by the moment of looking; who granted it stands there by initials, or as a role or party. */
export function projectWaivers(catalog: Catalog, findings: readonly PublicFinding[]): PublicWaiver[] {
  const { waivers, policy, asOf } = catalog;
  const { zone } = policy.programme;
  return waivers
    .map((waiver) => ({ waiver, granted: toInstant(waiver.at, zone) }))
    .filter(({ granted }) => granted <= asOf)
    .map(({ waiver: { id, rule, release, item, reason, by, expires }, granted }) => ({
      id,
      rule,
      release: release === undefined ? undefined : referenceTo(catalog, 'release', release),
      item: item === undefined ? undefined : referenceTo(catalog, 'item', item),
      reason,
      by: publicActors(catalog, by, granted, 'approve'),
      at: timeOf(granted, zone),
      expires,
      isUsed: findings.some(({ waiver }) => waiver === id),
    }));
}

function resultsOf(findings: readonly PublicFinding[]): Results {
  const results: Results = { error: 0, overdue: 0, warning: 0, information: 0, waived: 0 };
  for (const { level } of findings) results[level] += 1;
  return results;
}
