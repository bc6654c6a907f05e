import { z } from 'zod';
import { dateOrTime, name, text } from './primitives.ts';

export const person = z.strictObject({
  id: name.describe('The id that log lines use.'),
  initials: text.describe('The initials that readers see.'),
  formerly: z.array(text).default([]).describe('Initials of before: published notes have those of their day.'),
  unit: text.describe('The organisational unit.'),
  name: text.optional().describe('The full name; never published.'),
  git: text.optional().describe('The name in the git history; never published.'),
});

export const people = z.strictObject({
  people: z.array(person).min(1).describe('Those who act for a role.'),
  assignments: z
    .array(
      z
        .strictObject({
          role: name.describe('The role.'),
          person: name.optional().describe('Who holds it.'),
          party: name.optional().describe('The team or body that holds it, in place of a person.'),
          phase: name.optional().describe('The only phase in which it is held so; in every one when absent.'),
          from: dateOrTime.describe('From when.'),
          to: dateOrTime.optional().describe('Up to, not including, when; absent while it lasts.'),
        })
        .refine(({ person, party }) => (person === undefined) !== (party === undefined), {
          error: 'needs "person" with who holds the role, or "party" with the team that does, and not both',
        }),
    )
    .describe(
      'Who holds which role; one holder of the approving role at a time, where `limits.holders` allows no more.',
    ),
  delegations: z
    .array(
      z.strictObject({
        role: name.describe('The role that is stood in for.'),
        person: name.describe('The delegate.'),
        grantedBy: name.describe('Who granted it: the holder of the role.'),
        from: dateOrTime.describe('From when.'),
        until: dateOrTime.describe('Up to, not including, when.'),
        kinds: z.array(name).min(1).describe('The kinds of log line that the delegate may write.'),
      }),
    )
    .default([])
    .describe('Who may stand in for a role, when and for what.'),
  parties: z
    .array(
      z.strictObject({
        id: name.describe('The id that log lines use.'),
        name: text.describe('The name that readers see.'),
        formerly: z.array(text).default([]).describe('Names of before: published notes have those of their day.'),
        includes: z.array(name).default([]).describe('Roles and parties that are told when this one is.'),
      }),
    )
    .describe('Bodies outside the RACI.'),
});

export type People = z.infer<typeof people>;
export type Person = z.infer<typeof person>;
