import type { Component } from '../../model/component.ts';
import type { Profile } from '../../model/profile.ts';
import type { Programme } from '../../model/programme.ts';
import { cleanText, oneLine } from '../clean-text.ts';
import { type DateForms, decideForms } from '../dates/columns.ts';
import { compileForm, type DateForm } from '../dates/form.ts';
import { columnNamed } from '../find/columns.ts';
import { cutIn } from '../find/cut-exports.ts';
import { spreadMergedCells } from '../find/merged-cells.ts';
import { headingFinder, idFinder, lastRowOf, whyNoDefect } from '../find/row-kinds.ts';
import type { Refused, Remark } from '../remark.ts';
import type { IgnoredRow, SourceRow } from '../row.ts';
import { type Cell, type Sheet, textOf } from '../sheet.ts';
import type { DatedTable, NamedProfile, Table } from '../table.ts';
import { typeFinder } from '../find/row-types.ts';
import type { Ahead } from './ahead.ts';
import { dateColumnsOf } from './date-columns.ts';
import { mapDates, type Mapping } from './date-fields.ts';
import { textMapping } from './mapping.ts';
import { faultFinder, withBrokenTexts, withFaults } from './row-faults.ts';
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
  const { sheet, header } = table;
  const cut = cutIn(table, chosen.profile.cut, options.text?.isOpenEnded ?? false);
  if (cut) return cut;
  const { cellsOf, remarks } = spreadMergedCells(table);
  const isId = idFinder(table);
  const last = lastRowOf(table, isId);
  const mapping = mappingOf(table, chosen, options, { cellsOf, last });
  if ('refused' in mapping) return mapping;
  const dated: DatedTable = { ...table, dateForms: formNames(mapping.forms) };
  const ahead = options.ahead?.(chosen.name, table);
  const types = typeFinder(table, chosen);
  if ('refused' in types) return types;
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
    else if (!types.isTaken(cells)) ignored.push(ignoredRow(sheet, index, 'other type'));
    else {
      const mapped = mapDates(ahead?.get(cells) ?? mapText(cells, mapping), cells, mapping);
      rows.push({ table: dated, index, mapped: withFaults(mapped, faultsOf(index)) });
    }
  }
  return {
    tables: [dated],
    rows: withBrokenTexts(rows, faultsOf, isId),
    ignored,
    remarks: [...remarks, ...types.remarks()],
  };
}

/** All that mapping a row of a table needs, once its dates were seen. */
function mappingOf(
  table: Table,
  chosen: NamedProfile,
  { programme, components, dates }: MapOptions,
  { cellsOf, last }: { cellsOf: (index: number) => readonly Cell[]; last: number },
): Mapping | Refused {
  const { name, profile } = chosen;
  const changedAt = historyColumn(table, chosen);
  if (typeof changedAt === 'object') return changedAt;
  const allForms = formsFor(table, profile, dates);
  const forms = decideForms(dateColumnsOf(table, cellsOf, last, changedAt), allForms);
  if ('refused' in forms) return forms;
  const zones = { export: profile.zone, programme: programme.zone };
  return { ...textMapping(name, profile, table.layout, programme, components), forms, allForms, zones, changedAt };
}

function formNames(forms: DateForms): string[] {
  return [...new Set([...forms.values()].flatMap((form) => (form ? [form.form] : [])))];
}

/** The column with the time of each row, where the export has one row a change. */
function historyColumn({ layout }: Table, { name, profile }: NamedProfile): number | undefined | Refused {
  if (!profile.history) return undefined;
  const { by } = profile.history;
  return (
    columnNamed(layout, by)?.index ?? {
      refused: `The profile ${name} has one row a change, and the column "${by}" with its time is not there.`,
      hint: 'Export that column too.',
    }
  );
}

/**
 * The forms in which dates may be written: those asked for, else those named with rows given back, else the profile's.
 */
function formsFor({ layout }: Table, profile: Profile, asked: readonly string[] | undefined): DateForm[] {
  // Rows given back for fixing carry the dates of a workbook in these forms.
  const ownForms = layout.givenBack ? ['yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ss"] : [];
  const named = layout.givenBack?.length ? layout.givenBack : profile.dates;
  return [...(asked ?? named), ...ownForms].map((form) => compileForm(form, profile.languages));
}

function ignoredRow(sheet: Sheet, index: number, why: IgnoredRow['why']): IgnoredRow {
  const text = Array.from(sheet.rows[index] ?? [], textOf)
    .filter(Boolean)
    .join(' ');
  return { sheet, index, why, text: oneLine(cleanText(text)).slice(0, 100) };
}
