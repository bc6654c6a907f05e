import type { core, z } from 'zod';
import type { Correction, Finding, Path, Place } from '../diagnostic.ts';
import { limits } from '../load/limits.ts';
import { firstFindings } from './first-findings.ts';
import { takenBy } from './missing-fields.ts';
import { nearest } from './nearest.ts';

type Issue = core.$ZodIssue;
type Schema = core.$ZodType;

/**
 * Turns what Zod found into findings: one plain sentence each, at the field, with what would be right. Beyond as many
 * as are shown they are only counted.
 */
export function schemaFindings(file: string, schema: z.ZodType, value: unknown, issues: readonly Issue[]): Finding[] {
  const found: Finding[] = [];
  let more = 0;
  for (const issue of issues) {
    const room = limits.findings.most - found.length;
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    if (room > 0)
      found.push(
        ...inWords(
          file,
          schema,
          value,
          keys.length > room ? ({ ...issue, keys: keys.slice(0, room) } as Issue) : issue,
        ),
      );
    more += room > 0 ? Math.max(keys.length - room, 0) : Math.max(keys.length, 1);
  }
  return firstFindings(found, more);
}

function inWords(file: string, schema: z.ZodType, value: unknown, issue: Issue): Finding[] {
  const path = issue.path as Path;
  const given = valueAt(value, path);
  const finding: Make = (message, hint, place = {}, correction) => ({
    rule: 'record-fits-schema',
    at: { file, path, ...place },
    message,
    hint,
    ...(correction ? { correction } : {}),
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(finding, path, issue.keys, keysOf(schemaAt(schema, value, path)), given);
    case 'invalid_type':
      return [
        given === undefined ? missing(finding, path, schema, value) : wrongType(finding, path, issue.expected, given),
      ];
    case 'invalid_value':
      if (given === undefined) return [missing(finding, path, schema, value)];
      return [notListed(finding, path, issue.values.map(String), given)];
    case 'invalid_union':
      return unionFindings(file, schema, value, issue, finding, given);
    case 'invalid_key':
      return [
        finding(`${show(String(path.at(-1)))} ${issue.issues[0]?.message ?? 'is not allowed here'}.`, 'Rename it.', {
          target: 'key',
        }),
      ];
    case 'too_small':
      return [
        finding(
          `${subject(path)} is ${isList(given) ? 'an empty list' : `too small: ${show(given)}`}.`,
          isList(given) ? 'List one at least.' : `It is ${String(issue.minimum)} or more.`,
        ),
      ];
    case 'too_big':
      return [finding(`${subject(path)} is too large: ${show(given)}.`, `It is ${String(issue.maximum)} or less.`)];
    default:
      return [finding(...fromMessage(path, issue.message, given))];
  }
}

/** Our own messages have the form "what is wrong: what would be right". */
function fromMessage(path: Path, message: string, given: unknown): [string, string] {
  const [fault, ...rest] = message.split(': ');
  const advice = rest.join(': ');
  const hint = advice ? `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.` : 'Correct it.';
  return [`${subject(path)}, ${show(given)}, ${fault}.`.replace(', "", is empty', ' is empty'), hint];
}

type Make = (message: string, hint: string, place?: Partial<Place>, correction?: Correction) => Finding;

/** A key without a value is mostly the rest of a text that a comma ended; one finding says so for all of them. */
function unknownKeys(finding: Make, path: Path, keys: readonly string[], known: string[], given: unknown): Finding[] {
  const isRest = (key: string) => (given as Record<string, unknown>)[key] === null && !nearest(key, known);
  const rest = keys.filter(isRest);
  const findings = keys
    .filter((key) => !isRest(key))
    .map((key) => {
      const near = nearest(key, known);
      return finding(
        `${show(key)} is not a field of ${inside(path)}.`,
        near ? `Did you mean "${near}"?` : `The fields here are ${known.join(', ')}.`,
        { path: [...path, key], target: 'key' },
        near ? { kind: 'replace', text: near } : undefined,
      );
    });
  if (rest[0] === undefined) return findings;
  return [
    ...findings,
    finding(
      `${show(rest[0])} is not a field of ${inside(path)}.`,
      'If it belongs to the text before it, put the whole text in quotes: inside braces a comma ends a text.',
      { path: [...path, rest[0]], target: 'key' },
    ),
  ];
}

function missing(finding: Make, path: Path, schema: Schema, value: unknown): Finding {
  const record = valueAt(value, path.slice(0, -1)) as { did?: unknown } | undefined;
  const did = typeof record?.did === 'string' ? record.did : undefined;
  return {
    ...finding(
      `The field "${String(path.at(-1))}" is missing.`,
      `Add it to ${inside(path.slice(0, -1)).replace(/^an /, 'this ')}`,
      { path: path.slice(0, -1), target: 'start' },
    ),
    missing: { path, takes: takenBy(fieldAt(schema, value, path)), did },
  };
}

/** The schema of a field as its record names it, not followed into what it would hold. */
function fieldAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  const parent = schemaAt(schema, value, path.slice(0, -1));
  return (parent?._zod.def as { shape?: Record<string, Schema> } | undefined)?.shape?.[path.at(-1) as string];
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a record',
  record: 'a list of names and values',
};

