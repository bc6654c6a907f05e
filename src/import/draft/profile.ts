import { Document, isMap } from 'yaml';
import type { z } from 'zod';
import { yamlOptions } from '../../load/yaml-document.ts';
import type { Programme } from '../../model/programme.ts';
import type { profile as profileSchema } from '../../model/profile.ts';
import { neededFields } from '../find/columns.ts';
import type { Refused } from '../remark.ts';
import { type Cell, filled, type Sheet, textOf } from '../sheet.ts';
import type { FieldName, NamedProfile } from '../table.ts';
import { guessForms } from './dates.ts';
import { guessFields, headOf } from './headings.ts';
import { formatOf, type GuessedMap, guessMap } from './values.ts';

/** A profile drafted from an export, and what a person has to decide before it is used. */
export type Draft = { text: string; undecided: string[] };

/**
 * Drafts a profile by looking at an export: headings, the values of status and severity, forms of dates. What it cannot
 * know it leaves to decide.
 */
export function draftProfile(
  name: string,
  sheets: readonly Sheet[],
  profiles: readonly NamedProfile[],
  programme: Programme,
): Draft | Refused {
  const head = headOf(sheets, profiles);
  if (!head)
    return { refused: 'The file holds no table.', hint: 'Export the defects as a table with one row of headings.' };
  const { headings } = head;
  const rows = head.sheet.rows.slice(head.header + 1).filter((row) => filled(row) > 1);
  const fields = guessFields(headings, profiles);
  const dates = guessForms(rows, fields, profiles, headings);
  const maps = guessMaps(rows, fields, profiles, programme);
  const drafted = profileOf(name, headings, { fields, forms: dates.forms, maps, rows }, programme);
  const document = new Document(drafted, yamlOptions);
  document.commentBefore = ` Drafted from an export by ccmt import --new-profile. Read it through: what it maps is what readers will be told.`;
  for (const { field, open, choices } of maps)
    if (open.length > 0) leaveOpen(document.getIn(['fields', field, 'map'], true), open, choices);
  return {
    text: document.toString({ lineWidth: 0, flowCollectionPadding: false }),
    undecided: [
      ...neededFields
        .filter((field) => !fields.has(field))
        .map((field) => `Name the heading of the column for ${field}.`),
      ...dates.undecided,
      ...maps.filter(({ open }) => open.length > 0).map(questionOn),
    ],
  };
}

/** The maps of a profile, with the values that are left to decide and those to choose from. */
type DraftedMap = GuessedMap & { field: 'status' | 'severity'; choices: string[] };

function guessMaps(
  rows: readonly Cell[][],
  fields: ReadonlyMap<FieldName, number>,
  profiles: readonly NamedProfile[],
  { statuses, severities }: Programme,
): DraftedMap[] {
  const words = { status: statuses, severity: severities.map(({ id, name = id }) => ({ id, name })) };
  return (['status', 'severity'] as const).map((field) => {
    const learned = profiles.map(({ profile }) => profile.fields[field]?.map ?? {});
    const choices = words[field].map(({ id }) => id);
    return { field, choices, ...guessMap(rows, fields.get(field), learned, words[field]) };
  });
}

function questionOn({ field, open }: DraftedMap): string {
  const values = open.map((value) => `"${value}"`).join(', ');
  return `Say what ${values} ${open.length === 1 ? 'means' : 'mean'} as ${field}.`;
}

type Guessed = {
  fields: ReadonlyMap<FieldName, number>;
  forms: string[];
  maps: readonly DraftedMap[];
  rows: readonly Cell[][];
};

/** What stands in place of a heading that nobody could guess. */
const nameThis = 'NAME THE HEADING';

function profileOf(
  name: string,
  headings: readonly string[],
  { fields, forms, maps, rows }: Guessed,
  { zone }: Programme,
): z.input<typeof profileSchema> {
  const named = (field: FieldName) => ({ columns: [headings[fields.get(field) ?? -1] ?? nameThis] });
  const ifThere = (field: FieldName) => (fields.has(field) ? { [field]: named(field) } : {});
  const mapOf = (field: DraftedMap['field']) => maps.find((map) => map.field === field)?.known ?? {};
  const used = new Set(fields.values());
  const rest = new Set(headings.filter((heading, index) => heading !== '' && !used.has(index)));
  const description = fields.get('description');
  const texts = description === undefined ? [] : rows.map((row) => textOf(row[description]));
  return {
    title: `Export of ${name}`,
    system: name,
    zone,
    dates: forms,
    languages: ['en'],
    fields: {
      id: named('id'),
      title: named('title'),
      status: { ...named('status'), map: mapOf('status') },
      ...(fields.has('severity') ? { severity: { ...named('severity'), map: mapOf('severity') } } : {}),
      ...ifThere('priority'),
      raised: named('raised'),
      ...ifThere('resolved'),
      ...ifThere('closed'),
      ...ifThere('team'),
      ...ifThere('assigned'),
      ...(fields.has('component') ? { component: { ...named('component'), map: {} } } : {}),
      ...(description === undefined ? {} : { description: { ...named('description'), format: formatOf(texts) } }),
    },
    keep: [...rest].map((column) => ({ column })),
    ignore: [],
    cut: [],
  };
}

/**
 * Values that nobody has decided stand below the map as comments, so that their rows are quarantined until somebody
 * does.
 */
function leaveOpen(map: unknown, values: readonly string[], choices: readonly string[]): void {
  if (!isMap(map)) return;
  map.flow = false;
  map.comment = [` Decide, one of ${choices.join(', ')}:`, ...values.map((value) => ` ${JSON.stringify(value)}:`)].join(
    '\n',
  );
}
