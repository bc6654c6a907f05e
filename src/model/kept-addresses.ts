import { z } from 'zod';
import { date } from './primitives.ts';

/** An address of the site from its root, with a slash at both ends. */
const address = z
  .string()
  .regex(/^\/(?:[\w.%~-]+\/)*$/, { error: 'is not an address of the site: write one such as /releases/R05/' });

/** The addresses that lead somewhere for ever, because others keep them. */
export const keptAddresses = z.strictObject({
  kept: z
    .record(date, z.array(address))
    .default({})
    .describe('The addresses of pages, by the day from which they are kept.'),
  moved: z
    .array(
      z.strictObject({
        from: address.describe('The address that was.'),
        to: address.describe('The page to which it leads now.'),
      }),
    )
    .default([])
    .describe('Addresses whose page is gone, and where each leads instead.'),
});

export type KeptAddresses = z.infer<typeof keptAddresses>;
