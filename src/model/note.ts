import { z } from 'zod';
import { bodyTree } from './body.ts';
import { effects, stages } from './log.ts';
import { date, instant, name, recordId } from './primitives.ts';
import { itemKinds } from './release.ts';

/**
 * The note as readers see it: the public projection of a release at one stage, and the one thing that is stored
 * although it is derived. Every field is meant to be public; nothing private has a place here (release-note fields 1 to
 * 26).
 */

const labelled = z.strictObject({ id: name, name: z.string() });
const decision = z.enum(['approved', 'rejected']);
const outcome = z.enum(['passed', 'failed']);
const actor = z.strictObject({
  initials: z.string().describe('The initials, or the name of a party.'),
  role: z.string().optional().describe('The role acted in.'),
  for: z.string().optional().describe('The initials of the holder, when a delegate acted.'),
});

export const noteItem = z.strictObject({
  id: recordId,
  record: z.enum(['defect', 'change']).describe('The kind of record.'),
  title: z.string(),
  kind: z.enum(itemKinds).describe('Code, configuration, both, or a document.'),
  severity: z.string().optional().describe('Absent for a change, and for a defect that was not rated.'),
  priority: z.string().optional(),
  raised: date.optional().describe('The day it was raised.'),
  components: z.array(labelled),
  line: z.string().optional().describe("The code line, where it is not the component's first."),
  summary: z.string().optional().describe('The defect or change for readers.'),
  note: z.string().describe('What this release does about it.'),
  impact: z.array(labelled).describe('The market roles affected; none when empty.'),
  fuel: labelled.optional(),
  fileFormat: labelled,
  interfaces: z.array(z.string()),
  action: labelled,
  retest: z.string().optional(),
  result: z.strictObject({ outcome, at: instant }).optional().describe('The last internal test.'),
  reason: z.string().optional().describe('Why it rides in an emergency.'),
});

export const note = z.strictObject({
  release: recordId,
  title: z.string(),
  summary: z.string(),
  type: z.string(),
  typeMeaning: z.string(),
  kind: z.enum(['baseline', 'regular', 'emergency']),
  stage: z.enum(stages),
  number: z.number().int().describe('The number of the stage: 1, and for an erratum its own.'),
  stageMeaning: z.string(),
  reason: z.string().optional().describe('Why an erratum was needed.'),
  programme: z.string(),
  changeOrder: z.string(),
  illustrative: z.string().optional(),
  marking: z.string(),
  phase: labelled,
  environments: z.array(labelled).describe('Where participants will see it.'),
  slot: z
    .strictObject({
      date,
      day: date.describe('The day it takes place.'),
      time: z.string().optional(),
      reason: z.string().optional(),
    })
    .optional(),
  window: z.strictObject({ from: instant, until: instant, effect: z.enum(effects) }).optional(),
  publishedAt: instant,
  publishedBy: z.array(actor),
  audience: z.array(z.string()),
  previous: recordId.optional().describe('The release that was in the environment before.'),
  versions: z.array(
    z.strictObject({
      component: name,
      name: z.string(),
      from: z.string().optional(),
      to: z.string().optional().describe('Absent: to be announced.'),
      lines: z.array(z.string()).describe('The code lines it holds.'),
    }),
  ),
  items: z.array(noteItem),
  dropped: z.array(z.strictObject({ id: recordId, title: z.string(), reason: z.string(), target: z.string() })),
  added: z.array(z.strictObject({ id: recordId, title: z.string(), agreedBy: z.array(actor) })),
  changed: z.array(z.strictObject({ what: z.string(), from: z.string().optional(), to: z.string().optional() })),
  relisted: z.array(
    z.strictObject({
      release: recordId,
      title: z.string(),
      deployedAt: instant,
      items: z.array(z.strictObject({ id: recordId, title: z.string(), note: z.string() })),
    }),
  ),
  emergency: z
    .strictObject({
      stopped: z.array(
        z.strictObject({ id: recordId, title: z.string(), severity: z.string().optional(), what: z.string() }),
      ),
      review: z
        .strictObject({
          at: instant,
          attendees: z.array(z.string()),
          immediate: z.boolean(),
          from: instant.optional(),
          until: instant.optional(),
          decision,
          reason: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
  review: z.strictObject({ at: instant, by: z.array(actor), decision }).optional(),
  tests: z.array(z.strictObject({ at: instant, environment: z.string(), outcome, items: z.array(recordId) })),
  approval: z.strictObject({ at: instant, by: z.array(actor), decision }).optional(),
  bau: z.array(
    z.strictObject({
      component: name,
      drop: z.string(),
      decision: z.enum(['merged', 'excluded', 'not-affected']),
      reason: z.string(),
    }),
  ),
  knownIssues: z.array(
    z.strictObject({
      id: recordId,
      title: z.string(),
      severity: z.string().optional().describe('Absent: not rated when the note was published.'),
      component: z.string().optional().describe('Absent: not known when the note was published.'),
      summary: z.string(),
      impact: z.array(labelled),
      workaround: z.string().optional(),
      raised: date,
      planned: recordId.optional().describe('The release that lists it as a candidate.'),
    }),
  ),
  requires: z.array(z.string()),
  documents: z.array(z.string()),
  waivers: z.array(
    z.strictObject({
      id: recordId,
      rule: name,
      clause: z.string().optional(),
      reason: z.string(),
      by: z.string(),
      at: instant,
      expires: date,
    }),
  ),
  contact: z.string(),
  nextSlot: date.optional(),
  body: bodyTree.describe('The words of the release team, as a Markdown tree.'),
});

export const publishedNote = z.strictObject({
  format: z.literal(1),
  release: recordId,
  stage: z.enum(stages),
  number: z.number().int().min(1),
  publishedAt: instant,
  by: z.array(z.string()),
  previous: z
    .strictObject({ release: recordId, stage: z.string(), sha256: z.string() })
    .optional()
    .describe('The note of this release before, when there is one.'),
  note,
  sha256: z.string(),
});

export type Note = z.infer<typeof note>;
export type NoteItem = z.infer<typeof noteItem>;
export type PublishedNote = z.infer<typeof publishedNote>;

/** The file and address name of a stage: `provisional`, `final`, `erratum-2`. */
export function stageName(stage: string, number: number): string {
  return stage === 'erratum' ? `erratum-${number}` : stage;
}
