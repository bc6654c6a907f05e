import { z } from 'zod';
import { date, name, text, time, version } from './primitives.ts';

export const plan = z.strictObject({
  title: text.describe('The title of the plan.'),
  aliases: z.array(text).default([]).describe('Other names it goes by.'),
  header: z
    .strictObject({
      version: version.describe('The version of the plan.'),
      status: text.describe('Its status, in the words of the plan.'),
      draft: z.boolean().default(false).describe('True while approvers are still to give their outcome.'),
      date: date.describe('Its date.'),
      author: text.describe('Its author: a role or a unit.'),
    })
    .describe('What the title page says.'),
  history: z
    .array(
      z.strictObject({
        version: version.describe('The version.'),
        status: text.describe('Its status.'),
        date: date.describe('Its date.'),
        authors: z.array(text).min(1).describe('Its authors: roles or units.'),
        summary: text.describe('What changed.'),
        inForceFrom: z
          .union([date, time])
          .optional()
          .describe('From when releases answer to it, until the next version does.'),
      }),
    )
    .min(1)
    .describe('The versions, oldest first.'),
  reviewers: z
    .array(
      z.strictObject({
        role: text,
        unit: text,
        person: text.optional(),
        reviewed: z.boolean().optional().describe('Whether the review mark is there.'),
      }),
    )
    .default([])
    .describe('Who reviewed it.'),
  approvers: z
    .array(
      z.strictObject({
        role: text,
        unit: text,
        person: text.optional(),
        outcome: z.number().int().optional().describe('The outcome, one of `outcomes`.'),
      }),
    )
    .default([])
    .describe('Who approved it.'),
  outcomes: z.record(z.string(), text).default({}).describe('What each outcome means.'),
  lastReviewed: date.optional().describe('When the strategy was last reviewed.'),
  nextReview: date.optional().describe('When it is reviewed next.'),
});

/** The page of background and glossary. */
export const about = z.strictObject({ title: text.describe('The title of the page.') });

/** What a breach of an obligation does: an error blocks publication, information is shown on a page. */
export const levels = ['error', 'warning', 'information'] as const;

/** The id of an obligation. */
export const obligationId = z.string().regex(/^[A-Z]+-\d{3}$/, { error: 'is not an obligation: write it as C-042' });

/** An obligation that the plan asks for, and where. */
const bound = z.strictObject({
  id: obligationId.describe('The obligation.'),
  clause: text.describe('The clause of the plan that asks for it.'),
  level: z
    .enum(levels)
    .optional()
    .describe("What a breach does: an error blocks publication; the catalogue's level by default."),
  from: version.describe('The plan version from which it holds.'),
  types: z.array(name).min(1).optional().describe('The only types of release for which it holds.'),
  phases: z.array(name).min(1).optional().describe('The only phases in which it holds.'),
  text: text.optional().describe('The obligation in our words.'),
});

/** An obligation that this programme does not have. */
const off = z.strictObject({
  id: obligationId.describe('The obligation.'),
  off: text.describe('Why this programme does not have it.'),
});

/** What the plan says of obligations; one that it does not mention holds as good practice. */
export const obligations = z.array(z.union([bound, off]));

export type Plan = z.infer<typeof plan>;
export type Obligation = z.infer<typeof obligations>[number];
