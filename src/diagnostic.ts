/**
 * The one shape in which every stage reports.
 *
 * A stage yields findings: what is wrong and where, the place being a path inside a record.
 * Only at the very end are places resolved to lines and columns, which makes a finding a diagnostic.
 */

/**
 * `error` blocks publication, `overdue` is a passed deadline with nothing recorded, `waived` an error that a waiver
 * owns.
 */
export type Level = 'error' | 'overdue' | 'warning' | 'information' | 'waived';

/** A key path inside a record: field names, and list positions counted from 0. */
export type Path = readonly (string | number)[];

/** Where a finding points: a field of a record, or a position that a parser reported. */
export type Place = { file: string; path: Path; target?: Target } | { file: string; position: Position };

/** What of a field is meant: its name, its value, or only where it begins. */
export type Target = 'key' | 'value' | 'start';

/** Lines and columns are counted from 1, the end is exclusive. */
export type Position = { line: number; column: number; endLine?: number; endColumn?: number };

/**
 * How the guilty text could read: another text in its place, quotes around it, or the lines of the log in order of
 * time.
 */
export type Correction =
  { kind: 'replace'; text: string } | { kind: 'quote'; text?: string | undefined } | { kind: 'sort-log' };

/** A correction ready to be made: what stands in the guilty span afterwards, and whether it changes no meaning. */
export type Fix = { kind: 'replace'; text: string; isSafe: boolean } | { kind: 'sort-log'; isSafe: true };

/** What a stage or a rule reports. Message and hint are one sentence each and never repeat the place. */
export type Finding = {
  rule: string;
  at: Place;
  message: string;
  hint?: string | undefined;
  /** The obligation that this finding breaks, where the rule serves several; the rule's first by default. */
  obligation?: string | undefined;
  /** The level where it is not the obligation's own. */
  level?: Level | undefined;
  /** Other places that explain it. */
  related?: { at: Place; message: string }[] | undefined;
  correction?: Correction | undefined;
  /** The format of the records since which it is asked, where the rule is older than this part of it. */
  since?: number | undefined;
  /** When the deviation happened, as an instant; waivers are judged at this moment. */
  when?: string | undefined;
  release?: string | undefined;
  item?: string | undefined;
  /** True where every other finding within its place follows from it. */
  isRoot?: boolean | undefined;
  /** The field that is missing, what it takes, and of a log the kind of its line; until examples are found. */
  missing?: { path: Path; takes: string; did?: string | undefined } | undefined;
};

/** A finding with its place resolved and its clause looked up: what reporters print. */
export type Diagnostic = Position & {
  file: string;
  rule: string;
  level: Level;
  message: string;
  hint?: string;
  obligation?: string;
  clause?: string;
  /** Address of the rule's page, relative to the site's root. */
  page: string;
  related?: (Position & { file: string; message: string })[];
  release?: string;
  item?: string;
  fix?: Fix;
  /** The finding that it follows from: it disappears once that one is repaired. */
  causedBy?: { rule: string; file: string; line: number; column: number; message: string } | undefined;
  /** The waiver that owns it, when the level is `waived`. */
  waiver?: string;
};

/** Sorts by file, line and column, then rule and message, so that output never depends on the order of work. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** Compares by code unit, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
