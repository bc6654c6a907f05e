import { createHash } from 'node:crypto';
import { compareText } from '../diagnostic.ts';

/** The canonical form of a JSON value: keys sorted by code unit, no space, so that equal values have equal bytes. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => compareText(a, b));
  return `{${fields.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
}

/** The SHA-256 of a value's canonical form in UTF-8, as 64 hexadecimal digits. */
export function sha256Of(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}
