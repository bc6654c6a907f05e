import { z } from 'zod';
import { stages } from './log.ts';
import { labelled, type Note, note, noteItem } from './note.ts';
import { instant, name, recordId } from './primitives.ts';

/**
 * A frozen note as its file holds it. Format 2 is what is written today: its seal covers everything beside itself, and
 * the lines of the log up to the publication. In format 1 the seal covers the note alone.
 */

/** A SHA-256 as the tool writes it. */
export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'is no SHA-256: it is 64 digits from 0 to 9 and a to f, as the tool writes it' });

/** A release and the name of a stage, `R05/erratum-1`. */
export const stageNames = z
  .string()
  .regex(/^[A-Z0-9-]+\/(?:provisional|final|erratum-\d+)$/, { error: 'is no note: write it as R05/final' });

const envelope = {
  release: recordId,
  stage: z.enum(stages),
  number: z.number().int().min(1).describe('The number of the stage: 1, and for an erratum its own.'),
  publishedAt: instant,
  by: z.array(name).describe('Who published it.'),
};

const firstFormat = z.strictObject({
  format: z.literal(1),
  ...envelope,
  by: z.array(z.string()),
  previous: z
    .strictObject({ release: recordId, stage: z.string(), sha256: z.string() })
    .optional()
    .describe('The note of this release before, when there is one.'),
  note: note.omit({ informed: true, contacts: true }).extend({
    changeOrder: z.string(),
    audience: z.array(z.string()),
    items: z.array(
      noteItem.omit({ actions: true }).extend({ impact: z.array(labelled), fileFormat: labelled, action: labelled }),
    ),
    changed: z.array(z.strictObject({ what: z.string(), from: z.string().optional(), to: z.string().optional() })),
  }),
  sha256: digest,
});

const secondFormat = z.strictObject({
  format: z.literal(2),
  ...envelope,
  previous: z
    .strictObject({ stage: z.string(), sha256: digest })
    .optional()
    .describe('The note of this release before, when there is one.'),
  log: z
    .array(digest)
    .min(1)
    .describe(
      'The SHA-256 of each line of the log up to the one that published the note, that one without its digest.',
    ),
  note,
  sha256: digest.describe('The SHA-256 of everything beside it.'),
});

export const publishedNote = z.discriminatedUnion('format', [firstFormat, secondFormat]);

type Written = z.infer<typeof publishedNote>;
export type SealedEnvelope = z.infer<typeof secondFormat>;

/** A frozen note, whatever its format: `note` in the present form, and `sealed` what its seal covers, as parsed. */
export type PublishedNote = Pick<
  Written,
  'format' | 'release' | 'stage' | 'number' | 'publishedAt' | 'by' | 'sha256'
> & {
  previous?: { release?: string; stage: string; sha256: string } | undefined;
  /** One digest for each line of the log; absent in format 1. */
  log?: string[] | undefined;
  note: Note;
  sealed: unknown;
  /** The whole file as parsed. */
  raw: unknown;
};

/** A frozen note from its file; `raw` is the file as parsed, before the schema had its say. */
export function readPublished(written: Written, raw: unknown): PublishedNote {
  if (written.format === 1) return { ...written, note: presentNote(written.note), sealed: (raw as Written).note, raw };
  return { ...written, sealed: withoutSeal(raw as SealedEnvelope), raw };
}

/** What a seal covers: everything beside it. Of a line that publishes a note, the line as it was before the note. */
export function withoutSeal<Value extends object>(value: Value): Omit<Value, 'sha256'> {
  const { sha256: _, ...sealed } = value as Value & { sha256?: unknown };
  return sealed as Omit<Value, 'sha256'>;
}

/** A note of format 1 in the form of today. */
function presentNote({ audience, items, ...rest }: Extract<Written, { format: 1 }>['note']): Note {
  return {
    ...rest,
    informed: audience,
    contacts: [],
    items: items.map(({ action, ...item }) => ({ ...item, actions: action.id === 'none' ? [] : [action] })),
  };
}

/** The file and address name of a stage: `provisional`, `final`, `erratum-2`. */
export function stageName(stage: string, number: number): string {
  return stage === 'erratum' ? `erratum-${number}` : stage;
}
