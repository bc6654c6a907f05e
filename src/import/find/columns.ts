import type { Profile } from '../../model/profile.ts';
import { cleanText, oneLine } from '../clean-text.ts';
import { formsGivenBack, isReason } from '../given-back.ts';
import { type Cell, isEmpty, letterOf, textOf } from '../sheet.ts';
import type { Column, FieldName, Layout } from '../table.ts';

export const neededFields = ['id', 'title', 'status', 'raised'] as const;

/** A heading as it is compared: without regard to case, to the form of its letters and to spaces. */
export function normal(heading: string): string {
  return heading
    .normalize('NFC')
    .replace(/[\s\u200b]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Headings of a row by position; cells that are not text are not headings. */
export function headingsIn(cells: readonly Cell[]): string[] {
  return Array.from(cells, (cell) => (isEmpty(cell) ? '' : oneLine(cleanText(textOf(cell)))));
}

/** What becomes of each column of a table, `width` of them, under a profile. */
export function layOut(headings: readonly string[], width: number, profile: Profile): Layout {
  const names = Array.from({ length: width }, (_, index) => normal(headings[index] ?? ''));
  const positions = positionsOf(names, profile);
  const known = knownTo(profile);
  const columns = names.map((name, index): Column => {
    const fields = [...positions].filter(([, at]) => at.includes(index)).map(([field]) => field);
    const kept = name === '' ? undefined : profile.keep.find(({ column }) => matches(column, name));
    const base = {
      index,
      letter: letterOf(index),
      heading: (headings[index] ?? '') || `column ${letterOf(index)}`,
      fields,
    };
    if (isReason(base.heading)) return { ...base, fate: 'ignored' };
    if (kept)
      return {
        ...base,
        fate: fields.length > 0 ? 'mapped' : 'kept',
        keep: { separator: kept.separator, volatile: kept.volatile ?? false },
      };
    if (fields.length > 0) return { ...base, fate: 'mapped' };
    if (name !== '' && profile.ignore.some((entry) => matches(entry, name))) return { ...base, fate: 'ignored' };
    return { ...base, fate: name !== '' && known(name) ? 'kept' : 'unknown', keep: { volatile: false } };
  });
  return { columns, positions, givenBack: formsGivenBack(headings) };
}

/** The alternatives of every field, in the profile's order. */
export function alternativesOf({ fields }: Profile): [FieldName, readonly string[]][] {
  const named = Object.entries(fields).flatMap(([field, entry]): [FieldName, readonly string[]][] =>
    entry ? [[field as FieldName, entry.columns]] : [],
  );
  return fields.status.refine ? [...named, ['resolution', fields.status.refine.columns]] : named;
}

/**
 * The fields without which no defect can be recorded and for which headings, in their normal form, have no column. With
 * `firstSeen` the day of the export stands for that on which a defect was raised.
 */
export function lacking(names: readonly string[], profile: Profile, firstSeen = false): FieldName[] {
  const positions = positionsOf(names, profile);
  return neededFields.filter((field) => !positions.has(field) && !(firstSeen && field === 'raised'));
}

/** Tells whether a heading, in its normal form, stands anywhere in a profile. */
export function knownTo(profile: Profile): (name: string) => boolean {
  const patterns = [
    ...alternativesOf(profile).flatMap(([, columns]) => columns),
    ...profile.keep.map(({ column }) => column),
    ...profile.ignore,
    ...(profile.only ? [profile.only.column] : []),
    ...(profile.history ? [profile.history.by] : []),
    'Quarantine reason*',
  ];
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')).map(normal));
  const open = patterns.filter((pattern) => pattern.includes('*'));
  return (name) => exact.has(name) || open.some((pattern) => matches(pattern, name));
}

/** The column with a heading that a profile names. */
export function columnNamed({ columns }: Layout, name: string): Column | undefined {
  return columns.find(({ heading }) => normal(heading) === normal(name));
}

function positionsOf(names: readonly string[], profile: Profile): Map<FieldName, number[]> {
  const found = new Map<FieldName, number[]>();
  for (const [field, alternatives] of alternativesOf(profile)) {
    for (const alternative of alternatives) {
      const at = names.flatMap((name, index) => (name !== '' && matches(alternative, name) ? [index] : []));
      if (at.length === 0) continue;
      found.set(field, at);
      break;
    }
  }
  return found;
}

const compiled = new Map<string, string | RegExp>();

/** Whether a heading in its normal form is that of a pattern, in which an asterisk stands for any letters. */
function matches(pattern: string, name: string): boolean {
  let expected = compiled.get(pattern);
  if (expected === undefined) {
    const parts = normal(pattern).split('*');
    expected =
      parts.length === 1
        ? (parts[0] as string)
        : new RegExp(`^${parts.map((part) => RegExp.escape(part)).join('.*')}$`, 'u');
    compiled.set(pattern, expected);
  }
  return typeof expected === 'string' ? expected === name : expected.test(name);
}
