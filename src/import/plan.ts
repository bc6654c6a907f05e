import type { Remark } from './remark.ts';
import type { IgnoredRow, Problem, SourceRow, Tracker } from './row.ts';
import type { DatedTable, Fate } from './table.ts';

/**
 * What an import would do: the one object that is shown, or carried out. Nothing in it depends on the clock or the
 * machine.
 */
export type ImportPlan = {
  file: string;
  sha256: string;
  profile: string;
  system: string;
  /** The moment of the export, as records write it. */
  exported: string;
  /** Every row but those with headings, in the order of the export, each with what becomes of it. */
  rows: PlannedRow[];
  /**
   * Defects of this tracker that the export does not name; they stay as they are. Rows given back for fixing name
   * none.
   */
  absent: string[];
  tables: DatedTable[];
  columns: ColumnReport[];
  balance: Balance;
  alarms: Alarm[];
  /** What it means for releases that are on the way. */
  effects: ReleaseEffect[];
  remarks: Remark[];
};

export type PlannedRow =
  /** A defect that is new; its record is to be written. */
  | { action: 'create'; row: SourceRow; id: string; file: string; tracker: Tracker }
  /** A defect whose tracker block changes. */
  | ({ action: 'update'; row: SourceRow; id: string; file: string; tracker: Tracker; changes: FieldChange[] } & Turns)
  /** A defect of which the row says nothing new. */
  | { action: 'keep'; row: SourceRow; id: string }
  /** It says what another row says of the same defect, or said before. */
  | { action: 'collapse'; row: SourceRow }
  /** It cannot be taken as it stands, and is given back to be fixed. */
  | { action: 'quarantine'; row: SourceRow; problems: Problem[] }
  /** It could be taken, but for what is recorded; it is given back as well. */
  | { action: 'conflict'; row: SourceRow; problems: Problem[] }
  /** It is not a defect. */
  | { action: 'skip'; row: IgnoredRow };

export type Action = PlannedRow['action'];
/** The planned rows of some actions. */
export type Planned<Actions extends Action> = Extract<PlannedRow, { action: Actions }>;

/** What a change of a defect means to those who follow it. */
export type Turns = { isReopened: boolean; isSeverityChanged: boolean };

/** One field that a new export says otherwise; texts are for people. */
export type FieldChange = { field: string; from: string; to: string };

/** What became of a column, and how many of its cells in the rows of the table are not empty. */
export type ColumnReport = {
  sheet: string;
  letter: string;
  heading: string;
  fate: Fate;
  fields: string[];
  volatile: boolean;
  cells: number;
};

/**
 * Every row and every cell that is not empty, by what became of it. Rows are all but those with headings; the sums are
 * equal, or the import has lost something.
 */
export type Balance = {
  rows: {
    read: number;
    created: number;
    updated: number;
    unchanged: number;
    collapsed: number;
    quarantined: number;
    ignored: number;
  };
  cells: {
    read: number;
    headings: number;
    stored: number;
    ignoredColumns: number;
    collapsed: number;
    quarantined: number;
    ignoredRows: number;
  };
  columns: { read: number; mapped: number; kept: number; ignored: number; unknown: number };
};

/** A contradiction to what was published, found by a rule of the check. */
export type Alarm = { rule: string; item: string | undefined; message: string; hint: string };

/** What an import means for releases that are on the way: what a release manager would have looked up by hand. */
export type ReleaseEffect = { item: string; release: string | undefined; message: string };

/** The rows of a plan with some actions, in the order of the export. */
export function rowsWith<Actions extends Action>(
  { rows }: { rows: readonly PlannedRow[] },
  ...actions: readonly Actions[]
): Planned<Actions>[] {
  const wanted: ReadonlySet<string> = new Set(actions);
  return rows.filter((planned): planned is Planned<Actions> => wanted.has(planned.action));
}

/** The rows of tables that hold something worth a word, whatever becomes of them. */
export function flaggedIn(plan: { rows: readonly PlannedRow[] }): SourceRow[] {
  return rowsWith(plan, 'create', 'update', 'keep', 'collapse', 'quarantine', 'conflict')
    .map(({ row }) => row)
    .filter(({ mapped }) => mapped.flags.length > 0);
}
