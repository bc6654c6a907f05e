import { derive } from '../derive/catalog.ts';
import type { Defect } from '../model/index.ts';
import { type Instant, toRecordTime } from '../model/time.ts';
import type { Policy, Records } from '../validate/validate.ts';
import { type Alarm, alarmsBetween } from './alarms.ts';
import { balanceOf, type Balance, type ColumnReport, columnsOf } from './balance.ts';
import { filled, type Reading, type Refused, type Sheet } from './cell.ts';
import { type Found, findTables } from './find-table.ts';
import { groupRows, type Grouped, type SetAside } from './group-rows.ts';
import { type Ahead, profilesFor, usedBefore } from './map-ahead.ts';
import type { Tracker } from './map-row.ts';
import { type FieldChange, type MergeContext, mergeTracker, newTracker } from './merge.ts';
import type { TextFacts } from './read-text.ts';
import { type IgnoredRow, readTables, type SourceRow } from './read-tables.ts';

/** A defect that is new: the record to be written. */
export type Created = { id: string; file: string; row: SourceRow; defect: Pick<Defect, 'id' | 'tracker'> };
/** A defect whose tracker block changes. */
export type Updated = { id: string; file: string; row: SourceRow; tracker: Tracker; changes: FieldChange[]; isReopened: boolean; isSeverityChanged: boolean };

/** What an import would do: the one object that is shown, or carried out. Nothing in it depends on the clock or the machine. */
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
  /** Defects of this tracker that the export does not name; they stay as they are. Rows given back for mending name none. */
  absent: string[];
  /** Rows that went in with something worth a word. */
  flagged: SourceRow[];
  alarms: Alarm[];
  columns: ColumnReport[];
  balance: Balance;
  notes: string[];
  found: Found;
};

export type ImportRequest = {
  file: string;
  sha256: string;
  profile?: string | undefined;
  sheet?: string | undefined;
  dates?: readonly string[] | undefined;
  exportedAt: Instant;
  /** Ids of defects whose tracker block the import may take over although a person wrote it, or `all`. */
  takeOver: readonly string[];
};

/** Plans the import of an export into the records as they are. Pure: nothing is written. */
export function planImport(reading: Reading & { text?: TextFacts }, records: Records & { policy: Policy }, request: ImportRequest, ahead?: Ahead): ImportPlan | Refused {
  const wanted = profilesFor(records, request);
  const found = findTables(reading.sheets, wanted, request, usedBefore(records));
  if ('refused' in found) return found;
  const { programme, components } = records.policy;
  const read = readTables(reading.sheets, found, { programme, components, dates: request.dates, text: reading.text, ahead });
  if ('refused' in read) return read;
  const { profile, name } = found.chosen;
  const groups = groupRows(read.rows, profile.history !== undefined);
  const exported = toRecordTime(request.exportedAt, programme.zone);
  const context: Omit<MergeContext, 'present' | 'headings' | 'volatile'> = {
    exported, exportedAt: request.exportedAt, zone: programme.zone,
    openStatuses: new Set(programme.statuses.filter(({ open }) => open).map(({ id }) => id)),
    source: { system: profile.system, profile: name, file: request.file },
  };
  const merged = mergeAll(groups.taken, records, context, request.takeOver);
  const setAside = [...groups.setAside, ...merged.setAside].sort((a, b) => a.row.index - b.row.index);
  const seen = new Set(read.rows.map(({ mapped }) => mapped.id));
  const sum: Omit<ImportPlan, 'alarms' | 'columns' | 'balance' | 'notes'> = {
    file: request.file, sha256: request.sha256, profile: name, system: profile.system, exported,
    created: merged.created, updated: merged.updated, unchanged: merged.unchanged,
    collapsed: groups.collapsed, setAside, ignored: read.ignored,
    absent: found.tables.some(({ layout }) => layout.givenBack) ? [] : records.defects.filter(({ tracker: { source } }) => source?.system === profile.system && !seen.has(source.id)).map(({ id }) => id),
    flagged: read.rows.filter(({ mapped }) => mapped.flags.length > 0),
    found,
  };
  return {
    ...sum,
    alarms: alarmsOf(sum, records, request.exportedAt),
    columns: columnsOf(found),
    balance: balanceOf(reading.sheets, sum),
    notes: [...reading.notes, ...found.notes, ...read.notes, ...notesOnSheets(reading.sheets, found), ...notesOn(sum, read.rows.length)],
  };
}

type Sorted = { created: Created[]; updated: Updated[]; unchanged: ImportPlan['unchanged']; setAside: SetAside[] };

