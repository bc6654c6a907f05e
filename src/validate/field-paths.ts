import type { core } from 'zod';
import { recordKinds } from './record-kinds.ts';

let paths: string[] | undefined;

/** Every field of every kind of record as kind and path, `defect.tracker.team`; lists and tables add no step. */
export function fieldPaths(): string[] {
  paths ??= recordKinds.flatMap(({ kind, schema }) => walk(schema, kind));
  return paths;
}

function walk(schema: core.$ZodType, path: string): string[] {
  const definition = schema._zod.def as {
    innerType?: core.$ZodType;
    element?: core.$ZodType;
    valueType?: core.$ZodType;
    options?: core.$ZodType[];
    shape?: Record<string, core.$ZodType>;
  };
  const inner = definition.innerType ?? definition.element ?? definition.valueType;
  if (inner) return walk(inner, path);
  if (definition.options) return [...new Set(definition.options.flatMap((option) => walk(option, path)))];
  return Object.entries(definition.shape ?? {}).flatMap(([key, field]) => [
    `${path}.${key}`,
    ...walk(field, `${path}.${key}`),
  ]);
}
