import { z } from 'zod';
import { componentVersion, date, name, recordId, text, time } from './primitives.ts';
import { lineKinds } from './log.ts';
import { currentFormat } from './format.ts';
import { step } from './step.ts';
import { terms } from './terms.ts';
import { isZone } from './time.ts';
import { versionedField, versionedRecord } from './versioned.ts';

/** An entry of a closed list: an id that records use, and the words that readers see. */
const entry = z.strictObject({
  id: name.describe('The id that records use.'),
  name: text.describe('The words that readers see.'),
});

/** Who agreed to something, when, and where it is written down. */
const agreement = z.strictObject({
  by: z.array(name).min(1).describe('The parties that agreed.'),
  date: date.describe('The day of the agreement.'),
  ref: text.describe('Where the agreement is written down.'),
});

/** A release from before the records begin: what is known of it, without a log. */
const earlierRelease = z.strictObject({
  id: recordId.describe('The id by which readers know it.'),
  title: text.optional().describe('What it was called.'),
  date: date.describe('The day on which it reached the market-facing environment.'),
  versions: z.record(name, componentVersion).describe('Component to the version that it brought there.'),
  note: z
    .string()
    .regex(/^(?:https:\/\/\S+|[\w-][\w.-]*(?:\/[\w-][\w.-]*)*)$/, {
      error: 'is no address: write one that begins with https://, or the path of a file below public/',
    })
    .optional()
    .describe('Its note as it was: an address, or the path of a file below public/.'),
});

export const phase = z.strictObject({
  id: name.describe('The id that releases use.'),
  name: text.describe('The name of the test phase.'),
  from: date.describe('The first day of the phase.'),
  to: date.describe('The last day of the phase.'),
  testingFrom: time.describe('When participants start to test; the baseline is complete by then.'),
  environments: z.array(name).min(1).optional().describe('The environments that its releases pass; all when absent.'),
  external: z.boolean().describe('True when bodies outside the programme take part.'),
  consults: z
    .array(name)
    .optional()
    .describe('The bodies that are consulted on each release of an external phase, such as the systems integrator.'),
  agreement: agreement
    .optional()
    .describe('The agreement with the stakeholders on how fixes are released in this phase.'),
  recordedFrom: date
    .optional()
    .describe('The first day of which there are records, where they begin in the middle of the phase.'),
  earlier: z
    .array(earlierRelease)
    .default([])
    .describe('The releases before that day, oldest first, so that it is known what was there.'),
});

/**
 * The three kinds of release that the plan defines; a programme may name its types otherwise and say which kind each
 * is.
 */
export const releaseKinds = ['baseline', 'regular', 'emergency'] as const;
export type ReleaseKind = (typeof releaseKinds)[number];

export const releaseType = z.strictObject({
  name: text.optional().describe('What readers call it; its id when absent.'),
  meaning: text.describe('What a release of this type is for.'),
  kind: z.enum(releaseKinds).optional().describe('Which of the three kinds it is, when its name does not say so.'),
  usesSlot: z.boolean().describe('True when it is deployed on a slot of the schedule.'),
  steps: z
    .array(z.union([step, z.array(step).min(1)]))
    .min(1)
    .describe('The required lines in order; a nested list is free in order.'),
});

export const limits = z.strictObject({
  assignedDays: z.number().int().min(0).describe('Days within which a raised defect is assigned to a team.'),
  slotDays: z.number().int().min(0).describe('Days after a slot by which its outcome is recorded.'),
  confirmHours: z.number().min(0).describe('Hours within which a deployment is confirmed.'),
  redeployDays: z.number().int().min(0).describe('Days within which a failed release is deployed again.'),
  staleHours: z
    .number()
    .min(1)
    .optional()
    .describe('Hours after which a page of the site says that it is old; never when absent, nor in an archive.'),
  emergencyShare: z
    .number()
    .min(0)
    .max(1)
    .describe("The share of a phase's releases up to which emergencies are the exception."),
  fourEyes: z
    .tuple([z.array(z.enum(lineKinds)).min(1), z.array(z.enum(lineKinds)).min(1)])
    .optional()
    .describe('Two lists of kinds of line: who wrote one of the first for an item does not write one of the second.'),
  holders: z
    .record(name, z.number().int().min(1))
    .default({})
    .describe(
      'Role to how many may hold it at once, where a role is shared; an approving role has one holder otherwise.',
    ),
});

const severities = z
  .array(
    z.strictObject({
      id: name.describe('The severity as records write it.'),
      name: text.optional().describe('What readers call it; its id when absent.'),
      meaning: text.describe('What it means.'),
      critical: z.boolean().optional().describe('True when it can justify an emergency.'),
    }),
  )
  .min(1)
  .describe('The severities, worst first.');

