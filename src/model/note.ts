import { z } from 'zod';
import { bodyTree } from './body.ts';
import { effects, lineKinds, stages } from './log.ts';
import { date, instant, name, recordId } from './primitives.ts';
import { itemKinds } from './release.ts';

/**
 * The note as readers see it: the public projection of a release at one stage, and the one thing that is stored
 * although it is derived. Every field is meant to be public; nothing private has a place here (release-note fields 1 to
 * 26).
 */

/** An id with the words that readers saw for it. */
export const labelled = z.strictObject({ id: name, name: z.string() });
const decision = z.enum(['approved', 'rejected']);
const outcome = z.enum(['passed', 'failed']);
const actor = z.strictObject({
  initials: z.string().describe('The initials, or the name of a party.'),
  role: z.string().optional().describe('The role acted in.'),
  for: z.string().optional().describe('The initials of the holder, when a delegate acted.'),
});

const action = z.strictObject({
  id: name,
  name: z.string(),
  text: z.string().optional().describe('What exactly is to be done.'),
  by: instant.optional().describe('Until when.'),
});

/** The parts of a note in which something can differ from the note before. */
export const noteParts = ['release', 'versions', 'items', 'issues', 'evidence'] as const;

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
  impact: z
    .array(labelled)
    .optional()
    .describe('The market roles affected; none when empty, absent where the programme has no market roles.'),
  fuel: labelled.optional(),
  fileFormat: labelled.optional().describe('Absent where the programme has no file formats.'),
  interfaces: z.array(z.string()),
  actions: z.array(action).describe('What participants must do; nothing when empty.'),
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
  changeOrder: z.string().optional(),
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
  informed: z.array(z.string()).describe('The parties and roles that were told of it.'),
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
  changed: z.array(
    z.strictObject({
      part: z.enum(noteParts).optional().describe('Absent in notes of format 1.'),
      item: recordId.optional().describe('The item, where it is about one.'),
      what: z.string().describe('What differs from the note before.'),
      from: z
        .string()
        .optional()
        .describe('What the note before says; absent with `to` where it is too long to repeat.'),
      to: z.string().optional().describe('What this note says.'),
    }),
  ),
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
  contacts: z
    .array(
      z.strictObject({
        at: instant,
        did: z.enum(lineKinds).describe('The kind of line that says so.'),
        about: z.string().optional().describe('What it was about, where the line was written for this alone.'),
        consulted: z.array(z.string()),
        informed: z.array(z.string()),
      }),
    )
    .describe('Who was consulted and told up to the publication, oldest first.'),
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
      impact: z.array(labelled).optional(),
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

export type Note = z.infer<typeof note>;
export type NoteItem = z.infer<typeof noteItem>;
