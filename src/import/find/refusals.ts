import type { Refused } from '../remark.ts';
import type { Sheet } from '../sheet.ts';
import { listed } from '../wording.ts';
import type { Candidate } from './candidate.ts';

/** Why no sheet is read: there is none of that name, or all are hidden. */
export function noSheet(sheets: readonly Sheet[], wanted: string | undefined): Refused {
  const names = sheets.map(({ name }) => name).join(', ');
  if (names === '') return { refused: 'The file is text, and has no sheets.', hint: 'Leave --sheet out.' };
  if (wanted !== undefined) return { refused: `There is no sheet "${wanted}".`, hint: `The sheets are ${names}.` };
  return { refused: `All sheets of the workbook are hidden: ${names}.`, hint: 'Name the one to read: --sheet NAME.' };
}

/** Why no profile reads the headings: what the nearest one lacks. `wanted` is the only one that was asked. */
export function noneFits(candidates: readonly Candidate[], wanted: string | undefined): Refused {
  const nearest = [...candidates].sort((a, b) => a.missing.length - b.missing.length || b.share - a.share)[0];
  const draft = 'draft a profile from this file with --new-profile NAME';
  if (!nearest)
    return { refused: 'There is no profile that could read the export.', hint: `Put one into profiles/, or ${draft}.` };
  const headings = firstFull(candidates, nearest).headings.filter(Boolean);
  const shown = listed(headings, 12);
  const seen = nearest.missing.join() === 'raised' ? ', or let the day of this export stand for it (--first-seen)' : '';
  const missing = nearest.missing.join(', ').replace(/, ([^,]*)$/, ' and $1');
  if (wanted !== undefined)
    return {
      refused: `The profile ${wanted} finds no column for ${missing} among the headings ${shown}.`,
      hint: `Export that column too, or name its heading in profiles/${wanted}.yaml${seen}.`,
    };
  if (nearest.missing.length > 1)
    return {
      refused: `No profile knows this file as an export of defects: its headings are ${shown}.`,
      hint: `If it is one, ${draft}.`,
    };
  return {
    refused: `No profile fits the headings ${shown}; the nearest, ${nearest.name}, finds no column for ${missing}.`,
    hint: `Export that column too${seen}, or ${draft}.`,
  };
}

/** Where no row is known as one of headings, the first that is as full as any other is shown as one. */
function firstFull(candidates: readonly Candidate[], nearest: Candidate): Candidate {
  if (nearest.missing.length < 2) return nearest;
  const own = candidates.filter(({ name, sheet }) => name === nearest.name && sheet === nearest.sheet);
  const fullness = ({ names }: Candidate) => names.filter(Boolean).length;
  const most = Math.max(...own.map(fullness));
  return own.toSorted((a, b) => a.header - b.header).find((candidate) => fullness(candidate) === most) ?? nearest;
}

/** Why sheets without a row that could be one of headings are not read. */
export function noTable(searched: readonly Sheet[]): Refused {
  const names = searched.map(({ name }) => name).filter(Boolean);
  const subject =
    names.length === 0 ? 'The file' : names.length === 1 ? `The sheet ${names[0]}` : `The sheets ${names.join(', ')}`;
  return {
    refused: `${subject} ${searched.length === 1 ? 'holds' : 'hold'} no table.`,
    hint: 'Export the defects as a table with one row of headings.',
  };
}

/** A refusal that also names the hidden sheets, in which the defects may stand. */
export function withHidden(refused: Refused, sheets: readonly Sheet[], searched: readonly Sheet[]): Refused {
  const names = sheets.filter((sheet) => sheet.isHidden && !searched.includes(sheet)).map(({ name }) => name);
  const [first] = names;
  if (first === undefined) return refused;
  const told =
    names.length === 1
      ? `The sheet ${first} is hidden and was not looked at.`
      : `The sheets ${listed(names, 5)} are hidden and were not looked at.`;
  return { refused: `${refused.refused} ${told}`, hint: `${refused.hint} To read a hidden sheet: --sheet "${first}".` };
}
