import type { core, z } from 'zod';
import { safeParse } from 'zod/v4/core';
import type { Finding, Path } from '../diagnostic.ts';
import { schemaAt, valueAt } from './schema-walk.ts';
import { show } from './value-words.ts';

type Issue = core.$ZodIssue;

/**
 * Entries that say they are of one kind, and have the fields of another: one finding for each, and the issues that are
 * left. What is wrong is told of the whole entry and not of each of its fields.
 */
export function entriesOfAnotherKind(
  file: string,
  schema: z.ZodType,
  value: unknown,
  issues: readonly Issue[],
): { found: Finding[]; left: Issue[] } {
  const byEntry = Map.groupBy(issues, ({ path }) => JSON.stringify(path.slice(0, 2)));
  const found: Finding[] = [];
  const left = [...byEntry.values()].flatMap((own) => {
    const finding =
      own.length > 1 && own.some(({ code }) => code === 'unrecognized_keys')
        ? anotherKind(file, schema, value, (own[0] as Issue).path.slice(0, 2) as Path)
        : undefined;
    if (finding) found.push(finding);
    return finding ? [] : own;
  });
  return { found, left };
}

function anotherKind(file: string, schema: z.ZodType, value: unknown, path: Path): Finding | undefined {
  const list = schemaAt(schema, value, path.slice(0, -1));
  const { element } = (list?._zod.def ?? {}) as { element?: core.$ZodType };
  const { discriminator, options = [] } = (element?._zod.def ?? {}) as {
    discriminator?: string;
    options?: core.$ZodType[];
  };
  const entry = valueAt(value, path) as Record<string, unknown> | null | undefined;
  if (discriminator === undefined || typeof entry !== 'object' || entry === null) return undefined;
  const kinds = options.flatMap((option) => [...(option._zod.propValues?.[discriminator] ?? [])].map(String));
  const fitting = kinds.filter(
    (kind) => safeParse(element as core.$ZodType, { ...entry, [discriminator]: kind }).success,
  );
  const [kind] = fitting;
  if (kind === undefined) return undefined;
  return {
    rule: 'record-fits-schema',
    at: { file, path: [...path, discriminator] },
    message: `The fields of this entry are not those of ${show(entry[discriminator])}.`,
    hint: `They are those of ${fitting.map((one) => `"${one}"`).join(' or of ')}: did you mean that?`,
    ...(fitting.length === 1 ? { correction: { kind: 'replace', text: kind } } : {}),
  };
}
