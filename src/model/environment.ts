import { z } from 'zod';
import { name, text } from './primitives.ts';
import { span } from './span.ts';

/** What an environment is used for; the route to live is the order of the list. */
export const uses = ['delivery', 'through', 'proving', 'market', 'production'] as const;

export const environment = z.strictObject({
  id: name.describe('The id that log lines use.'),
  name: text.describe('The name that readers see.'),
  purpose: text.describe('What the environment is for.'),
  aliases: z.array(text).default([]).describe('Other names it goes by.'),
  use: z
    .enum(uses)
    .describe(
      '"delivery" receives every delivery; "proving" needs a review to enter and a pass to leave; "market" needs request, approval and note to enter; "through" is passed; "production" is out of scope.',
    ),
  after: z
    .array(name)
    .min(1)
    .optional()
    .describe('The environments that a release passes before this one; the one listed before it when absent.'),
  productionLike: z.boolean().default(false).describe('True when it is like production.'),
  procedure: text.optional().describe('How a release is put here.'),
  ...span,
});

/** The list, in the order of the route to live. */
export const environments = z.array(environment).min(1);
export type Environment = z.infer<typeof environment>;
