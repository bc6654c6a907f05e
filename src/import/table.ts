import type { Profile } from '../model/profile.ts';
import type { Remark } from './remark.ts';
import type { Sheet } from './sheet.ts';

/** The fields of a profile that may be fed by a column; `resolution` refines the status. */
export type FieldName = keyof Profile['fields'] | 'resolution';

/**
 * What becomes of a column: it feeds fields, is kept, is left out on purpose, or stands nowhere in the profile and is
 * kept all the same.
 */
export type Fate = 'mapped' | 'kept' | 'ignored' | 'unknown';

export type Column = {
  index: number;
  letter: string;
  /** The heading as it is written; `column F` where there is none. */
  heading: string;
  fate: Fate;
  fields: FieldName[];
  /** Present when the values are kept under `other`. */
  keep?: { separator?: string | undefined; volatile: boolean } | undefined;
};

/** Which columns feed each field, in order; a heading that stands several times gives several. */
export type Layout = {
  columns: Column[];
  positions: Map<FieldName, number[]>;
  /** For rows given back for fixing: the forms of their dates. */
  givenBack: string[] | undefined;
};

/** The fields that are dates. */
export const dateFields = ['raised', 'resolved', 'closed', 'assigned'] as const;

/** A profile, and the name of its file. */
export type NamedProfile = { name: string; profile: Profile };

/** A table in a sheet: the row of its headings, and what becomes of its columns. */
export type Table = { sheet: Sheet; header: number; headings: string[]; layout: Layout };

/** A table whose dates were read, with the forms in which they are written. */
export type DatedTable = Table & { dateForms: string[] };

/** The profile that reads the export, its tables, and why that profile where there was a choice. */
export type Found = { chosen: NamedProfile; tables: Table[]; remarks: Remark[] };

/** The first column that feeds a field. */
export function columnOf(field: FieldName, { positions, columns }: Layout): Column | undefined {
  return columns[positions.get(field)?.[0] ?? -1];
}
