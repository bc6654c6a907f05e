import { z } from 'zod';
import { name, text } from './primitives.ts';

export const raci = z.strictObject({
  roles: z
    .array(z.strictObject({ id: name.describe('The id of the role.'), name: text.describe('Its name.') }))
    .min(1)
    .describe('The roles of the plan.'),
  processes: z
    .array(
      z.strictObject({
        id: name.describe('The id of the process, such as P1.'),
        name: text.describe('What is done.'),
        inputs: text.optional().describe('What it starts from.'),
        outputs: text.optional().describe('What it produces.'),
        letters: z
          .record(name, z.string())
          .describe('Role to letters: R responsible, A accountable, C consulted, I informed, such as "R/A".'),
      }),
    )
    .min(1)
    .describe('The rows of the RACI table.'),
  kinds: z
    .record(name, z.union([name, z.array(name)]))
    .describe('Kind of log line to the process it belongs to, or to the roles that may write it.'),
  informedBySite: z.array(name).default([]).describe('Roles for which the published log is the notice.'),
});

export type Raci = z.infer<typeof raci>;
