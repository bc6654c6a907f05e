/**
 * Something worth a word about an export as a whole, as facts: its code, and what the sentence in show/remark.ts is
 * made from. What is worth a word about one row stands with the row.
 */
export type Remark =
  /** The text is not plain UTF-8; `isGuess` where nothing in it says what it is. */
  | { code: 'text-encoding'; encoding: string; isGuess: boolean; confidence?: number }
  /** How many rows are of each type, where the profile names a column for it, and how many were left out for theirs. */
  | { code: 'row-types'; column: string; types: { type: string; rows: number }[]; leftOut: number }
  /** One of the two readers of workbooks failed, or they read it differently, and the other is believed. */
  | { code: 'reader-failed'; reason: string }
  | { code: 'readers-differ'; difference: string }
  /** Several profiles of one tracker fit as well as the one that was taken. */
  | { code: 'profiles-alike'; taken: string; other: string }
  | { code: 'merged-cells'; cells: { address: string; rows: number }[] }
  | { code: 'sheet-hidden'; sheet: string; rows: number }
  | { code: 'sheet-without-table'; sheet: string; rows: number }
  /** As many rows as the tracker gives at most. */
  | { code: 'row-limit'; rows: number; limit: number }
  /** Of a sheet that was read; the name is empty for a text. */
  | { code: 'hidden-rows' | 'hidden-columns' | 'comments' | 'formulas'; sheet: string; count: number }
  | { code: 'columns-unknown'; profile: string; columns: string[] }
  /** Values that the map of a field does not list, each with the number of its rows, the most frequent first. */
  | { code: 'values-unknown'; profile: string; field: string; values: { value: string; rows: number }[] }
  | { code: 'severity-missing' }
  | { code: 'raised-missing' }
  | { code: 'components-unknown'; profile: string; defects: number; names: string[] }
  /** Dates later than the export, the first of them in this row. */
  | { code: 'dates-later'; rows: number; first: number; exported: string };

/** Why an export is not read: what it is, and what to do. */
export type Refused = { refused: string; hint: string };
