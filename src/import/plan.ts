import type { Defect } from '../model/index.ts';
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
  created: Created[];
  updated: Updated[];
  unchanged: { id: string; row: SourceRow }[];
  collapsed: SourceRow[];
  setAside: SetAside[];
  ignored: IgnoredRow[];
  /**
   * Defects of this tracker that the export does not name; they stay as they are. Rows given back for mending name
   * none.
   */
  absent: string[];
  /** Rows that went in with something worth a word. */
  flagged: SourceRow[];
  alarms: Alarm[];
  /** What it means for releases that are on the way. */
  effects: ReleaseEffect[];
  columns: ColumnReport[];
  balance: Balance;
  notes: string[];
  tables: DatedTable[];
};

/** One field that a new export says otherwise; texts are for people. */
export type FieldChange = { field: string; from: string; to: string };

/** A defect that is new: the record to be written. */
export type Created = { id: string; file: string; row: SourceRow; defect: Pick<Defect, 'id' | 'tracker'> };
/** A defect whose tracker block changes. */
export type Updated = {
  id: string;
  file: string;
  row: SourceRow;
  tracker: Tracker;
  changes: FieldChange[];
  isReopened: boolean;
  isSeverityChanged: boolean;
};

/** A row that is not taken, and why. */
export type SetAside = { row: SourceRow; problems: Problem[]; isConflict: boolean };

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

export type Alarm = { rule: string; item: string | undefined; message: string; hint: string };

/** What an import means for releases that are on the way: what a release manager would have looked up by hand. */
export type ReleaseEffect = { item: string; release: string | undefined; message: string };
