import { z } from 'zod';
import { componentVersion, name, recordId, text, time } from './primitives.ts';

/**
 * The eleven kinds of line in a release's log. Together they are the release plan, the deployment plan and the audit
 * trail (C-013, C-122, C-125, C-138).
 */

const names = z.array(name).min(1);
const items = z.array(recordId).min(1);

/** The fields that every line may have. */
const line = {
  at: time.describe('When it happened; for a deployment, when it started.'),
  by: z.union([name, names]).describe('The person or party who acted, or a list of them.'),
  as: name.optional().describe('The role, where the person holds two.'),
  consulted: names.optional().describe('The roles or parties that were consulted.'),
  informed: names.optional().describe('The roles or parties that were told.'),
  ref: text.optional().describe('Where it is written down.'),
  replaces: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('The number of an earlier line that was wrong; both stay visible.'),
};

const outcome = z.enum(['succeeded', 'failed']);
const result = z.enum(['passed', 'failed']);

const propose = z.strictObject({
  did: z.literal('propose').describe('Candidates are proposed (P1).'),
  ...line,
  items: items.describe('The candidates.'),
});

const agree = z.strictObject({
  did: z.literal('agree').describe('Those named agree with the release as the log stands (P2, 5, 5.3).'),
  ...line,
  items: items.optional().describe('The items agreed; all candidates when absent.'),
});

const deliver = z.strictObject({
  did: z.literal('deliver').describe('Fixes are delivered (P3).'),
  ...line,
  versions: z
    .record(name, componentVersion)
    .optional()
    .describe('Component to version; "none" when the component leaves the release.'),
  what: text.optional().describe('A correction, or why no version changes.'),
  items: items.optional().describe('The items these versions hold; the whole bundle when absent.'),
});

const review = z.strictObject({
  did: z.literal('review').describe('The release review is held (P4).'),
  ...line,
  decision: z.enum(['approved', 'rejected']).describe('Whether the bundle may be proved.'),
  immediate: z.boolean().optional().describe('Emergency: whether an immediate deployment is required.'),
  from: time.optional().describe('Emergency: the start of the agreed window.'),
  until: time.optional().describe('Emergency: the end of the agreed window.'),
  reason: text.optional().describe('Why.'),
});

/** What a deployment does to those who use the environment. */
export const effects = ['none', 'outage', 'data-reset'] as const;

const request = z.strictObject({
  did: z.literal('request').describe('The deployment is requested, with content and schedule (P5).'),
  ...line,
  from: time.describe('The start of the window.'),
  until: time.describe('The end of the window.'),
  effect: z.enum(effects).describe('What users of the environment will notice.'),
  steps: z.array(text).optional().describe("The steps, where they differ from the environment's procedure."),
});

const approve = z.strictObject({
  did: z.literal('approve').describe('The plan is confirmed and the deployment approved (P5, 4.3).'),
  ...line,
  decision: z.enum(['approved', 'rejected']).describe('The decision.'),
  reason: text.optional().describe('Why.'),
});

const deploy = z.strictObject({
  did: z.literal('deploy').describe('What was last delivered arrived in an environment, or did not (P6).'),
  ...line,
  to: name.describe('The environment.'),
  until: time.optional().describe('When it ended.'),
  outcome: outcome.describe('How it ended.'),
  error: text.optional().describe('What went wrong.'),
  components: names.optional().describe('The components that were touched; all delivered when absent.'),
});

const test = z.strictObject({
  did: z.literal('test').describe('An internal test, or in the market-facing environment the smoke test (P7, 4.4).'),
  ...line,
  in: name.describe('The environment.'),
  outcome: result.describe('The result.'),
  error: text.optional().describe('What went wrong.'),
  items: items.optional().describe('The items it covers; all when absent.'),
});

const withdraw = z.strictObject({
  did: z.literal('withdraw').describe('Items are removed, and why (P4).'),
  ...line,
  items: items.describe('The items.'),
  reason: text.describe('Why.'),
  target: text.describe('The slot they are now meant for, or "none".'),
});

/** The stages of a note. */
export const stages = ['provisional', 'final', 'erratum'] as const;
export type Stage = (typeof stages)[number];

/** What stands in a log written by hand in place of a digest, until its note is frozen. */
export const pending = 'pending';

const publish = z.strictObject({
  did: z.literal('publish').describe('A note is frozen, public and sent (5.2).'),
  ...line,
  note: z.enum(stages).describe('The stage.'),
  sha256: text.describe('The SHA-256 of the frozen note.'),
  reason: text.optional().describe('Why an erratum was needed.'),
});

const contact = z.strictObject({
  did: z.literal('contact').describe('Somebody was told or asked outside another line.'),
  ...line,
  about: text.describe('What it was about.'),
});

export const logLine = z.discriminatedUnion('did', [
  propose,
  agree,
  deliver,
  review,
  request,
  approve,
  deploy,
  test,
  withdraw,
  publish,
  contact,
]);

export type LogLine = z.infer<typeof logLine>;
export type LineKind = LogLine['did'];
/** The lines of one kind. */
export type Line<Kind extends LineKind> = Extract<LogLine, { did: Kind }>;
export const lineKinds = logLine.options.map((option) => option.shape.did.value) as LineKind[];