function mergeAll(taken: readonly Grouped[], records: Records, context: Omit<MergeContext, 'present' | 'headings' | 'volatile'>, takeOver: readonly string[]): Sorted {
  const sorted: Sorted = { created: [], updated: [], unchanged: [], setAside: [] };
  const { byIdentity, byKey, sameKey } = indexOf(records.defects, context.source.system);
  const nextId = numbering(records.defects);
  const contexts = new Map([...new Set(taken.map(({ row: { table } }) => table))].map((table) => [table, { ...context, ...presenceIn(table.layout) }]));
  for (const { row, folded } of taken) {
    const { mapped, table, index } = row;
    const own = contexts.get(table) as MergeContext;
    const place = { sheet: table.sheet.name, row: index + 1 };
    const known = byIdentity.get(mapped.id) ?? [];
    const defect = known[0] ?? byKey.get(mapped.values.key ?? mapped.id);
    const namesake = defect ? undefined : sameKey.get(mapped.values.key ?? mapped.id);
    if (namesake) {
      sorted.setAside.push({ row, isConflict: true, problems: [{ message: `${namesake.id} has the number ${namesake.tracker.key} too, and another id in the tracker: ${namesake.tracker.source?.id} there and ${mapped.id} here` }] });
      continue;
    }
    if (!defect) {
      const id = nextId();
      sorted.created.push({ id, file: `defects/${id}.md`, row, defect: { id, tracker: newTracker(mapped, place, own, folded ?? []) } });
      continue;
    }
    const result = known.length > 1 ? ({ kind: 'conflict' as const, changes: [], reason: `${known.map(({ id }) => id).join(' and ')} are both this defect` }) : mergeTracker(defect, mapped, place, own, { takesOver: takeOver.includes('all') || takeOver.includes(defect.id), folded });
    if (result.kind === 'unchanged') sorted.unchanged.push({ id: defect.id, row });
    else if (result.kind === 'changed') sorted.updated.push({ ...result, id: defect.id, file: defect.file, row });
    else sorted.setAside.push({ row, isConflict: true, problems: [{ message: conflictIn(defect.id, result) }] });
  }
  return sorted;
}

