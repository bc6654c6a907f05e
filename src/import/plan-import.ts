import { derive } from '../derive/catalog.ts';
import { type Instant, toRecordTime } from '../model/time.ts';
import type { RecordsAt } from '../derive/policy-at.ts';
import type { Records } from '../validate/validate.ts';
import { alarmsOf } from './assess/alarms.ts';
import { balanceOf, columnsOf } from './assess/balance.ts';
import { refuseLostColumns } from './assess/lost-columns.ts';
import { releaseEffects } from './assess/release-effects.ts';
import { remarksOnDates, remarksOnSheets, remarksOnTables } from './assess/remarks.ts';
import { profilesFor, usedBefore } from './find/profiles.ts';
import { findTables } from './find/tables.ts';
import { unwrapRows } from './find/wrapped-rows.ts';
import type { Ahead } from './map/ahead.ts';
import { type MappedRows, mapTables } from './map/rows.ts';
import { groupRows } from './merge/groups.ts';
import { knownElsewhere } from './merge/known-elsewhere.ts';
import { mergeRows } from './merge/rows.ts';
import { cleanText, oneLine } from './clean-text.ts';
import { type ImportPlan, type PlannedRow, rowsWith } from './plan.ts';
import type { TextFacts } from './read/text.ts';
import type { Refused } from './remark.ts';
import type { Reading, Sheet } from './sheet.ts';
import type { NamedProfile } from './table.ts';
import { counted } from '../model/wording.ts';

export type ImportRequest = {
  file: string;
  sha256: string;
  profile?: string | undefined;
  sheet?: string | undefined;
  dates?: readonly string[] | undefined;
  firstSeen?: boolean | undefined;
  exportedAt: Instant;
  /** Optional fields of known defects for which the export may have no column any more. */
  without?: readonly string[] | undefined;
  /** Ids of defects whose tracker block the import may take over although a person wrote it, or `all`. */
  takeOver: readonly string[];
};

/**
 * Plans the import of an export into the records as they are. Pure: nothing is written, and nothing given is changed.
 */
export function planImport(
  reading: Reading & { text?: TextFacts },
  records: RecordsAt,
  request: ImportRequest,
  ahead?: Ahead,
): ImportPlan | Refused {
  const found = findTables(reading.sheets, profilesFor(records, request), request, usedBefore(records));
  if ('refused' in found) return found;
  const { chosen } = found;
  const { programme, components } = records.policy;
  const { sheets, tables } = unwrapRows(reading.sheets, found.tables, reading.text?.delimiter);
  const { dates } = request;
  const mapped = mapTables(sheets, tables, chosen, { programme, components, dates, text: reading.text, ahead });
  if ('refused' in mapped) return mapped;
  if (mapped.rows.length === 0)
    return {
      refused: 'The export has headings, and no row below them.',
      hint: 'Export it again; if the tracker has no defects, there is nothing to import.',
    };
  const lost = refuseLostColumns(mapped.tables, chosen, records, request.without ?? []);
  if (lost) return lost;
  const rows = inOrderOf(sheets, planRows(mapped, chosen, records, request));
  const foreign = request.profile === undefined ? refuseForeign(rows, chosen, records) : undefined;
  if (foreign) return foreign;
  const exported = toRecordTime(request.exportedAt, programme.zone);
  const catalog = derive(records, { instant: request.exportedAt, isChosen: false });
  const columns = columnsOf(mapped.tables, rows);
  return {
    file: request.file,
    sha256: request.sha256,
    profile: chosen.name,
    system: chosen.profile.system,
    exported,
    rows,
    absent: absentFrom(mapped, chosen, records),
    tables: mapped.tables,
    columns,
    balance: balanceOf(sheets, mapped.tables, rows),
    alarms: alarmsOf(rows, catalog),
    effects: releaseEffects(rows, catalog),
    remarks: [
      ...reading.remarks,
      ...found.remarks,
      ...mapped.remarks,
      ...remarksOnSheets(sheets, mapped.tables),
      ...remarksOnTables({ rows, tables: mapped.tables, columns }, chosen, mapped.rows.length),
      ...remarksOnDates(mapped.rows, exported),
    ],
  };
}

/** Says of every row what becomes of it. */
function planRows(
  { rows, ignored }: MappedRows,
  { name, profile }: NamedProfile,
  records: RecordsAt,
  { file, exportedAt, takeOver }: ImportRequest,
): PlannedRow[] {
  const { zone, statuses } = records.policy.programme;
  const { taken, settled } = groupRows(rows, profile.history && { zone });
  const context = {
    exported: toRecordTime(exportedAt, zone),
    exportedAt,
    zone,
    openStatuses: new Set(statuses.filter(({ open }) => open).map(({ id }) => id)),
    source: { system: profile.system, profile: name, file: oneLine(cleanText(file)) },
  };
  return [
    ...mergeRows(taken, records, context, takeOver),
    ...settled,
    ...ignored.map((row) => ({ action: 'skip' as const, row })),
  ];
}

function inOrderOf(sheets: readonly Sheet[], rows: readonly PlannedRow[]): PlannedRow[] {
  const places = new Map(sheets.map((sheet, place) => [sheet, place]));
  const sheetOf = ({ action, row }: PlannedRow) => places.get(action === 'skip' ? row.sheet : row.table.sheet) ?? 0;
  return rows.toSorted((a, b) => sheetOf(a) - sheetOf(b) || a.row.index - b.row.index);
}

/** A profile that finds defects new which another tracker's imports have brought is not the right one. */
function refuseForeign(
  rows: readonly PlannedRow[],
  { name, profile }: NamedProfile,
  records: Records,
): Refused | undefined {
  const created = rowsWith({ rows }, 'create');
  const foreign = knownElsewhere(created, records, profile.system);
  return (
    foreign && {
      refused: `Of the ${counted(created.length, 'new defect')} that profile ${name} finds, ${foreign.count} are known from ${foreign.system} by profile ${foreign.profile}: a heading may have changed since.`,
      hint: `Name the right profile: --profile ${foreign.profile}, or --profile ${name} if they are others.`,
    }
  );
}

/** Defects of this tracker that the export does not name. */
function absentFrom({ rows, tables }: MappedRows, { profile }: NamedProfile, { defects }: Records): string[] {
  if (tables.some(({ layout }) => layout.givenBack)) return [];
  const seen = new Set(rows.map(({ mapped }) => mapped.id));
  return defects
    .filter(({ tracker: { source } }) => source?.system === profile.system && !seen.has(source.id))
    .map(({ id }) => id);
}
