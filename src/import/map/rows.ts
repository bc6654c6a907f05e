import type { Component } from '../../model/component.ts';
import type { Profile } from '../../model/profile.ts';
import type { Programme } from '../../model/programme.ts';
import { cleanText, oneLine } from '../clean-text.ts';
import { decideForms } from '../dates/columns.ts';
import { compileForm, type DateForm } from '../dates/form.ts';
import { normal } from '../find/columns.ts';
import { cutIn } from '../find/cut-exports.ts';
import { spreadMergedCells } from '../find/merged-cells.ts';
import { headingFinder, idFinder, lastRowOf, type RowFinders, whyNoDefect } from '../find/row-kinds.ts';
import type { Refused, Remark } from '../remark.ts';
import type { IgnoredRow, MappedRow, SourceRow } from '../row.ts';
import { type Cell, filled, type RowFault, type Sheet, textOf } from '../sheet.ts';
import type { DatedTable, NamedProfile, Table } from '../table.ts';
import { counted } from '../wording.ts';
import type { Ahead } from './ahead.ts';
import { dateColumnsOf } from './date-columns.ts';
import { mapDates, type Mapping } from './date-fields.ts';
import { textMapping } from './mapping.ts';
import { mapText } from './text-fields.ts';

/** Every row of an export: those of its tables, mapped, and those that are no defects. */
export type MappedRows = { tables: DatedTable[]; rows: SourceRow[]; ignored: IgnoredRow[]; remarks: Remark[] };

export type MapOptions = {
  programme: Programme;
  components: readonly Component[];
  ahead?: Ahead | undefined;
  dates?: readonly string[] | undefined;
  text?: { isOpenEnded: boolean } | undefined;
};

/**
 * Maps every row of every table, and says of every other row why it is none. Refuses an export that was cut, and dates
 * that cannot be trusted.
 */
export function mapTables(
  sheets: readonly Sheet[],
  tables: readonly Table[],
  chosen: NamedProfile,
  options: MapOptions,
): MappedRows | Refused {
  const parts: MappedRows[] = [];
  for (const sheet of sheets) {
    const table = tables.find((candidate) => candidate.sheet === sheet);
    const part = table ? mapTable(table, chosen, options) : allIgnored(sheet);
    if ('refused' in part) return part;
    parts.push(part);
  }
  return {
    tables: parts.flatMap((part) => part.tables),
    rows: parts.flatMap((part) => part.rows),
    ignored: parts.flatMap((part) => part.ignored),
    remarks: parts.flatMap((part) => part.remarks),
  };
}

function allIgnored(sheet: Sheet): MappedRows {
  const why = sheet.isHidden ? 'hidden sheet' : 'no table';
  const ignored = Object.keys(sheet.rows).map((key) => ignoredRow(sheet, Number(key), why));
  return { tables: [], rows: [], ignored, remarks: [] };
}

function mapTable(table: Table, chosen: NamedProfile, options: MapOptions): MappedRows | Refused {
  const { sheet, header, layout } = table;
  const { name, profile } = chosen;
  const cut = cutIn(table, profile.cut, options.text?.isOpenEnded ?? false);
  if (cut) return cut;
  const history = historyColumn(table, chosen);
  if (typeof history === 'object') return history;
  const { cellsOf, remarks } = spreadMergedCells(table);
  const isId = idFinder(table);
  const last = lastRowOf(table, isId);
  const allForms = formsFor(table, profile, options.dates);
  const forms = decideForms(dateColumnsOf(table, cellsOf, last, history), allForms);
  if ('refused' in forms) return forms;
  const { programme, components } = options;
  const mapping: Mapping = {
    ...textMapping(name, profile, layout, programme, components),
    forms,
    allForms,
    zones: { export: profile.zone, programme: programme.zone },
    changedAt: history,
  };
  const dateForms = [...new Set([...forms.values()].flatMap((form) => (form ? [form.form] : [])))];
  const dated: DatedTable = { ...table, dateForms };
  const ahead = options.ahead?.(name, table);
  const finders = { isHeadings: headingFinder(table), isId };
  const faultsOf = faultFinder(table, options.text !== undefined);
  const rows: SourceRow[] = [];
  const ignored: IgnoredRow[] = [];
  for (const key of Object.keys(sheet.rows)) {
    const index = Number(key);
    if (index === header) continue;
    const cells = cellsOf(index);
    const why = whyNoDefect(table, index, last, cells, finders);
    if (why) ignored.push(ignoredRow(sheet, index, why));
    else {
      const mapped = mapDates(ahead?.get(cells) ?? mapText(cells, mapping), cells, mapping);
      rows.push({ table: dated, index, mapped: withFaults(mapped, faultsOf(index)) });
    }
  }
  return { tables: [dated], rows: withBrokenTexts(rows, faultsOf, isId), ignored, remarks };
}

