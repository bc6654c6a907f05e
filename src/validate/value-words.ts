import type { Path } from '../diagnostic.ts';
import { shorten } from '../model/wording.ts';

/** What a finding speaks of: a field by its name, an entry of a list by its number. */
export function subject(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  return typeof last === 'number' ? `Number ${last + 1} of ${show(path.at(-2) ?? 'the list')}` : show(last);
}

/** The record or entry in which a field stands. */
export function inside(path: Path): string {
  if (path.length === 0) return 'this record';
  const last = path.at(-1);
  if (typeof last !== 'number') return show(last);
  return `an entry of ${path.at(-2) === undefined ? 'the list' : show(path.at(-2))}`;
}

/** A value in quotes, no longer than a glance. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return `"${shorten(text)}"`;
}

/** A value with its kind: `the text "x"`, `the number 4`, `a list`. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'empty';
  if (typeof value === 'object') return 'a record';
  return typeof value === 'string'
    ? `the text ${show(value)}`
    : typeof value === 'number'
      ? `the number ${value}`
      : String(value as boolean);
}
