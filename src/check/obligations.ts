import type { Catalog } from '../derive/catalog.ts';
import { isAskedBy } from '../derive/plan-version.ts';
import type { Obligation } from '../model/plan.ts';
import type { PolicyFiles } from '../validate/validate.ts';
import { catalogued, type KeptElsewhere } from './catalogue.ts';
import { rules } from './registry.ts';

/** The plan and what it says of obligations; neither changes with its versions. */
type PlanFiles = Pick<PolicyFiles, 'plan' | 'obligations'>;

/** How an obligation is kept: by rules, by a page that shows it, by hand, or not at all because it cannot apply. */
export type Kept = { how: 'rule'; rules: string[] } | KeptElsewhere;

/** How an obligation is kept; nothing for one that the product does not know. */
export function keptBy(id: string): Kept | undefined {
  const enforcing = rules.filter(({ obligations }) => obligations.includes(id)).map((rule) => rule.id);
  return enforcing.length > 0 ? { how: 'rule', rules: enforcing } : catalogued(id)?.kept;
}

/** What a programme asks of an obligation: how severely, and at which clause; good practice stands at none. */
export type Asked = { level: 'error' | 'warning' | 'information'; clause?: string | undefined };

/** How an obligation stands in a programme at a version of its plan. */
export type Standing =
  /** Its plan names a clause for it. */
  | 'asked'
  /** A later version of its plan asks for it. */
  | 'later'
  /** It makes the others possible, stands in no plan and always holds. */
  | 'own'
  /** No plan mentions it, and it holds all the same. */
  | 'good-practice'
  /** Its plan switches it off, with the reason. */
  | 'off';

/** What is bound by the plan of a programme; nothing where it does not mention the obligation. */
export function boundTo(policy: PlanFiles, id: string): Obligation | undefined {
  return policy.obligations.find((obligation) => obligation.id === id);
}

/** How an obligation stands. What a programme does not mention is on: silence leaves nobody unguarded. */
export function standingOf(policy: PlanFiles, id: string, version: string | undefined): Standing {
  const bound = boundTo(policy, id);
  if (catalogued(id)?.always) return 'own';
  if (!bound) return 'good-practice';
  if ('off' in bound) return 'off';
  return version === undefined || isAskedBy(policy, version, bound.from) ? 'asked' : 'later';
}

/** What is asked of an obligation; nothing while it is switched off, or a later version of the plan asks for it. */
export function askedBy(policy: PlanFiles, id: string, version: string | undefined): Asked | undefined {
  const standing = standingOf(policy, id, version);
  if (standing === 'off' || standing === 'later') return undefined;
  const bound = boundTo(policy, id);
  const level = catalogued(id)?.level ?? 'error';
  return bound && 'clause' in bound ? { level: bound.level ?? level, clause: bound.clause } : { level };
}

/** False for a release of another type or phase than those for which the plan has an obligation. */
export function isAskedOf({ policy, releases }: Catalog, id: string, release: string | undefined): boolean {
  const bound = boundTo(policy, id);
  if (!bound || !('clause' in bound) || (!bound.types && !bound.phases)) return true;
  const record = releases.find((candidate) => candidate.id === release)?.record;
  return !record || ((bound.types?.includes(record.type) ?? true) && (bound.phases?.includes(record.phase) ?? true));
}
