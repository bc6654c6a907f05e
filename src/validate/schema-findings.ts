import type { core, z } from 'zod';
import type { Finding, Path } from '../diagnostic.ts';
import { limits } from '../load/limits.ts';
import { firstFindings } from './first-findings.ts';
import { fromMessage, type Make, missing, notListed, unknownKeys, wrongType } from './field-faults.ts';
import { entriesOfAnotherKind } from './kind-of-entry.ts';
import { byNumber, keysOf, misfitOf, schemaAt, valueAt } from './schema-walk.ts';
import { show, subject } from './value-words.ts';

type Issue = core.$ZodIssue;

/**
 * Turns what Zod found into findings: one plain sentence each, at the field, with what would be right. Beyond as many
 * as are shown they are only counted.
 */
export function schemaFindings(file: string, schema: z.ZodType, value: unknown, issues: readonly Issue[]): Finding[] {
  const { found, left } = entriesOfAnotherKind(file, schema, value, issues);
  let more = 0;
  for (const issue of left) {
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
    return [
      found === undefined
        ? missing(make, at, schema, value, `one of ${values.join(', ')}`)
        : notListed(make, at, values, found),
    ];
  }
  const options = issue.errors.filter((errors) => errors.length > 0);
  const chosen = options.toSorted((a, b) => byNumber(misfitOf(a), misfitOf(b)))[0];
  if (!chosen) return [finding(`${subject(issue.path as Path)} is ${show(given)}.`, 'Correct it.')];
  return chosen.flatMap((error) => inWords(file, schema, value, { ...error, path: [...issue.path, ...error.path] }));
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}
