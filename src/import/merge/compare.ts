import type { FieldChange } from '../plan.ts';
import type { Other, Tracker, Values } from '../row.ts';

export type OtherColumns = {
  /** Headings that this export has beside its fields; what is kept of others stays. */
  headings: ReadonlySet<string>;
  /** Those whose values change with every export. */
  volatile: ReadonlySet<string>;
};

/** A tracker block with what an export says of it, and every field that it says otherwise. */
export function compare(
  tracker: Tracker,
  values: Values,
  other: readonly Other[],
  columns: OtherColumns,
): { changes: FieldChange[]; merged: Tracker } {
  const changes: FieldChange[] = [];
  const known = new Map<string, unknown>(Object.entries(tracker));
  for (const [field, value] of Object.entries(values)) {
    const before = known.get(field);
    if (before === value || (typeof value === 'object' && JSON.stringify(before) === JSON.stringify(value))) continue;
    changes.push({ field, from: shown(before), to: shown(value) });
  }
  const kept = mergeOther(tracker.other ?? [], other, columns);
  changes.push(...kept.changes);
  return { changes, merged: { ...tracker, ...values, other: kept.other.length > 0 ? kept.other : undefined } };
}

/**
 * Kept columns in the order in which they were first kept. Values are compared as sets; what is volatile changes with
 * the rest only.
 */
function mergeOther(
  before: readonly Other[],
  now: readonly Other[],
  { volatile, headings }: OtherColumns,
): { other: Other[]; changes: FieldChange[] } {
  const changes: FieldChange[] = [];
  const found = new Map(now.map((entry) => [entry.column, entry]));
  const other = before.flatMap((entry) => {
    const next = found.get(entry.column);
    found.delete(entry.column);
    if (!next && !headings.has(entry.column)) return [entry];
    if (next && asSet(next.values) === asSet(entry.values)) return [entry];
    if (!volatile.has(entry.column))
      changes.push({ field: entry.column, from: entry.values.join('; '), to: next?.values.join('; ') ?? '' });
    return next ? [next] : [];
  });
  for (const entry of found.values())
    if (!volatile.has(entry.column)) changes.push({ field: entry.column, from: '', to: entry.values.join('; ') });
  return { other: [...other, ...found.values()], changes };
}

function asSet(values: readonly string[]): string {
  return JSON.stringify([...new Set(values)].sort());
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null && 'text' in value
      ? String(value.text)
      : JSON.stringify(value);
}
