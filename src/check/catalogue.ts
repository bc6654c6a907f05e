import { z } from 'zod';
import { levels, obligationId } from '../model/plan.ts';
import entries from './obligations.json' with { type: 'json' };

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

/** How an obligation is kept that no rule enforces. */
export type KeptElsewhere = z.infer<typeof elsewhere>;

/** Every obligation that the product knows, in order. */
export const catalogue: readonly CatalogueEntry[] = z.array(catalogueEntry).parse(entries);

const byId = new Map(catalogue.map((entry) => [entry.id, entry]));

/** The obligation of an id; nothing for one that the product does not know. */
export function catalogued(id: string): CatalogueEntry | undefined {
  return byId.get(id);
}
