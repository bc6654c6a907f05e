import { z } from 'zod';
import { lineKinds } from './log.ts';
import { name, text } from './primitives.ts';
import { span } from './span.ts';
import { versionedField } from './versioned.ts';

const processes = z
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
  .describe('The rows of the RACI table.');

const kinds = z
  .record(name, z.union([name, z.array(name)]))
  .describe('Kind of log line to the process it belongs to, or to the roles that may write it.');

const quorum = z
  .partialRecord(z.enum(lineKinds), z.number().int().min(1))
  .describe('Kind of log line to how many who are entitled to it have to give it together; one when absent.');

const informedBySite = z.array(name).describe('Roles for which the published log is the notice.');

export const raci = z.strictObject({
  roles: z
    .array(
      z.strictObject({
        id: name.describe('The id of the role.'),
        name: text.describe('Its name.'),
        formerly: z.array(text).default([]).describe('Names of before: published notes have those of their day.'),
        ...span,
      }),
    )
    .min(1)
    .describe('The roles of the plan.'),
  processes: versionedField('processes', processes).describe('The rows of the RACI table.'),
  kinds: versionedField('kinds', kinds).describe(
    'Kind of log line to the process it belongs to, or to the roles that may write it.',
  ),
  quorum: quorum.default({}),
  informedBySite: versionedField('informedBySite', informedBySite)
    .default([])
    .describe('Roles for which the published log is the notice.'),
});

/** The RACI as its file says it, with what holds from each version of the plan on. */
export type RaciFile = z.infer<typeof raci>;

/** The RACI as it is by one version of the plan. */
export type Raci = Omit<RaciFile, 'processes' | 'kinds' | 'informedBySite'> & {
  processes: z.infer<typeof processes>;
  kinds: z.infer<typeof kinds>;
  informedBySite: z.infer<typeof informedBySite>;
};
