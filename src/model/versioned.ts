import { z } from 'zod';
import { version } from './primitives.ts';

/** What holds from a version of the plan on. */
export type From<Value> = { from: string } & Value;

const from = version.describe('The version of the plan from which it holds.');

/**
 * A record of the policy that may change with the plan: written once it holds since the beginning; as a list it says
 * what holds from each version of the plan on. What stands first in the list also holds before its version.
 */
export function versionedRecord<Value extends object>(
  record: z.ZodObject & z.ZodType<Value>,
): z.ZodType<Value | From<Value>[]> {
  return z.union([record, z.array(record.extend({ from })).min(1)]) as unknown as z.ZodType<Value | From<Value>[]>;
}

/** A list or table of the policy that may change with the plan: itself, or a list of `{from, <its name>: itself}`. */
export function versionedField<Name extends string, Value>(
  name: Name,
  field: z.ZodType<Value>,
): z.ZodType<Value | From<Record<Name, Value>>[]> {
  const entry = z.strictObject({ from, [name]: field });
  return z.union([field, z.array(entry).min(1)]) as unknown as z.ZodType<Value | From<Record<Name, Value>>[]>;
}

/** The fields that may change with the plan. */
export type VersionedName =
  | 'severities'
  | 'types'
  | 'limits'
  | 'waiversBy'
  | 'slot'
  | 'deadlines'
  | 'pattern'
  | 'processes'
  | 'kinds'
  | 'informedBySite';
