import { filled, type Sheet } from '../sheet.ts';
import type { NamedProfile } from '../table.ts';
import { headingsIn, knownTo, lacking, normal } from './columns.ts';

/** A row that may be one of headings, with these as they are and as they are compared. */
export type Head = { sheet: Sheet; header: number; headings: string[]; names: string[] };

/** A profile and headings that it may be that of: what it lacks, and the share of the headings that it knows. */
export type Candidate = NamedProfile & Head & { missing: string[]; share: number };

/** So many rows of a sheet are looked at. */
const searchedRows = 60;

/** The rows of a sheet that may be headings. */
export function headsIn(sheet: Sheet): Head[] {
  const found: Head[] = [];
  for (const key of Object.keys(sheet.rows)) {
    if (filled(sheet.rows[Number(key)]) < 2) continue;
    found.push(headIn(sheet, Number(key)));
    if (found.length === searchedRows) break;
  }
  return found;
}

function headIn(sheet: Sheet, header: number): Head {
  const headings = headingsIn(sheet.rows[header] ?? []);
  // What is longer than a heading is one of the texts below.
  return { sheet, header, headings, names: headings.map((heading) => (heading.length > 200 ? '' : normal(heading))) };
}

/** Every profile with every row of headings; with `firstSeen` no column need say when a defect was raised. */
export function candidatesOf(
  profiles: readonly NamedProfile[],
  heads: readonly Head[],
  firstSeen: boolean,
): Candidate[] {
  return profiles.flatMap((named) => {
    const known = knownTo(named.profile);
    return heads.map((head) => {
      const given = head.names.filter((name) => name !== '');
      const missing = lacking(head.names, named.profile, firstSeen);
      return { ...named, ...head, missing, share: given.filter(known).length / given.length };
    });
  });
}
