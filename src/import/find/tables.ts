import type { Profile } from '../../model/profile.ts';
import type { Refused } from '../remark.ts';
import { isEmpty, type Sheet } from '../sheet.ts';
import type { Found, NamedProfile, Table } from '../table.ts';
import { type Candidate, candidatesOf, headsIn } from './candidate.ts';
import { chooseProfile } from './choose-profile.ts';
import { layOut } from './columns.ts';
import { noneFits, noSheet, noTable, withHidden } from './refusals.ts';

/** What was asked for: a profile, a sheet, and whether the day of the export may stand for that of raising. */
export type Wanted = { profile?: string | undefined; sheet?: string | undefined; firstSeen?: boolean | undefined };

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
  const heads = searched.flatMap(headsIn);
  if (heads.length === 0) return withHidden(noTable(searched), sheets, searched);
  const candidates = candidatesOf(profiles, heads, wanted.firstSeen ?? false);
  const fitting = candidates.filter(({ missing }) => missing.length === 0);
  if (fitting.length === 0) return withHidden(noneFits(candidates, wanted.profile), sheets, searched);
  const best = chooseProfile(fitting, usedBefore);
  if ('refused' in best) return best;
  const { chosen, remarks } = best;
  const own = fitting.filter(({ name }) => name === chosen.name);
  return { chosen, tables: searched.flatMap((sheet) => tableIn(sheet, own, chosen.profile)), remarks };
}

/** The table of a sheet: below the headings of which its profile knows most, the first of them. */
function tableIn(sheet: Sheet, candidates: readonly Candidate[], profile: Profile): Table[] {
  const [best] = candidates
    .filter((candidate) => candidate.sheet === sheet)
    .toSorted((a, b) => b.share - a.share || a.header - b.header);
  if (!best) return [];
  const { header, headings } = best;
  return [{ sheet, header, headings, layout: layOut(headings, widthOf(sheet, header), profile) }];
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
