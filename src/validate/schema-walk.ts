import { type core, z } from 'zod';
import type { Path } from '../diagnostic.ts';

export type Schema = core.$ZodType;

/** The value that a path leads to. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const part of path) current = (current as Record<string | number, unknown> | null | undefined)?.[part];
  return current;
}

/** The schema that a path leads to, following the options that the value itself chose. */
export function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  let current: Schema | undefined = schema;
  let given = value;
  for (const part of [...path, undefined]) {
    current = current && unwrap(current, given);
    if (part === undefined) break;
    const definition = current?._zod.def as
      { shape?: Record<string, Schema>; element?: Schema; valueType?: Schema } | undefined;
    current = definition?.shape?.[part as string] ?? definition?.element ?? definition?.valueType;
    given = (given as Record<string | number, unknown> | null | undefined)?.[part];
  }
  return current;
}

function unwrap(schema: Schema, given: unknown): Schema {
  const definition = schema._zod.def as {
    innerType?: Schema;
    getter?: () => Schema;
    options?: Schema[];
    discriminator?: string;
  };
  if (definition.getter) return unwrap(definition.getter(), given);
  if (definition.innerType) return unwrap(definition.innerType, given);
  if (definition.options && definition.discriminator) {
    const value = (given as Record<string, unknown> | undefined)?.[definition.discriminator];
    const option = definition.options.find((candidate) =>
      candidate._zod.propValues?.[definition.discriminator as string]?.has(value as string),
    );
    return option ?? schema;
  }
  if (definition.options) return unwrap(bestOf(definition.options, given), given);
  return schema;
}

/** Of the options of a union the one that a value fits best. */
function bestOf(options: readonly Schema[], given: unknown): Schema {
  const tried = options.map((option) => ({ option, misfit: misfitOf(z.safeParse(option, given).error?.issues ?? []) }));
  return tried.toSorted((a, b) => byNumber(a.misfit, b.misfit))[0]?.option as Schema;
}

/** How much does not fit: what was meant is the option that it fits best, and never one of another type. */
export function misfitOf(issues: readonly core.$ZodIssue[]): number {
  if (issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0)) return Infinity;
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** Two of them may be infinite, and are equal then. */
export function byNumber(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

/** The names of the fields of a record. */
export function keysOf(schema: Schema | undefined): string[] {
  return Object.keys((schema?._zod.def as { shape?: object } | undefined)?.shape ?? {});
}
