import { safeParse, type $ZodType } from 'zod/v4/core';
import type { Finding, Path } from '../diagnostic.ts';

/** Findings of missing fields, told with what belongs there, and with an example from the same kind of record. */
export function withExamples(findings: readonly Finding[], records: readonly unknown[]): Finding[] {
  return findings.map(({ missing, ...finding }) => {
    if (!missing) return finding;
    const example = exampleAt(records, missing.path, missing.did);
    const such = example === undefined ? '' : `, such as ${String(missing.path.at(-1))}: ${example}`;
    return { ...finding, hint: `${finding.hint ?? ''}: ${missing.takes}${such}.` };
  });
}

/** What a field takes, in words; a text that is no day, time or name is told by what its schema says of it. */
export function takenBy(schema: $ZodType | undefined): string {
  if (!schema) return 'a value';
  const { type, entries, values, innerType, options } = schema._zod.def as {
    type: string;
    entries?: Record<string, string>;
    values?: unknown[];
    innerType?: $ZodType;
    options?: $ZodType[];
  };
  if (innerType) return takenBy(innerType);
  if (type === 'union' && options?.[0]) return takenBy(options[0]);
  const listed = entries ? Object.values(entries) : values?.map(String);
  if (listed) return listed.length === 1 ? String(listed[0]) : `one of ${listed.join(', ')}`;
  if (type === 'string') return formOfText(schema);
  return forms[type] ?? 'a value';
}

const forms: Record<string, string> = {
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a record',
  record: 'names and their values',
};

function formOfText(schema: $ZodType): string {
  const isTaken = (value: string) => safeParse(schema, value).success;
  if (isTaken('two words')) return 'text';
  const [day, time] = [isTaken('2020-09-10'), isTaken('2020-09-10T07:00')];
  if (isTaken('name')) return 'a name';
  if (day && time) return 'a day or a time';
  return day ? 'a day' : time ? 'a time' : 'text in its form';
}

/** The first value that a field has in other records, as it would be written; lines of a log are those of one kind. */
function exampleAt(records: readonly unknown[], path: Path, did: string | undefined): string | undefined {
  let values = [...records];
  for (const [depth, part] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isLast && did !== undefined) values = values.filter((value) => (value as { did?: unknown }).did === did);
    values = values.flatMap((value): unknown[] => {
      if (typeof part === 'number') return Array.isArray(value) ? (value as unknown[]) : [];
      const field = (value as Record<string, unknown> | null | undefined)?.[part];
      return field === undefined || field === null ? [] : [field];
    });
  }
  for (const value of values) {
    const written = inYaml(value);
    if (written !== undefined) return written;
  }
  return undefined;
}

const longest = 60;

function inYaml(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const entries = value.map(inYaml);
    const written = `[${entries.join(', ')}]`;
    return entries.includes(undefined) || entries.length === 0 || written.length > longest ? undefined : written;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.length > longest || value.includes('\n')) return undefined;
  return /^[A-Za-z][\w ./-]*$|^\d{4}-\d{2}-\d{2}(?:T\S+)?$/.test(value) ? value : JSON.stringify(value);
}
