import { z } from 'zod';
import { isAskedBy } from '../derive/plan-version.ts';
import { levels, type Obligation, obligationId } from '../model/plan.ts';
import type { Policy } from '../validate/validate.ts';
import entries from './obligations.json' with { type: 'json' };
import { rules } from './registry.ts';

const elsewhere = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('page'), pages: z.array(z.string()).min(1), reason: z.string() }),
  z.strictObject({ how: z.literal('manual'), reason: z.string() }),
  z.strictObject({ how: z.literal('not-applicable'), reason: z.string() }),
]);

const catalogueEntry = z.strictObject({
  id: obligationId,
  text: z.string().describe('What it asks for, in words that fit every programme.'),
  level: z.enum(levels).describe('What a breach does unless a programme says otherwise.'),
  always: z.literal(true).optional().describe('It makes the others possible, stands in no plan and always holds.'),
  kept: elsewhere.optional().describe('Where no rule enforces it: the pages that show it, or why a person sees to it.'),
});

/** One obligation that the product knows. */
export type CatalogueEntry = z.infer<typeof catalogueEntry>;

/** How an obligation is kept: by rules, by a page that shows it, by hand, or not at all because it cannot apply. */
export type Kept = { how: 'rule'; rules: string[] } | z.infer<typeof elsewhere>;

/** Every obligation that the product knows, in order. */
export const catalogue: readonly CatalogueEntry[] = z.array(catalogueEntry).parse(entries);

const byId = new Map(catalogue.map((entry) => [entry.id, entry]));

/** The obligation of an id; nothing for one that the product does not know. */
export function catalogued(id: string): CatalogueEntry | undefined {
  return byId.get(id);
}

/** How an obligation is kept; nothing for one that the product does not know. */
export function keptBy(id: string): Kept | undefined {
  const enforcing = rules.filter(({ obligations }) => obligations.includes(id)).map((rule) => rule.id);
  return enforcing.length > 0 ? { how: 'rule', rules: enforcing } : catalogued(id)?.kept;
}

/** Where a plan asks for an obligation; nothing where it does not, or not yet in the version it is judged by. */
export function askedBy(policy: Policy, id: string, version: string | undefined): Obligation | undefined {
  const listed = policy.obligations.find((obligation) => obligation.id === id);
  return listed && (version === undefined || isAskedBy(policy, version, listed.from)) ? listed : undefined;
}
