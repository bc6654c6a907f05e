import { compileForm } from '../dates/form.ts';
import type { Refused, Remark } from '../remark.ts';
import { textOf } from '../sheet.ts';
import type { NamedProfile } from '../table.ts';
import type { Candidate } from './candidate.ts';
import { layOut } from './columns.ts';

/** So many rows below the headings are looked at. */
const sampledRows = 200;

/**
 * The profile that reads the export best: by its values first, in tenths, then by how many of the headings it knows,
 * whether defects came by it before, and its usual form of dates. Refuses when two of different trackers fit alike.
 */
export function chooseProfile(
  fitting: readonly Candidate[],
  usedBefore: ReadonlySet<string>,
): { chosen: NamedProfile; remarks: Remark[] } | Refused {
  const ranked = bestOfEach(fitting)
    .map((candidate, _, all) => ({ candidate, rank: all.length === 1 ? [] : rankOf(candidate, usedBefore) }))
    .sort((a, b) => compareRanks(b.rank, a.rank) || (a.candidate.name < b.candidate.name ? -1 : 1));
  const [first, second] = ranked as [(typeof ranked)[number], (typeof ranked)[number] | undefined];
  const { name, profile } = first.candidate;
  const chosen = { name, profile };
  if (!second || compareRanks(first.rank, second.rank) > 0) return { chosen, remarks: [] };
  const other = second.candidate;
  if (profile.system !== other.profile.system)
    return {
      refused: `The profiles ${name} and ${other.name} fit alike, and they are of different trackers.`,
      hint: `Name the right one: --profile ${name} or --profile ${other.name}.`,
    };
  return { chosen, remarks: [{ code: 'profiles-alike', taken: name, other: other.name }] };
}

/** Of each profile the row of headings of which it knows most. */
function bestOfEach(fitting: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of fitting) {
    const held = best.get(candidate.name);
    if (!held || candidate.share > held.share) best.set(candidate.name, candidate);
  }
  return [...best.values()];
}

function rankOf(candidate: Candidate, usedBefore: ReadonlySet<string>): number[] {
  return [
    Math.round(10 * valuesKnown(candidate)),
    candidate.share,
    Number(usedBefore.has(candidate.name)),
    Number(readsUsually(candidate)),
  ];
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place === -1 ? 0 : (a[place] as number) - (b[place] as number);
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
