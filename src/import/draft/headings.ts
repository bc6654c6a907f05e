import { alternativesOf, headingsIn, normal } from '../find/columns.ts';
import { filled, type Sheet } from '../sheet.ts';
import type { FieldName, NamedProfile } from '../table.ts';

/** What headings look like where no profile knows them. */
const usualHeadings: [FieldName, RegExp][] = [
  ['id', /^(?:(?:defect|bug|issue|incident|ticket|item|case|record)?[ _-]?(?:id|no\.?|number|ref(?:erence)?|key)|#)$/],
  ['title', /^(?:title|summary|subject|headline|short[ _]description|name)$/],
  ['status', /^(?:defect|bug|issue)?[ _]?(?:status|state)$/],
  ['severity', /severity|^sev\.?$/],
  ['priority', /priority|^prio\.?$/],
  [
    'raised',
    /^(?:date[ _])?(?:raised|created|opened|reported|submitted|detected|logged)\b|^(?:creation|open)[ _-]?(?:date|time)$/,
  ],
  ['resolved', /^(?:date[ _])?(?:resolved|fixed)(?:[ _](?:on|date|at))?$/],
  ['closed', /^(?:date[ _])?(?:closed|closing)(?:[ _](?:on|date|at))?$/],
  ['component', /^(?:component|module|application|system|product|area)s?\b/],
  ['team', /team|group|assign(?:ed|ee)|owner/],
  ['description', /^(?:description|details|steps to reproduce)$/],
];

/** The headings of an export: their row, and how they are written. */
export type Head = { sheet: Sheet; header: number; headings: string[] };

/** The row that most of the needed fields can be read from, else the first that is wide enough to be headings. */
export function headOf(sheets: readonly Sheet[], profiles: readonly NamedProfile[]): Head | undefined {
  const candidates = sheets
    .filter(({ isHidden }) => !isHidden)
    .flatMap((sheet) =>
      Object.keys(sheet.rows)
        .slice(0, 60)
        .map(Number)
        .filter((header) => filled(sheet.rows[header]) >= 2)
        .map((header) => ({ sheet, header, headings: headingsIn(sheet.rows[header] ?? []) })),
    );
  const score = ({ headings }: Head) => guessFields(headings, profiles).size;
  return candidates.toSorted(
    (a, b) => score(b) - score(a) || filled(b.sheet.rows[b.header]) - filled(a.sheet.rows[a.header]),
  )[0];
}

/** Which column seems to feed each field: by what headings look like, else by what the profiles that are there say. */
export function guessFields(headings: readonly string[], profiles: readonly NamedProfile[]): Map<FieldName, number> {
  const found = new Map<FieldName, number>();
  const names = headings.map(normal);
  const known = Map.groupBy(
    profiles.flatMap(({ profile }) => alternativesOf(profile)),
    ([field]) => field,
  );
  for (const [field, pattern] of usualHeadings) {
    const spellings = new Set((known.get(field) ?? []).flatMap(([, columns]) => columns.map(normal)));
    const free = (index: number) => field === 'priority' || ![...found.values()].includes(index);
    const at = names.findIndex((name, index) => name !== '' && free(index) && pattern.test(name));
    const index =
      at === -1 ? names.findIndex((name, position) => name !== '' && free(position) && spellings.has(name)) : at;
    if (index !== -1) found.set(field, index);
  }
  return found;
}
