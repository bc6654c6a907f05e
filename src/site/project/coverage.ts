import { askedBy, catalogue, catalogued, type Kept, keptBy } from '../../check/obligations.ts';
import { rules } from '../../check/registry.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { versionInForce } from '../../derive/plan-version.ts';
import { type Instant, toInstant } from '../../model/time.ts';
import { type PublicActor, publicActors } from '../words/actors.ts';
import type { PublicFinding } from './findings.ts';

/** What was found of one obligation, by level. */
export type Results = { error: number; overdue: number; warning: number; information: number; waived: number };

/** An obligation as readers see it: where the plan asks for it, how it is kept, and what was found. */
export type PublicObligation = {
  id: string;
  clause?: string | undefined;
  level?: 'error' | 'warning' | 'information' | undefined;
  from?: string | undefined;
  text?: string | undefined;
  /** `own` stands in no plan and always holds; `later` is asked by a version that is not in force yet. */
  standing: 'asked' | 'later' | 'own' | 'not-asked';
  kept: Kept;
  results: Results;
};

/** A rule as readers see it: what it says and which obligations it serves. */
export type PublicRule = { id: string; summary: string; obligations: PublicObligation[]; results: Results };

/** An exception that was granted. */
export type PublicWaiver = {
  id: string;
  rule: string;
  release?: string | undefined;
  item?: string | undefined;
  reason: string;
  by: PublicActor[];
  at: Instant;
  expires: string;
  isUsed: boolean;
};

/** Every obligation that the project knows, then those that only this programme's plan lists. */
export function projectCoverage({ policy, asOf }: Catalog, findings: readonly PublicFinding[]): PublicObligation[] {
  const others = policy.obligations.map(({ id }) => id).filter((id) => !catalogued(id));
  const current = versionInForce(policy, asOf);
  return [...catalogue.map(({ id }) => id), ...new Set(others)].map((id): PublicObligation => {
    const listed = policy.obligations.find((obligation) => obligation.id === id);
    const entry = catalogued(id);
    const isAsked = askedBy(policy, id, current) !== undefined;
    return {
      id,
      clause: listed?.clause,
      level: listed?.level,
      from: listed?.from,
      text: listed?.text ?? entry?.text,
      standing: entry?.always ? 'own' : !listed ? 'not-asked' : isAsked ? 'asked' : 'later',
      kept: keptBy(id) ?? {
        how: 'manual',
        reason: 'No rule and no page knows of it yet, so a person has to see to it.',
      },
      results: resultsOf(findings.filter(({ obligation }) => obligation === id)),
    };
  });
}

/** Every rule with its obligations, whether this programme asks for them or not. */
export function projectRules(coverage: readonly PublicObligation[], findings: readonly PublicFinding[]): PublicRule[] {
  const byId = new Map(coverage.map((obligation) => [obligation.id, obligation]));
  return rules.map(({ id, summary, obligations }) => ({
    id,
    summary,
    obligations: obligations.flatMap((obligation) => byId.get(obligation) ?? []),
    results: resultsOf(findings.filter(({ rule }) => rule === id)),
  }));
}

/** Every exception granted by the moment of looking; who granted it stands there by initials, or as a role or party. */
export function projectWaivers(catalog: Catalog, findings: readonly PublicFinding[]): PublicWaiver[] {
  const { waivers, policy, asOf } = catalog;
  return waivers
    .map(({ id, rule, release, item, reason, by, at, expires }) => {
      const granted = toInstant(at, policy.programme.zone);
      return {
        id,
        rule,
        release,
        item,
        reason,
        by: publicActors(catalog, by, granted, 'approve'),
        at: granted,
        expires,
        isUsed: findings.some(({ waiver }) => waiver === id),
      };
    })
    .filter(({ at }) => at <= asOf);
}

function resultsOf(findings: readonly PublicFinding[]): Results {
  const results: Results = { error: 0, overdue: 0, warning: 0, information: 0, waived: 0 };
  for (const { level } of findings) results[level] += 1;
  return results;
}