function wrongType(finding: Make, path: Path, expected: string, given: unknown): Finding {
  const message = `${subject(path)} is ${describe(given)}, not ${kinds[expected] ?? expected}.`;
  if (given === null)
    return finding(`${subject(path)} has no value.`, `Give it ${kinds[expected] ?? expected}, or remove the line.`);
  if (expected === 'string' && (typeof given === 'number' || typeof given === 'boolean')) {
    return finding(
      `${subject(path)} is read as ${describe(given)}, which may not be what was written.`,
      'Put quotes around it.',
      {},
      { kind: 'quote' },
    );
  }
  if (expected === 'array') return finding(message, 'Put it in brackets: [one, two].');
  return finding(message, `Write ${kinds[expected] ?? expected}.`);
}

function notListed(finding: Make, path: Path, values: string[], given: unknown): Finding {
  const near = nearest(String(given), values);
  return finding(
    `${subject(path)} is ${show(given)}.`,
    near
      ? `Did you mean "${near}"?`
      : values.length === 1
        ? `It is ${values[0]}.`
        : `It is one of ${values.join(', ')}.`,
    {},
    near ? { kind: 'replace', text: near } : undefined,
  );
}

/** A union fails as a whole: the option that came furthest speaks, or the discriminating field does. */
function unionFindings(
  file: string,
  schema: z.ZodType,
  value: unknown,
  issue: Issue & { code: 'invalid_union' },
  finding: Make,
  given: unknown,
): Finding[] {
  const discriminator = 'discriminator' in issue ? issue.discriminator : undefined;
  if (discriminator) {
    const path = issue.path as Path;
    const parent = schemaAt(schema, value, path.at(-1) === discriminator ? path.slice(0, -1) : path) as
      { _zod?: { propValues?: Record<string, Set<unknown>> } } | undefined;
    const values = [...(parent?._zod?.propValues?.[discriminator] ?? [])].map(String);
    const record = valueAt(value, path.at(-1) === discriminator ? path.slice(0, -1) : path) as
      Record<string, unknown> | undefined;
    const at = path.at(-1) === discriminator ? path : [...path, discriminator];
    const found = record?.[discriminator];
    const make: Make = (message, hint, place = {}, correction) =>
      finding(message, hint, { path: at, ...place }, correction);
    return [found === undefined ? missing(make, at, schema, value) : notListed(make, at, values, found)];
  }
  const options = issue.errors.filter((errors) => errors.length > 0);
  const deepest = options.find((errors) =>
    errors.every((error) => !(error.code === 'invalid_type' && error.path.length === 0)),
  );
  const chosen = deepest ?? options[0];
  if (!chosen) return [finding(`${subject(issue.path as Path)} is ${show(given)}.`, 'Correct it.')];
  return chosen.flatMap((error) => inWords(file, schema, value, { ...error, path: [...issue.path, ...error.path] }));
}

function subject(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  return typeof last === 'number' ? `Number ${last + 1} of ${show(path.at(-2) ?? 'the list')}` : show(last);
}

function inside(path: Path): string {
  if (path.length === 0) return 'this record';
  const last = path.at(-1);
  return typeof last !== 'number'
    ? show(last)
    : `an entry of ${path.at(-2) === undefined ? 'the list' : show(path.at(-2))}`;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const line = text.split('\n')[0] as string;
  return `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  if (typeof value === 'object') return 'a record';
  return typeof value === 'string'
    ? `the text ${show(value)}`
    : typeof value === 'number'
      ? `the number ${value}`
      : String(value as boolean);
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

function valueAt(value: unknown, path: Path): unknown {
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
  return schema;
}

function keysOf(schema: Schema | undefined): string[] {
  return Object.keys((schema?._zod.def as { shape?: object } | undefined)?.shape ?? {});
}
