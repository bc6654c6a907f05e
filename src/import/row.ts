import type { Defect } from '../model/defect.ts';
import type { Sheet } from './sheet.ts';
import type { Column, DatedTable } from './table.ts';

export type Tracker = Defect['tracker'];
export type Other = NonNullable<Tracker['other']>[number];

/**
 * What the tracker says of one defect. A field that the export has no column for is not a property; one that is empty
 * is undefined.
 */
export type Values = Partial<Omit<Tracker, 'history' | 'source' | 'other'>>;

/** Fields that a defect may lack, so that an export without their columns can be read. */
export const optionalFields = [
  'severity',
  'priority',
  'component',
  'resolved',
  'closed',
  'team',
  'assigned',
  'description',
] as const;

/** What is wrong with a row, or worth a word: a clause without a full stop, and the column it speaks of. */
export type Problem = {
  column?: Column | undefined;
  message: string;
  /** A value that the map of a field does not list. */
  unknown?: { field: string; value: string };
};

export type MappedRow = {
  id: string;
  values: Values;
  other: Other[];
  /** When the row was written, where the export has one row a change. */
  when?: string;
  problems: Problem[];
  flags: Problem[];
};

/** A row of a table, mapped; `index` is its number less one. */
export type SourceRow = { table: DatedTable; index: number; mapped: MappedRow };

/**
 * Why a row is not a defect: it stands above or below the table, is a heading between its rows, repeats its headings,
 * is blank, belongs to no table, or is of a type that the profile does not take.
 */
export type NoDefect =
  'title' | 'footer' | 'section' | 'repeated headings' | 'blank' | 'no table' | 'hidden sheet' | 'other type';

/** A row that is not a defect, with the beginning of what stands in it. */
export type IgnoredRow = { sheet: Sheet; index: number; why: NoDefect; text: string };
