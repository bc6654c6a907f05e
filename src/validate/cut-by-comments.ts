import { safeParse, type $ZodType } from 'zod/v4/core';
import type { Finding, Path } from '../diagnostic.ts';
import type { PlacedComment } from '../load/yaml.ts';
import { kinds, type RecordKind } from './record-kinds.ts';
import { schemaAt } from './schema-walk.ts';

/**
 * The texts that a comment cut. Whether the rest was meant as a comment or as text cannot be known where the field
 * would take it all; where it would not, as after an id, a day or a number, it is a comment.
 */
export function cutByComments(
  file: string,
  kind: RecordKind,
  { value, commented = [] }: { value: unknown; commented?: PlacedComment[] },
): { path: Path; finding: Finding }[] {
  // The words of a profile are those of a tracker, and of no reader.
  if (kind.kind === kinds.profiles.kind) return [];
  return commented
    .filter((cut) => takes(kind.schema, value, cut))
    .map(({ path, position, text, rest }) => {
      const lost = rest.trim();
      const finding: Finding = {
        rule: 'yaml-well-formed',
        at: { file, position },
        message: `The rest of this text, "${lost.length > 40 ? `${lost.slice(0, 40)}…` : lost}", is read as a comment.`,
        hint: 'Put the whole text in double quotes; a comment stands on a line of its own.',
        correction: { kind: 'quote', text: (text + rest).trim() },
      };
      return { path, finding };
    });
}

/** The fields for any text, in which no rule says what a text must be. */
const free = new Set(['title', 'text']);

function takes(schema: $ZodType, value: unknown, { path, text, rest }: PlacedComment): boolean {
  const field = schemaAt(schema, value, path);
  if (!field || !safeParse(field, (text + rest).trim()).success) return false;
  const isText = ((field._zod.def as { checks?: unknown[] }).checks ?? []).length > 0;
  return isText || free.has(String(path.at(-1))) || /\s/.test(text);
}
