import { z } from 'zod';
import type { Catalog } from './catalog.ts';
import { change } from '../model/change.ts';
import { defect } from '../model/defect.ts';
import { people } from '../model/people.ts';
import { plan } from '../model/plan.ts';
import { release } from '../model/release.ts';

/** What readers see in place of a required text that needs permission. */
const withheld = 'Withheld';

/**
 * Fields whose absence says something by itself, not rated and not known, which would be untrue of what is only
 * withheld.
 */
const telling = new Set(['severity', 'component']);

/** The kinds of record whose fields can be withheld. */
export const withheldKinds = ['defect', 'change', 'release', 'plan', 'people'];

/**
 * The catalog without the fields that the programme classes as confidential and has no permission to publish (C-004).
 * What is optional goes; a required text, and one whose absence would be misread, is replaced by a word that says so.
 */
export function withoutConfidential(catalog: Catalog): Catalog {
  const { confidential, permission } = catalog.policy.programme.classification;
  if (permission || confidential.length === 0) return catalog;
  const pathsOf = (kind: string) =>
    confidential.filter((entry) => entry.startsWith(`${kind}.`)).map((entry) => entry.split('.').slice(1));
  return {
    ...catalog,
    defects: catalog.defects.map((record) => redact(record, pathsOf('defect'), defect)),
    changes: catalog.changes.map((record) => redact(record, pathsOf('change'), change)),
    releases: catalog.releases.map((history) => ({
      ...history,
      record: redact(history.record, pathsOf('release'), release),
    })),
    policy: {
      ...catalog.policy,
      plan: redact(catalog.policy.plan, pathsOf('plan'), plan),
      people: redact(catalog.policy.people, pathsOf('people'), people),
    },
  };
}

function redact<Value>(record: Value, paths: string[][], schema: z.ZodType): Value {
  return paths.reduce((value, path) => withoutField(value, path, schema) as Value, record);
}

function withoutField(value: unknown, [field, ...rest]: string[], schema: z.ZodType | undefined): unknown {
  if (Array.isArray(value))
    return value.map((entry) => withoutField(entry, [field as string, ...rest], elementOf(schema)));
  if (value === null || typeof value !== 'object' || field === undefined) return value;
  const entries = entryOf(schema);
  if (entries)
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, withoutField(entry, [field, ...rest], entries)]),
    );
  if (!(field in value) && !telling.has(field)) return value;
  const inner = shapeOf(schema)?.[field];
  const held = (value as Record<string, unknown>)[field];
  if (rest.length > 0) return { ...value, [field]: withoutField(held, rest, inner) };
  if (telling.has(field)) return { ...value, [field]: withheld };
  const absent = inner?.safeParse(undefined) ?? { success: true, data: undefined };
  const replacement = absent.success
    ? absent.data
    : Array.isArray(held)
      ? []
      : typeof held === 'string'
        ? withheld
        : undefined;
  return { ...value, [field]: replacement };
}

function shapeOf(schema: z.ZodType | undefined): Record<string, z.ZodType> | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>) : undefined;
}

function elementOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}

/** The entries of a table, whose keys are no step of a path. */
function entryOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodRecord ? (inner.valueType as z.ZodType) : undefined;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap() as z.ZodType);
  return schema;
}
