import { type Catalog, derive } from '../derive/catalog.ts';
import { type Instant, toRecordTime } from '../model/time.ts';
import type { Policy, Records } from '../validate/validate.ts';
import { alarmsBetween } from './assess/alarms.ts';
import { balanceOf, columnsOf } from './assess/balance.ts';
import { releaseEffects } from './assess/release-effects.ts';
import { notesOn, notesOnDates, notesOnSheets } from './assess/remarks.ts';
import { profilesFor, usedBefore } from './find/profiles.ts';
import { findTables } from './find/tables.ts';
import { unwrapRows } from './find/wrapped-rows.ts';
import type { Ahead } from './map/ahead.ts';
import { mapTables } from './map/rows.ts';
import { groupRows } from './merge/groups.ts';
import { mergeRows } from './merge/rows.ts';
import { cleanText, oneLine } from './clean-text.ts';
import type { MergeContext } from './merge/tracker.ts';
import type { Alarm, Created, ImportPlan } from './plan.ts';
import type { TextFacts } from './read/text.ts';
import type { Refused } from './remark.ts';
import type { Tracker } from './row.ts';
import type { Reading } from './sheet.ts';
import { counted } from './wording.ts';

export type ImportRequest = {
  file: string;
  sha256: string;
  profile?: string | undefined;
  sheet?: string | undefined;
  dates?: readonly string[] | undefined;
  firstSeen?: boolean | undefined;
  exportedAt: Instant;
  /** Ids of defects whose tracker block the import may take over although a person wrote it, or `all`. */
  takeOver: readonly string[];
};

/** Plans the import of an export into the records as they are. Pure: nothing is written. */
export function planImport(
  reading: Reading & { text?: TextFacts },
  records: Records & { policy: Policy },
  request: ImportRequest,
  ahead?: Ahead,
): ImportPlan | Refused {
  const wanted = profilesFor(records, request);
  const found = findTables(reading.sheets, wanted, request, usedBefore(records));
  if ('refused' in found) return found;
  const { programme, components } = records.policy;
  const { sheets, tables } = unwrapRows(reading.sheets, found.tables, reading.text?.delimiter);
  const read = mapTables(sheets, tables, found.chosen, {
    programme,
    components,
    dates: request.dates,
    text: reading.text,
    ahead,
  });
  if ('refused' in read) return read;
  if (read.rows.length === 0)
    return {
      refused: 'The export has headings, and no row below them.',
      hint: 'Export it again; if the tracker has no defects, there is nothing to import.',
    };
  const { profile, name } = found.chosen;
  const groups = groupRows(read.rows, profile.history !== undefined);
  const exported = toRecordTime(request.exportedAt, programme.zone);
  const context: Omit<MergeContext, 'present' | 'headings' | 'volatile'> = {
    exported,
    exportedAt: request.exportedAt,
    zone: programme.zone,
    openStatuses: new Set(programme.statuses.filter(({ open }) => open).map(({ id }) => id)),
    source: { system: profile.system, profile: name, file: oneLine(cleanText(request.file)) },
  };
  const merged = mergeRows(groups.taken, records, context, request.takeOver);
  const foreign = request.profile === undefined ? knownElsewhere(merged.created, records, profile.system) : undefined;
  if (foreign)
    return {
      refused: `Of the ${counted(merged.created.length, 'new defect')} that profile ${name} finds, ${foreign.count} are known from ${foreign.system} by profile ${foreign.profile}: a heading may have changed since.`,
      hint: `Name the right profile: --profile ${foreign.profile}, or --profile ${name} if they are others.`,
    };
  const setAside = [...groups.setAside, ...merged.setAside].sort((a, b) => a.row.index - b.row.index);
  const seen = new Set(read.rows.map(({ mapped }) => mapped.id));
  const sum: Omit<ImportPlan, 'alarms' | 'effects' | 'columns' | 'balance' | 'notes'> = {
    file: request.file,
    sha256: request.sha256,
    profile: name,
    system: profile.system,
    exported,
    created: merged.created,
    updated: merged.updated,
    unchanged: merged.unchanged,
    collapsed: groups.collapsed,
    setAside,
    ignored: read.ignored,
    absent: found.tables.some(({ layout }) => layout.givenBack)
      ? []
      : records.defects
          .filter(({ tracker: { source } }) => source?.system === profile.system && !seen.has(source.id))
          .map(({ id }) => id),
    flagged: read.rows.filter(({ mapped }) => mapped.flags.length > 0),
    tables: read.tables,
  };
  const columns = columnsOf(read.tables, read.rows);
  const catalog = derive(records, { instant: request.exportedAt, isChosen: false });
  return {
    ...sum,
    alarms: alarmsOf(sum, catalog),
    effects: releaseEffects(catalog, sum.created, sum.updated),
    columns,
    balance: balanceOf(sheets, sum),
    notes: [
      ...reading.notes,
      ...found.notes,
      ...read.notes,
      ...notesOnSheets(sheets, sum.tables),
      ...notesOn(sum, found.chosen, columns, read.rows.length),
      ...notesOnDates(read.rows, exported),
    ],
  };
}

/** The tracker from which more than half of what seems to be new is known already. */
function knownElsewhere(
  created: readonly Created[],
  { defects }: Records,
  system: string,
): { count: number; system: string; profile: string } | undefined {
  const others = new Map(
    defects.flatMap(({ tracker: { source, key } }) =>
      source && source.system !== system
        ? ([
            [source.id, source],
            [key, source],
          ] as const)
        : [],
    ),
  );
  const known = created.flatMap(
    ({ row: { mapped } }) => others.get(mapped.id) ?? others.get(mapped.values.key ?? '') ?? [],
  );
  const first = known[0];
  return first && known.length * 2 > created.length
    ? { count: known.length, system: first.system, profile: first.profile }
    : undefined;
}

/** Only defects that change can contradict anything anew; what was released follows from the records as they are. */
function alarmsOf({ created, updated }: Pick<ImportPlan, 'created' | 'updated'>, catalog: Catalog): Alarm[] {
  const trackers = new Map(updated.map(({ id, tracker }) => [id, tracker]));
  const before = catalog.defects.filter(({ id }) => trackers.has(id));
  const after = before.map((defect) => ({ ...defect, tracker: trackers.get(defect.id) as Tracker }));
  const added = created.map(({ file, defect }) => ({ ...defect, file, text: '', impact: [] }));
  return alarmsBetween({ ...catalog, defects: before }, { ...catalog, defects: [...after, ...added] });
}
