import { compileForm } from '../dates/form.ts';
import type { Refused } from '../remark.ts';
import { filled, isEmpty, type Sheet, textOf } from '../sheet.ts';
import type { Found, NamedProfile } from '../table.ts';
import { listed } from '../wording.ts';
import { headingsIn, knownTo, lacking, layOut, normal } from './columns.ts';

/** What was asked for: a profile, a sheet, and whether the day of the export may stand for that of raising. */
export type Wanted = { profile?: string | undefined; sheet?: string | undefined; firstSeen?: boolean | undefined };

const searchedRows = 60;
const sampledRows = 200;

/** A row that may be one of headings, with these as they are and as they are compared. */
type Head = { sheet: Sheet; header: number; headings: string[]; names: string[] };
type Candidate = NamedProfile & Head & { missing: string[]; share: number };

/**
 * Finds the headings and the profile that they are those of. Where several profiles know the headings, the values
 * decide: which of them knows the statuses and can read the dates. Refuses when none fits, or two fit alike and would
 * give defects another identity.
 */
export function findTables(
  sheets: readonly Sheet[],
  profiles: readonly NamedProfile[],
  wanted: Wanted,
  usedBefore: ReadonlySet<string> = new Set(),
): Found | Refused {
  const searched =
    wanted.sheet === undefined
      ? sheets.filter(({ isHidden }) => !isHidden)
      : sheets.filter(({ name }) => name === wanted.sheet);
  if (searched.length === 0) return noSheet(sheets, wanted.sheet);
  const rows = searched.flatMap((sheet) => rowsThatMayHead(sheet).map((header): Head => headIn(sheet, header)));
  if (rows.length === 0)
    return {
      refused: `${namesOf(searched)} ${searched.length === 1 ? 'holds' : 'hold'} no table.`,
      hint: 'Export the defects as a table with one row of headings.',
    };
  const candidates = profiles.flatMap((named) => {
    const known = knownTo(named.profile);
    return rows.map((row) => judge(named, known, row, wanted.firstSeen ?? false));
  });
  const fitting = candidates.filter(({ missing }) => missing.length === 0);
  if (fitting.length === 0) return noneFits(candidates, rows, wanted.profile);
  const best = bestOf(fitting, usedBefore);
  if ('refused' in best) return best;
  const { chosen, notes } = best;
  const heads = searched.flatMap((sheet) =>
    fitting
      .filter((candidate) => candidate.sheet === sheet && candidate.name === chosen.name)
      .sort((a, b) => b.share - a.share || a.header - b.header)
      .slice(0, 1),
  );
  const tables = heads.map(({ sheet, header, headings }) => ({
    sheet,
    header,
    headings,
    layout: layOut(headings, widthOf(sheet, header), chosen.profile),
  }));
  return { chosen: { name: chosen.name, profile: chosen.profile }, tables, notes };
}

function rowsThatMayHead({ rows }: Sheet): number[] {
  const found: number[] = [];
  for (const key of Object.keys(rows)) {
    if (filled(rows[Number(key)]) < 2) continue;
    found.push(Number(key));
    if (found.length === searchedRows) break;
  }
  return found;
}

function headIn(sheet: Sheet, header: number): Head {
  const headings = headingsIn(sheet.rows[header] ?? []);
  // What is longer than a heading is one of the texts below.
  return { sheet, header, headings, names: headings.map((heading) => (heading.length > 200 ? '' : normal(heading))) };
}

function judge(named: NamedProfile, known: (name: string) => boolean, head: Head, firstSeen: boolean): Candidate {
  const given = head.names.filter((name) => name !== '');
  return {
    ...named,
    ...head,
    missing: lacking(head.names, named.profile, firstSeen),
    share: given.filter(known).length / given.length,
  };
}

/**
 * The best candidate: its values first, in tenths, then how many of the headings it knows, whether defects came by it
 * before, and its usual form of dates.
 */
function bestOf(
  fitting: readonly Candidate[],
  usedBefore: ReadonlySet<string>,
): { chosen: Candidate; notes: string[] } | Refused {
  const byProfile = new Map<string, Candidate>();
  for (const candidate of fitting) {
    const held = byProfile.get(candidate.name);
    if (!held || candidate.share > held.share) byProfile.set(candidate.name, candidate);
  }
  if (byProfile.size === 1) return { chosen: [...byProfile.values()][0] as Candidate, notes: [] };
  const scored = [...byProfile.values()].map((candidate) => ({
    candidate,
    values: Math.round(10 * valuesKnown(candidate)),
    share: candidate.share,
    usual: Number(readsUsually(candidate)),
  }));
  const used = ({ candidate: { name } }: { candidate: Candidate }) => Number(usedBefore.has(name));
  scored.sort(
    (a, b) =>
      b.values - a.values ||
      b.share - a.share ||
      used(b) - used(a) ||
      b.usual - a.usual ||
      (a.candidate.name < b.candidate.name ? -1 : 1),
  );
  const [first, second] = scored as [(typeof scored)[number], (typeof scored)[number]];
  if (
    first.values > second.values ||
    first.share > second.share ||
    used(first) > used(second) ||
    first.usual > second.usual
  )
    return { chosen: first.candidate, notes: [] };
  const names = [first.candidate.name, second.candidate.name];
  if (first.candidate.profile.system !== second.candidate.profile.system)
    return {
      refused: `The profiles ${names.join(' and ')} fit alike, and they are of different trackers.`,
      hint: `Name the right one: --profile ${names[0]} or --profile ${names[1]}.`,
    };
  return { chosen: first.candidate, notes: [`The profiles ${names.join(' and ')} fit alike; ${names[0]} was taken.`] };
}

