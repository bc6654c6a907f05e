import { Document, isMap, type YAMLMap } from 'yaml';
import type { Profile, Programme } from '../../model/index.ts';
import { cleanText } from '../clean-text.ts';
import { type DateColumn, decideForms } from '../dates/columns.ts';
import { compileForm } from '../dates/form.ts';
import { alternativesOf, headingsIn, neededFields, normal } from '../find/columns.ts';
import type { Refused } from '../remark.ts';
import { type Cell, filled, isEmpty, type Sheet, textOf } from '../sheet.ts';
import { dateFields, type FieldName, type NamedProfile } from '../table.ts';

/** A profile drafted from an export, and what a person has to decide before it is used. */
export type Draft = { text: string; undecided: string[] };

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
const usualForms = [
  'yyyy-MM-dd',
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd HH:mm:ss',
  "yyyy-MM-dd'T'HH:mm:ssZZZ",
  'd/M/yyyy',
  'd/M/yyyy H:mm',
  'd/M/yyyy H:mm:ss',
  'M/d/yyyy h:mm:ss a',
  'M/d/yyyy h:mm a',
  'd.M.yyyy',
  'd.M.yyyy H:mm',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'd MMM yyyy',
  'd/MMM/yy h:mm a',
  'd/MMM/yy HH:mm',
];
const nameThis = 'NAME THE HEADING';
const mostValues = 60;

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
  const { sheet, header, headings } = head;
  const fields = guessFields(headings, profiles);
  const rows = sheet.rows.slice(header + 1).filter((row) => filled(row) > 1);
  const undecided = neededFields
    .filter((field) => !fields.has(field))
    .map((field) => `Name the heading of the column for ${field}.`);
  const status = guessMap(
    rows,
    fields.get('status'),
    profiles.map(({ profile }) => profile.fields.status.map),
    programme.statuses,
  );
  const severity = guessMap(
    rows,
    fields.get('severity'),
    profiles.map(({ profile }) => profile.fields.severity?.map ?? {}),
    programme.severities,
  );
  const forms = guessForms(rows, fields, profiles, headings);
  if (forms.note) undecided.push(forms.note);
  const document = new Document(
    profileOf(
      name,
      headings,
      fields,
      { status: status.known, severity: severity.known, forms: forms.forms, rows },
      programme,
    ),
    { schema: 'core', version: '1.2' },
  );
  document.commentBefore = ` Drafted from an export by ccmt import --new-profile. Read it through: what it maps is what readers will be told.`;
  for (const [field, { open }] of [
    ['status', status],
    ['severity', severity],
  ] as const) {
    if (open.length === 0) continue;
    undecided.push(
      `Say what ${open.map((value) => `"${value}"`).join(', ')} ${open.length === 1 ? 'means' : 'mean'} as ${field}.`,
    );
    leaveOpen(
      document.getIn(['fields', field, 'map'], true) as YAMLMap,
      open,
      (field === 'status' ? programme.statuses : programme.severities).map(({ id }) => id),
    );
  }
  return { text: document.toString({ lineWidth: 0, flowCollectionPadding: false }), undecided };
}

type Head = { sheet: Sheet; header: number; headings: string[] };