const types = z.record(name, releaseType).describe('The types of release.');
const waiversBy = z.array(name).describe('The roles or parties that may grant a waiver.');

export const programme = z.strictObject({
  format: z
    .number()
    .int()
    .min(1)
    .refine((format) => format <= currentFormat, {
      error: `is newer than this version of ccmt knows: write ${currentFormat}, or update ccmt`,
    })
    .optional()
    .describe('The format of the records, 1 when absent; rules that are newer only warn of what was there before.'),
  programme: text.describe('The name of the programme.'),
  changeOrder: text.optional().describe('The change order that the plan belongs to, where there is one.'),
  zone: z
    .string()
    .refine(isZone, { error: 'is not a time zone: write one such as Europe/London' })
    .describe('The time zone in which all local times are read.'),
  terms: terms.prefault({}).describe('What the programme calls things, where it is not the usual word.'),
  asOf: time.optional().describe('The moment an archive is looked at; absent while the programme runs.'),
  illustrative: text.optional().describe('Printed on every page when the data is invented.'),
  owner: z
    .strictObject({
      name: text.describe('Who owns the site.'),
      notice: text.describe('The ownership notice of every page.'),
    })
    .describe('Who owns what is published.'),
  contact: text.describe('How to reach the release team and raise a defect.'),
  classification: z
    .strictObject({
      marking: text.describe('The marking printed on every note.'),
      confidential: z
        .array(z.string())
        .default([])
        .describe('Fields that need permission before they are public, as kind and path.'),
      words: z
        .array(text)
        .default(['confidential', 'privileged'])
        .describe('Words by which texts that must not go out are known.'),
      permission: z
        .strictObject({
          by: text.describe('Who gave it.'),
          date: date.describe('When.'),
          ref: text.describe('Where it is written down.'),
        })
        .optional()
        .describe('The permission to publish them.'),
    })
    .describe("How the programme's information is marked."),
  severities: versionedField('severities', severities).describe('The severities, worst first.'),
  statuses: z
    .array(
      z.strictObject({
        id: name.describe('The status as records write it.'),
        name: text.describe('The words that readers see.'),
        open: z.boolean().describe('True while the defect is not settled.'),
        fixed: z.boolean().optional().describe('True when it says that the fix is in the market-facing environment.'),
        retested: z
          .boolean()
          .optional()
          .describe('True when it says that a participant has retested the fix, and that it works.'),
      }),
    )
    .min(1)
    .describe('The defect statuses.'),
  marketRoles: z.array(entry).default([]).describe('The roles that participants have in the market.'),
  fuels: z
    .array(
      entry.extend({
        includes: z
          .array(name)
          .optional()
          .describe('Other fuels of the list that it means too, so that who looks for one of them finds it.'),
      }),
    )
    .default([])
    .describe('The fuels that an item may affect.'),
  codeLines: z.array(entry).default([]).describe('What readers call the code lines; the id of one when absent.'),
  businessProcesses: z.array(entry).default([]).describe('The business processes that changes modify.'),
  fileFormats: z.array(entry).default([]).describe('What may change in a file format, "none" included.'),
  actions: z.array(entry).min(1).describe('What participants may have to do, "none" included.'),
  phases: z.array(phase).min(1).describe('The test phases.'),
  types: versionedField('types', types).describe('The types of release.'),
  audience: z.array(name).min(1).describe('The parties that are told of every note.'),
  limits: versionedRecord(limits).describe('The numbers that the plan leaves open.'),
  waiversBy: versionedField('waiversBy', waiversBy).describe('The roles or parties that may grant a waiver.'),
});

/** The programme as its file says it, with what holds from each version of the plan on. */
export type ProgrammeFile = z.infer<typeof programme>;

/** The programme as it is by one version of its plan. */
export type Programme = Omit<ProgrammeFile, 'severities' | 'types' | 'limits' | 'waiversBy'> & {
  severities: z.infer<typeof severities>;
  types: z.infer<typeof types>;
  limits: z.infer<typeof limits>;
  waiversBy: z.infer<typeof waiversBy>;
};
export type Phase = z.infer<typeof phase>;
export type EarlierRelease = z.infer<typeof earlierRelease>;

/** The first day of a phase of which there are records. */
export function firstRecordedDay({ from, recordedFrom }: Pick<Phase, 'from' | 'recordedFrom'>): string {
  return recordedFrom !== undefined && recordedFrom > from ? recordedFrom : from;
}
export type ReleaseType = z.infer<typeof releaseType>;
