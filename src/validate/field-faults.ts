import { capital } from '../model/wording.ts';
import type { Correction, Finding, Path, Place } from '../diagnostic.ts';
import { takenBy } from './missing-fields.ts';
import { nearest } from './nearest.ts';
import { type Schema, schemaAt, valueAt } from './schema-walk.ts';
import { describe, inside, show, subject } from './value-words.ts';

/** Makes a finding of a message, a hint, its place and what would correct it. */
export type Make = (message: string, hint: string, place?: Partial<Place>, correction?: Correction) => Finding;

/** Our own messages have the form "what is wrong: what would be right". */
export function fromMessage(path: Path, message: string, given: unknown): [string, string] {
  const [fault, ...rest] = message.split(': ');
  const advice = rest.join(': ');
  const hint = advice ? `${capital(advice)}.` : 'Correct it.';
  return [`${subject(path)}, ${show(given)}, ${fault}.`.replace(', "", is empty', ' is empty'), hint];
}

/** A key without a value is mostly the rest of a text that a comma ended; one finding says so for all of them. */
export function unknownKeys(
  finding: Make,
  path: Path,
  keys: readonly string[],
  known: string[],
  given: unknown,
): Finding[] {
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

/** A field that every record of its kind has. */
export function missing(
  finding: Make,
  path: Path,
  schema: Schema,
  value: unknown,
  takes = takenBy(fieldAt(schema, value, path)),
): Finding {
  const record = valueAt(value, path.slice(0, -1)) as { did?: unknown } | undefined;
  const did = typeof record?.did === 'string' ? record.did : undefined;
  const glued = Object.keys(record ?? {}).find((key) => key.startsWith(`${String(path.at(-1))}:`));
  if (glued !== undefined)
    return finding(`No space stands after the colon in ${show(glued)}.`, 'Put a space after the colon.', {
      path: [...path.slice(0, -1), glued],
      target: 'key',
    });
  return {
    ...finding(
      `The field "${String(path.at(-1))}" is missing.`,
      `Add it to ${inside(path.slice(0, -1)).replace(/^an /, 'this ')}`,
      { path: path.slice(0, -1), target: 'start' },
    ),
    missing: { path, takes, did },
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

/** A value of another type than the field has. */
export function wrongType(finding: Make, path: Path, expected: string, given: unknown): Finding {
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

/** A value that is none of those that the field may have. */
export function notListed(finding: Make, path: Path, values: string[], given: unknown): Finding {
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
