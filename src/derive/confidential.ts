import { z } from 'zod';
import type { Catalog } from './catalog.ts';
import type { Entry } from './entry.ts';
import type { ReleaseHistory } from './history.ts';
import { change } from '../model/change.ts';
import { defect } from '../model/defect.ts';
import { people } from '../model/people.ts';
import { plan } from '../model/plan.ts';
import { release } from '../model/release.ts';
import type { Policy } from '../validate/validate.ts';

/** What readers see in place of a required text that needs permission. */
export const withheld = 'Withheld';

/**
 * Fields whose absence says something by itself, not rated and not known, which would be untrue of what is only
 * withheld.
 */
const telling = new Set(['severity', 'component']);

/** Fields by which a record or a note is known; without them nothing could be told apart. */
const identifying = new Set(['id', 'sha256']);

/** The kinds of record whose fields can be withheld. */
const kinds: Record<string, z.ZodType> = { defect, change, release, plan, people };
export const withheldKinds = Object.keys(kinds);

/**
 * True when a field, as kind and path, can be kept from readers: it may be absent, is a list of names, or is a text.
 */
export function canBeWithheld(path: string): boolean {
  const [kind = '', ...fields] = path.split('.');
  const found = fields.reduce(
    (schemas, field) => schemas.flatMap((schema) => fieldsNamed(schema, field)),
    kinds[kind] ? [kinds[kind]] : [],
  );
  const last = fields.at(-1) as string;
  return (
    found.length > 0 &&
    !identifying.has(last) &&
    (telling.has(last) || found.every((schema) => substituteFor(schema) !== undefined))
  );
}

/**
 * The catalog without the fields that the programme classes as confidential and has no permission to publish (C-004).
 * What is optional goes; a required text, and one whose absence would be misread, is replaced by a word that says so.
 */
export function withoutConfidential(catalog: Catalog): Catalog {
  const { confidential, permission } = catalog.policy.programme.classification;
  if (permission || confidential.length === 0) return catalog;
  const byKind = Map.groupBy(
    confidential.filter(canBeWithheld).map((path) => path.split('.')),
    ([kind]) => kind,
  );
  const redact = <Value>(record: Value, kind: string): Value =>
    (byKind.get(kind) ?? []).reduce((value, [, ...path]) => withoutField(value, path, kinds[kind]) as Value, record);
  const policies = new Map<Policy, Policy>();
  const redacted = (policy: Policy): Policy => {
    const known = policies.get(policy) ?? {
      ...policy,
      plan: redact(policy.plan, 'plan'),
      people: redact(policy.people, 'people'),
    };
    policies.set(policy, known);
    return known;
  };
  return {
    ...catalog,
    defects: catalog.defects.map((record) => redact(record, 'defect')),
    changes: catalog.changes.map((record) => redact(record, 'change')),
    releases: catalog.releases.map((history) => ({
      ...withRecord(history, redact(history.record, 'release')),
      policy: redacted(history.policy),
    })),
    policy: redacted(catalog.policy),
    periods: catalog.periods.map((period) => ({ ...period, policy: redacted(period.policy) })),
  };
}

/** A history holds the lines of its log in its entries as well, and its snapshots hold entries. */
function withRecord(history: ReleaseHistory, record: ReleaseHistory['record']): ReleaseHistory {
  const renewed = new Map<unknown, Entry>(
    history.entries.map((entry) => [entry, { ...entry, line: record.log[entry.index] ?? entry.line } as Entry]),
  );
  const after = history.after.map((snapshot) => withEntries(snapshot, renewed));
  return {
    ...history,
    record,
    entries: history.entries.map((entry) => renewed.get(entry) as Entry),
    after,
    now: after.at(-1) ?? history.now,
  };
}

/** The same value with other entries in it, wherever they stand. */
function withEntries<Value>(value: Value, renewed: ReadonlyMap<unknown, Entry>): Value {
  if (value === null || typeof value !== 'object') return value;
  const entry = renewed.get(value);
  if (entry) return entry as Value;
  if (Array.isArray(value)) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withEntries(held, renewed)])) as Value;
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
  const inner = schema && fieldsNamed(optionFor(schema, value), field)[0];
  const held = (value as Record<string, unknown>)[field];
  if (rest.length > 0) return { ...value, [field]: withoutField(held, rest, inner) };
  return { ...value, [field]: telling.has(field) ? withheld : inner && substituteFor(inner)?.value };
}

/**
 * What stands in place of a field: nothing or its default, an empty list, or the word; undefined where none of them
 * fits.
 */
function substituteFor(schema: z.ZodType): { value: unknown } | undefined {
  const absent = schema.safeParse(undefined);
  if (absent.success) return { value: absent.data };
  const element = elementOf(schema);
  if (element) return unwrap(element) instanceof z.ZodObject ? undefined : { value: [] };
  return schema.safeParse(withheld).success ? { value: withheld } : undefined;
}

/** The fields of a name that a record may have: one, or one for each kind of line that has it. */
function fieldsNamed(schema: z.ZodType, field: string): z.ZodType[] {
  const inner = unwrap(elementOf(schema) ?? entryOf(schema) ?? schema);
  if (inner instanceof z.ZodDiscriminatedUnion)
    return (inner.options as z.ZodType[]).flatMap((option) => fieldsNamed(option, field));
  const found = inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>)[field] : undefined;
  return found ? [found] : [];
}

/** Of the kinds of a line the one that a value is of. */
function optionFor(schema: z.ZodType, value: object): z.ZodType {
  const inner = unwrap(schema);
  return inner instanceof z.ZodDiscriminatedUnion
    ? ((inner.options as z.ZodType[]).find((option) => option.safeParse(value).success) ?? schema)
    : schema;
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

function unwrap<Schema extends z.ZodType | undefined>(schema: Schema): Schema | z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrap(schema.unwrap() as z.ZodType);
  return schema;
}