/**
 * Whether the first date is in the form that a profile names first, the one its tracker writes when nobody has changed
 * it.
 */
function readsUsually({ sheet, header, headings, profile }: Candidate): boolean {
  const { positions } = layOut(headings, headings.length, profile);
  const form = compileForm(profile.dates[0] as string, profile.languages);
  const text = sheet.rows
    .slice(header + 1, header + 1 + sampledRows)
    .map((row) => textOf(row?.[positions.get('raised')?.[0] ?? -1]).trim())
    .find(Boolean);
  return text !== undefined && typeof form.read(text) === 'object';
}

/** The share of statuses that a profile knows and of dates that it can read, among the first rows. */
function valuesKnown({ sheet, header, headings, profile }: Candidate): number {
  const { positions } = layOut(headings, headings.length, profile);
  const forms = profile.dates.map((form) => compileForm(form, profile.languages));
  const isKnown = {
    status: (text: string) => Object.hasOwn(profile.fields.status.map, text),
    raised: (text: string) => forms.some(({ read }) => typeof read(text) === 'object'),
  };
  let [seen, known] = [0, 0];
  for (const row of sheet.rows.slice(header + 1, header + 1 + sampledRows)) {
    for (const field of ['status', 'raised'] as const) {
      const cell = row?.[positions.get(field)?.[0] ?? -1];
      const text = textOf(cell).trim();
      if (text === '') continue;
      seen += 1;
      if (isKnown[field](text) || (field === 'raised' && typeof cell === 'object' && 'date' in cell)) known += 1;
    }
  }
  return seen === 0 ? 0 : known / seen;
}

/** Columns up to the last that has a heading or a cell that is not empty. */
function widthOf({ rows }: Sheet, header: number): number {
  let width = 0;
  for (const key of Object.keys(rows)) {
    const row = Number(key) < header ? [] : (rows[Number(key)] ?? []);
    let length = row.length;
    while (length > width && isEmpty(row[length - 1])) length -= 1;
    width = Math.max(width, length);
  }
  return width;
}

function noSheet(sheets: readonly Sheet[], wanted: string | undefined): Refused {
  const names = sheets.map(({ name }) => name).join(', ');
  if (names === '') return { refused: 'The file is text, and has no sheets.', hint: 'Leave --sheet out.' };
  if (wanted !== undefined) return { refused: `There is no sheet "${wanted}".`, hint: `The sheets are ${names}.` };
  return { refused: `All sheets of the workbook are hidden: ${names}.`, hint: 'Name the one to read: --sheet NAME.' };
}

function noneFits(
  candidates: readonly Candidate[],
  rows: readonly { headings: string[] }[],
  wanted: string | undefined,
): Refused {
  const nearest = [...candidates].sort((a, b) => a.missing.length - b.missing.length || b.share - a.share)[0];
  const draft = 'draft a profile from this file with --new-profile NAME';
  if (!nearest)
    return { refused: 'There is no profile that could read the export.', hint: `Put one into profiles/, or ${draft}.` };
  const headings = nearest.headings.filter(Boolean);
  const shown = listed(headings, 12);
  const seen = nearest.missing.join() === 'raised' ? ', or let the day of this export stand for it (--first-seen)' : '';
  const missing = nearest.missing.join(', ').replace(/, ([^,]*)$/, ' and $1');
  if (wanted !== undefined)
    return {
      refused: `The profile ${wanted} finds no column for ${missing} among the headings ${shown}.`,
      hint: `Export that column too, or name its heading in profiles/${wanted}.yaml${seen}.`,
    };
  if (rows.length === 0 || nearest.missing.length > 1)
    return {
      refused: `This is no export of defects that any profile knows: its headings are ${shown}.`,
      hint: `If it is one, ${draft}.`,
    };
  return {
    refused: `No profile fits the headings ${shown}; the nearest, ${nearest.name}, finds no column for ${missing}.`,
    hint: `Export that column too${seen}, or ${draft}.`,
  };
}

function namesOf(sheets: readonly Sheet[]): string {
  const names = sheets.map(({ name }) => name).filter(Boolean);
  if (names.length === 0) return 'The file';
  return names.length === 1 ? `The sheet ${names[0]}` : `The sheets ${names.join(', ')}`;
}
