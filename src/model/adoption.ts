import { z } from 'zod';
import { recordId, instant } from './primitives.ts';
import { digest, stageNames } from './published-note.ts';

/**
 * A history of notes of format 1 taken over: what the notes and the lines of their logs were on the day of the
 * adoption. From then on they are as safe as notes of format 2; what happened to them before is not known.
 */
export const adoption = z.strictObject({
  format: z.literal(1),
  adoptedAt: instant.describe('When the history was taken over.'),
  notes: z.record(stageNames, digest).describe('Release and stage to the SHA-256 of the whole file: `R05/final`.'),
  logs: z.record(recordId, z.array(digest)).describe('Release to one SHA-256 for each line of its log, as it stood.'),
  sha256: digest.describe('The SHA-256 of everything beside it.'),
});

export type Adoption = z.infer<typeof adoption>;