function conflictIn(id: string, { reason, changes }: { reason: string; changes: FieldChange[] }): string {
  const said = changes.map(({ field, from, to }) => `${field} is ${quoted(from)} there and ${quoted(to)} here`);
  return `${id} is left as it is, because ${reason}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}

export function quoted(text: string): string {
  const line = text.split('\n')[0] as string;
  return text === '' ? 'empty' : `"${line.length > 40 || line !== text ? `${line.slice(0, 40)}…` : line}"`;
}

type DefectRecord = Records['defects'][number];

/** Defects by their id in a tracker, by their number where no import wrote them, and by their number where one did. */
function indexOf(defects: Records['defects'], system: string): { byIdentity: Map<string, DefectRecord[]>; byKey: Map<string, DefectRecord>; sameKey: Map<string, DefectRecord> } {
  const byIdentity = new Map<string, DefectRecord[]>();
  const byKey = new Map<string, DefectRecord>();
  const sameKey = new Map<string, DefectRecord>();
  for (const defect of defects) {
    const { source, key } = defect.tracker;
    if (!source) byKey.set(key, defect);
    else if (source.system === system) {
      byIdentity.set(source.id, [...(byIdentity.get(source.id) ?? []), defect]);
      sameKey.set(key, defect);
    }
  }
  return { byIdentity, byKey, sameKey };
}

function presenceIn({ positions, columns }: Found['tables'][number]['layout']): Pick<MergeContext, 'present' | 'headings' | 'volatile'> {
  const kept = columns.filter(({ keep }) => keep);
  return {
    present: new Set(positions.keys()),
    headings: new Set([...kept.map(({ heading }) => heading), ...(positions.get('component') ?? []).map((at) => columns[at]?.heading ?? '')]),
    volatile: new Set(kept.filter(({ keep }) => keep?.volatile).map(({ heading }) => heading)),
  };
}

/** Ids go on from the highest, in the way in which most ids of defects are written. */
function numbering(defects: Records['defects']): () => string {
  const parts = defects.map(({ id }) => ({ prefix: id.slice(0, numberIn(id)), digits: id.slice(numberIn(id)) }));
  const counts = Map.groupBy(parts, ({ prefix }) => prefix);
  const [prefix, own] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['D-', []];
  const width = Math.max(0, ...own.map(({ digits }) => digits.length)) || 4;
  let last = Math.max(0, ...own.map(({ digits }) => Number(digits)));
  return () => {
    last += 1;
    return `${prefix}${String(last).padStart(width, '0')}`;
  };
}

/** Where the number at the end of an id begins. */
function numberIn(id: string): number {
  let at = id.length;
  while (at > 0 && /\d/.test(id[at - 1] ?? '')) at -= 1;
  return at;
}

/** Only defects that change can contradict anything anew; what was released follows from the records as they are. */
function alarmsOf({ created, updated }: Pick<ImportPlan, 'created' | 'updated'>, records: Records & { policy: Policy }, asOf: Instant): Alarm[] {
  const catalog = derive(records, { instant: asOf, isChosen: false });
  const trackers = new Map(updated.map(({ id, tracker }) => [id, tracker]));
  const before = records.defects.filter(({ id }) => trackers.has(id));
  const after = before.map((defect) => ({ ...defect, tracker: trackers.get(defect.id) as Tracker }));
  const added = created.map(({ file, defect }) => ({ ...defect, file, text: '', impact: [] }));
  return alarmsBetween({ ...catalog, defects: before }, { ...catalog, defects: [...after, ...added] });
}

/** Sheets that were not read, with what is in them. */
function notesOnSheets(sheets: readonly Sheet[], { tables }: Found): string[] {
  return sheets.flatMap((sheet) => {
    const rows = sheet.rows.filter((row) => filled(row) > 0).length;
    if (rows === 0 || tables.some((table) => table.sheet === sheet)) return [];
    return [sheet.isHidden ? `The sheet ${sheet.name} is hidden and was not read (${counted(rows, 'row')}); --sheet "${sheet.name}" reads it.` : `The sheet ${sheet.name} holds no table of defects (${counted(rows, 'row')}).`];
  });
}

/** What is worth a word about the export as a whole. */
function notesOn({ found, created, updated }: Pick<ImportPlan, 'found' | 'created' | 'updated'>, rows: number): string[] {
  const { chosen, tables } = found;
  const { limit } = chosen.profile;
  const notes: string[] = [];
  if (limit !== undefined && rows > 0 && rows % limit === 0) notes.push(`The export has exactly ${rows} rows, and the tracker stops after ${limit} without a word: it is probably not whole.`);
  for (const { sheet } of tables) {
    const where = sheet.name === '' ? '' : ` of the sheet ${sheet.name}`;
    if (sheet.hiddenRows.length > 0) notes.push(`${counted(sheet.hiddenRows.length, 'row')}${where} ${sheet.hiddenRows.length === 1 ? 'is' : 'are'} hidden, and ${sheet.hiddenRows.length === 1 ? 'was' : 'were'} read like the others.`);
    if (sheet.hiddenColumns.length > 0) notes.push(`${counted(sheet.hiddenColumns.length, 'column')}${where} ${sheet.hiddenColumns.length === 1 ? 'is' : 'are'} hidden, and ${sheet.hiddenColumns.length === 1 ? 'was' : 'were'} read like the others.`);
    if (sheet.formulas > 0) notes.push(`${counted(sheet.formulas, 'cell')}${where} ${sheet.formulas === 1 ? 'is a formula; its' : 'are formulas; their'} last result was read.`);
  }
  const unknown = tables.flatMap(({ layout }) => layout.columns.filter(({ fate }) => fate === 'unknown').map(({ heading }) => heading));
  if (unknown.length > 0) notes.push(`The profile ${chosen.name} does not know the ${unknown.length === 1 ? 'column' : 'columns'} ${[...new Set(unknown)].join(', ')}; what stands there is kept word for word.`);
  const headings = new Set(tables.flatMap(({ layout }) => (layout.positions.get('component') ?? []).map((at) => layout.columns[at]?.heading)));
  const elsewhere = [...created.map(({ defect }) => defect.tracker), ...updated.map(({ tracker }) => tracker)].filter(({ component, other }) => component === undefined && other?.some(({ column }) => headings.has(column)));
  const names = [...new Set(elsewhere.flatMap(({ other }) => other?.filter(({ column }) => headings.has(column)).flatMap(({ values }) => values) ?? []))];
  if (names.length > 0) notes.push(`${counted(elsewhere.length, 'defect')} ${elsewhere.length === 1 ? 'names' : 'name'} a component that is none of ours (${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}): add it to the map of profile ${chosen.name}.`);
  return notes;
}

export function counted(count: number, noun: string): string {
  return `${inGroups(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number as people here write it, `100,000`, whatever the machine is set to. */
export function inGroups(count: number): string {
  return new Intl.NumberFormat('en-GB').format(count);
}
