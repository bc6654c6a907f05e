import { z } from 'zod';
import { logLine } from './log.ts';
import { date, name, recordId, text, time } from './primitives.ts';

/** An item is code, configuration, or both (C-020); where a programme releases documents, a document. */
export const itemKinds = ['code', 'configuration', 'both', 'document'] as const;

/** True for an item whose release brings a version; configuration alone and a document have none. */
export function hasVersion(kind: (typeof itemKinds)[number]): boolean {
  return kind === 'code' || kind === 'both';
}

/** What participants must do: one of the programme's actions, alone or with words and a deadline of its own. */
const action = z.union([
  name,
  z.strictObject({
    id: name.describe("The action, one of the programme's."),
    text: text.optional().describe('What exactly is to be done.'),
    by: time.optional().describe('Until when.'),
  }),
]);

export const releaseItem = z.strictObject({
  id: recordId.describe('The defect or change.'),
  kind: z.enum(itemKinds).describe('Code, configuration, both, or a document.'),
  note: text.describe('What readers are told: the effect before the cause.'),
  action: z.union([action, z.array(action).min(1)]).describe('What participants must do, "none" included.'),
  fileFormat: name
    .optional()
    .describe('What changes in a file format, "none" included; absent where the programme has no file formats.'),
  interfaces: z.array(text).optional().describe('The interfaces and messages that change.'),
  impact: z.array(name).optional().describe("The market roles affected, where they differ from the record's."),
  line: name.optional().describe("The code line, where it is not the component's first."),
  components: z.array(name).optional().describe("The components, where they differ from the record's."),
  retest: text.optional().describe('How participants can retest it.'),
  reason: text.optional().describe('Why an item that is not critical rides in an emergency.'),
});

export const release = z.strictObject({
  id: recordId.describe('The id, equal to the name of the file.'),
  title: text.describe('The title of the note.'),
  summary: text.describe('What the release is for, in one minute.'),
  type: name.describe("The type, one of the programme's."),
  phase: name.describe('The test phase.'),
  slot: date.optional().describe('The slot by the plan, also when it is moved; frozen once agreed.'),
  items: z
    .array(releaseItem)
    .describe('Everything ever proposed, with its text for readers; what is in the release follows from the log.'),
  bau: z
    .record(
      name,
      z.strictObject({
        drop: text.describe('The drop of the other code line.'),
        decision: z.enum(['merged', 'excluded', 'not-affected']).describe('What was decided.'),
        reason: text.describe('Why.'),
      }),
    )
    .optional()
    .describe('Component to what was decided about its other code line.'),
  checklist: z
    .array(
      z.strictObject({ task: text.describe('What is to be done.'), done: date.optional().describe('When it was.') }),
    )
    .optional()
    .describe('The preparation of a "final" deployment.'),
  requires: z.array(text).optional().describe('What must be there before.'),
  documents: z.array(text).optional().describe('Documents updated or made obsolete.'),
  log: z.array(logLine).default([]).describe('The release plan: what happened, appended and never changed.'),
});

export type Release = z.infer<typeof release>;
export type ReleaseItem = z.infer<typeof releaseItem>;

/** An action of an item: `by` is local time. */
export type ItemAction = Exclude<z.infer<typeof action>, string>;

/** The actions of an item in one form; those that are no action included. */
export function actionsOf({ action }: Pick<ReleaseItem, 'action'>): ItemAction[] {
  return [action].flat().map((entry) => (typeof entry === 'string' ? { id: entry } : entry));
}

/** The action that asks for nothing. */
export const noAction = 'none';