/** The column with the time of each row, where the export has one row a change. */
function historyColumn({ layout }: Table, { name, profile }: NamedProfile): number | undefined | Refused {
  if (!profile.history) return undefined;
  const { by } = profile.history;
  return (
    layout.columns.find(({ heading }) => normal(heading) === normal(by))?.index ?? {
      refused: `The profile ${name} has one row a change, and the column "${by}" with its time is not there.`,
      hint: 'Export that column too.',
    }
  );
}

/**
 * The forms in which dates may be written: those asked for, else those named with rows given back, else the profile's.
 */
function formsFor({ layout }: Table, profile: Profile, asked: readonly string[] | undefined): DateForm[] {
  // Rows given back for mending carry the dates of a workbook in these forms.
  const ownForms = layout.givenBack ? ['yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ss"] : [];
  const named = layout.givenBack?.length ? layout.givenBack : profile.dates;
  return [...(asked ?? named), ...ownForms].map((form) => compileForm(form, profile.languages));
}

/**
 * What is wrong with a row as a whole: what its reader found, and a number of cells that is not that of the headings.
 */
type Faults = { fault: RowFault | undefined; width: string | undefined };

function faultFinder({ sheet, headings }: Table, isText: boolean): (index: number) => Faults {
  const faults = new Map(sheet.faults.map((fault) => [fault.row, fault]));
  return (index) => ({
    fault: faults.get(index),
    width: isText ? widthFault(sheet.rows[index] ?? [], headings.length) : undefined,
  });
}

/** In a text file a row has as many cells as there are headings; more of them may only be empty. */
function widthFault(cells: readonly Cell[], width: number): string | undefined {
  if (cells.length === width || (cells.length > width && filled(cells.slice(width)) === 0)) return undefined;
  return `the row has ${counted(cells.length, 'cell')} and there are ${width} headings`;
}

function withFaults(row: MappedRow, { fault, width }: Faults): MappedRow {
  if (!fault && width === undefined) return row;
  const told = fault ? [{ message: quoteFaults[fault.kind] }] : [];
  const isLost = fault?.kind === 'undoubled-quote';
  return {
    ...row,
    flags: isLost ? row.flags : [...row.flags, ...told],
    // What stands one column off is wrong everywhere; the reason is enough.
    problems: width === undefined ? [...row.problems, ...(isLost ? told : [])] : [{ message: width }],
  };
}

const quoteFaults: Record<RowFault['kind'], string> = {
  'bare-quote': 'a quote stands inside a cell that is not in quotes; it was read as it stands',
  'undoubled-quote': 'a quote inside a cell is not doubled, so that its end is not certain',
};

/** A row below that is not whole, and has no id, is probably a part of a text that broke out of the row above it. */
function withBrokenTexts(
  rows: readonly SourceRow[],
  faultsOf: (index: number) => Faults,
  isId: RowFinders['isId'],
): SourceRow[] {
  return rows.map((row, place) => {
    const below = rows[place + 1];
    const width = below && faultsOf(below.index).width;
    if (!below || width === undefined || isId(below.mapped.id)) return row;
    const message = `the row below it is not whole (${width}), so that a text of this one was probably broken`;
    return { ...row, mapped: { ...row.mapped, problems: [...row.mapped.problems, { message }] } };
  });
}

function ignoredRow(sheet: Sheet, index: number, why: IgnoredRow['why']): IgnoredRow {
  const text = Array.from(sheet.rows[index] ?? [], textOf)
    .filter(Boolean)
    .join(' ');
  return { sheet, index, why, text: oneLine(cleanText(text)).slice(0, 100) };
}