/** The row that most of the needed fields can be read from, else the first that is wide enough to be headings. */
function headOf(sheets: readonly Sheet[], profiles: readonly NamedProfile[]): Head | undefined {
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

function guessFields(headings: readonly string[], profiles: readonly NamedProfile[]): Map<FieldName, number> {
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

/** Values that some profile or the programme itself knows, and those that are left to decide. */
function guessMap(
  rows: readonly Cell[][],
  column: number | undefined,
  maps: readonly Record<string, string>[],
  own: readonly { id: string; name?: string }[],
): { known: Record<string, string>; open: string[] } {
  const values =
    column === undefined
      ? []
      : [...new Set(rows.map((row) => cleanText(textOf(row[column]))).filter(Boolean))].slice(0, mostValues);
  const known: Record<string, string> = {};
  const open: string[] = [];
  for (const value of values) {
    const same = own.find(({ id, name }) => [id, name].some((word) => word?.toLowerCase() === value.toLowerCase()))?.id;
    const learned = maps.find((map) => Object.hasOwn(map, value))?.[value];
    const target = same ?? learned;
    if (target === undefined) open.push(value);
    else Object.defineProperty(known, value, { value: target, enumerable: true, configurable: true, writable: true });
  }
  return { known, open };
}

function guessForms(
  rows: readonly Cell[][],
  fields: ReadonlyMap<FieldName, number>,
  profiles: readonly NamedProfile[],
  headings: readonly string[],
): { forms: string[]; note?: string } {
  const all = [...new Set([...usualForms, ...profiles.flatMap(({ profile }) => profile.dates)])];
  const columns = dateFields.flatMap((field): DateColumn[] => {
    const index = fields.get(field);
    return index === undefined
      ? []
      : [
          {
            index,
            heading: headings[index] ?? '',
            cells: rows
              .map((row, place) => ({ cell: row[index], address: `row ${place + 2}` }))
              .filter(({ cell }) => !isEmpty(cell)),
          },
        ];
  });
  const compiled = all.map((form) => compileForm(form, ['en']));
  const texts = columns.flatMap(({ cells }) =>
    [...cells].flatMap(({ cell }) => (typeof cell === 'string' ? [cell.trim()] : [])),
  );
  const fitting = compiled.filter(
    ({ read }) => texts.length > 0 && texts.every((text) => typeof read(text) === 'object'),
  );
  const orders = new Set(fitting.flatMap(({ order }) => (order ? [order] : [])));
  if (orders.size > 1)
    return {
      forms: [...orders].map((order) => (fitting.find((form) => form.order === order) as { form: string }).form),
      note: 'Say whether day or month comes first in the dates: leave one of the forms.',
    };
  if (fitting[0]) return { forms: [fitting[0].form] };
  const decided = decideForms(columns, compiled);
  const forms =
    'refused' in decided ? [] : [...new Set([...decided.values()].flatMap((form) => (form ? [form.form] : [])))];
  return forms.length > 0
    ? { forms }
    : {
        forms: ['yyyy-MM-dd'],
        ...(texts.length > 0 ? { note: `Name the forms of the dates, such as "${texts[0]}".` } : {}),
      };
}

type Guessed = {
  status: Record<string, string>;
  severity: Record<string, string>;
  forms: string[];
  rows: readonly Cell[][];
};

function profileOf(
  name: string,
  headings: readonly string[],
  fields: ReadonlyMap<FieldName, number>,
  guessed: Guessed,
  { zone }: Programme,
): Profile {
  const named = (field: FieldName) => ({ columns: [headings[fields.get(field) ?? -1] ?? nameThis] });
  const plain = (['priority', 'raised', 'resolved', 'closed', 'team', 'assigned'] as const).flatMap((field) =>
    fields.has(field) || field === 'raised' ? [[field, named(field)]] : [],
  );
  const used = new Set(fields.values());
  const rest = [...new Set(headings.filter((heading, index) => heading !== '' && !used.has(index)))];
  const description = fields.get('description');
  return {
    title: `Export of ${name}`,
    system: name,
    zone,
    dates: guessed.forms,
    languages: ['en'],
    fields: {
      id: named('id'),
      title: named('title'),
      status: { ...named('status'), map: guessed.status },
      ...(fields.has('severity') ? { severity: { ...named('severity'), map: guessed.severity } } : {}),
      ...Object.fromEntries(plain),
      ...(fields.has('component') ? { component: { ...named('component'), map: {} } } : {}),
      ...(description === undefined
        ? {}
        : {
            description: {
              ...named('description'),
              format: formatOf(guessed.rows.map((row) => textOf(row[description]))),
            },
          }),
    },
    keep: rest.map((column) => ({ column })),
    ignore: [],
    cut: [],
  } as unknown as Profile;
}

/** How most of the descriptions are written. */
function formatOf(texts: readonly string[]): 'plain' | 'html' | 'jira-wiki' {
  const share = (pattern: RegExp) =>
    texts.filter((text) => pattern.test(text)).length / Math.max(1, texts.filter(Boolean).length);
  if (share(/<\/?(?:p|div|br|span|li|table)\b/i) > 0.2) return 'html';
  return share(/\{(?:code|noformat|quote|panel)\b|^h[1-6]\. |\{\{/m) > 0.05 ? 'jira-wiki' : 'plain';
}

/**
 * Values that nobody has decided stand below the map as comments, so that their rows are quarantined until somebody
 * does.
 */
function leaveOpen(map: YAMLMap, values: readonly string[], choices: readonly string[]): void {
  if (!isMap(map)) return;
  map.flow = false;
  map.comment = [` Decide, one of ${choices.join(', ')}:`, ...values.map((value) => ` ${JSON.stringify(value)}:`)].join(
    '\n',
  );
}
