import { notRated } from '../../derive/known-issues.ts';
import type { Defect } from '../../model/defect.ts';
import { toInstant, type Instant } from '../../model/time.ts';
import { cleanText, oneLine } from '../clean-text.ts';
import type { FieldChange } from '../plan.ts';
import type { MappedRow, Tracker, Values } from '../row.ts';
import { optionalFields } from '../row.ts';
import { compare, type OtherColumns } from './compare.ts';
import { digestOf } from './digest.ts';

/** What an export makes of a defect that is there already. */
export type Merged =
  | { kind: 'unchanged' }
  | { kind: 'changed'; tracker: Tracker; changes: FieldChange[]; isReopened: boolean; isSeverityChanged: boolean }
  | { kind: 'conflict'; reason: string; changes: FieldChange[] };

/** What the import knows of an export, and of the table in which a row stands. */
export type MergeContext = OtherColumns & {
  /** Fields that this export has columns for. */
  present: ReadonlySet<string>;
  /** The moment of the export, as records write it, and as an instant. */
  exported: string;
  exportedAt: Instant;
  zone: string;
  openStatuses: ReadonlySet<string>;
  source: Omit<NonNullable<Tracker['source']>, 'id' | 'row' | 'sheet' | 'sha256'>;
};

type Place = { sheet: string; row: number };

/**
 * The tracker block of a new defect, without its digest, which is made when it is written. Where no column says when it
 * was raised, it was by the day of the export, and that this is all that is known is kept beside it.
 */
export function newTracker(
  { id, values, other }: MappedRow,
  place: Place,
  context: MergeContext,
  history: Tracker['history'],
): Tracker {
  const { key, title, status, raised } = values;
  if (key === undefined || title === undefined || status === undefined)
    throw new Error(`A row is taken for a defect without its key, title or status: ${id}.`);
  const isFirstSeen = raised === undefined;
  const kept = isFirstSeen ? [...other, { column: 'first seen', values: [context.exported] }] : other;
  return {
    ...values,
    key,
    title,
    status,
    raised: raised ?? context.exported.slice(0, 10),
    ...(kept.length > 0 ? { other: kept } : {}),
    history,
    source: sourceOf(id, place, context, ''),
  };
}

/**
 * The tracker block of a defect after an export. Only what the export has columns for may change; severity and status
 * leave a line of history. A block that somebody has edited since the last import is left alone: the row is in
 * conflict, unless `takesOver`.
 */
export function mergeTracker(
  { tracker }: Defect,
  { id, values, other }: MappedRow,
  place: Place,
  context: MergeContext,
  { takesOver, folded }: { takesOver: boolean; folded?: Tracker['history'] | undefined },
): Merged {
  const { changes, merged } = compare(tracker, values, other, context);
  const lines = folded
    ? folded.filter((line) => !tracker.history.some((known) => isSameLine(known, line)))
    : historyOf(tracker, values, context);
  if (folded && lines.length > 0 && changes.length === 0)
    changes.push({ field: 'history', from: '', to: `${lines.length} more` });
  if (changes.length === 0 && !(takesOver && !tracker.source)) return { kind: 'unchanged' };
  const foreign = fieldsOutside(context.present);
  const edited = handEdited(tracker, foreign);
  if (edited.isEdited && !takesOver) {
    return {
      kind: 'conflict',
      changes,
      reason: tracker.source
        ? 'its tracker block was edited by hand after the last import'
        : 'its tracker block was written by hand, not by an import',
    };
  }
  if (values.severity === undefined && context.present.has('severity') && tracker.severity !== undefined)
    return { kind: 'conflict', changes, reason: `it was ${tracker.severity} and has no severity any more` };
  if (!folded && tracker.history.some((line) => toInstant(line.at, context.zone) > context.exportedAt)) {
    return { kind: 'conflict', changes, reason: `it has changed later than this export of ${context.exported}` };
  }
  const next = { ...merged, history: [...tracker.history, ...lines] };
  const isOpen = (status: string) => context.openStatuses.has(status);
  return {
    kind: 'changed',
    tracker: { ...next, source: sourceOf(id, place, context, digestOf(next, edited.isMinusForeign ? foreign : [])) },
    changes,
    isReopened: !isOpen(tracker.status) && isOpen(merged.status),
    isSeverityChanged: tracker.severity !== merged.severity,
  };
}

/** Fields that people may have added because no column feeds them. */
function fieldsOutside(present: ReadonlySet<string>): string[] {
  return optionalFields.filter((field) => !present.has(field));
}

function handEdited(tracker: Tracker, foreign: readonly string[]): { isEdited: boolean; isMinusForeign: boolean } {
  const expected = tracker.source?.sha256;
  if (expected === digestOf(tracker)) return { isEdited: false, isMinusForeign: false };
  const isMinusForeign = expected === digestOf(tracker, foreign);
  return { isEdited: !isMinusForeign, isMinusForeign };
}

function sourceOf(
  id: string,
  { sheet, row }: Place,
  { source: { system, profile, file } }: MergeContext,
  sha256: string,
): NonNullable<Tracker['source']> {
  return { system, id, profile, file, ...(sheet === '' ? {} : { sheet: oneLine(cleanText(sheet)) }), row, sha256 };
}

function historyOf(tracker: Tracker, values: Values, { exported }: MergeContext): Tracker['history'] {
  return (['severity', 'status'] as const).flatMap((field) => {
    if (!(field in values) || values[field] === tracker[field]) return [];
    return [{ at: exported, field, from: tracker[field] ?? notRated, to: values[field] ?? notRated }];
  });
}

function isSameLine(a: Tracker['history'][number], b: Tracker['history'][number]): boolean {
  return a.at === b.at && a.field === b.field && a.to === b.to;
}
