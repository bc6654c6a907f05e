import type { Component, Defect, Profile, Programme } from '../model/index.ts';
import { unchanged, unrated } from '../model/profile.ts';
import { toInstant } from '../model/time.ts';
import { type Cell, isEmpty, textOf } from './cell.ts';
import { cleaned, oneLine, shorten } from './clean-text.ts';
import type { Column, FieldName, Layout } from './columns.ts';
import { type DateForms, readDate, type Zones } from './date-columns.ts';
import type { DateForm } from './date-forms.ts';
import { ungiven } from './quarantine.ts';

export type Tracker = Defect['tracker'];
export type Other = NonNullable<Tracker['other']>[number];

/** What the tracker says of one defect. A field that the export has no column for is no property; one that is empty is undefined. */
export type Values = Partial<Omit<Tracker, 'history' | 'source' | 'other'>>;

/** What is wrong with a row, or worth a word: a clause without a full stop, and the column it speaks of. */
export type Problem = { column?: Column | undefined; message: string };

export type MappedRow = {
  id: string;
  values: Values;
  other: Other[];
  /** When the row was written, where the export has one row a change. */
  when?: string;
  problems: Problem[];
  flags: Problem[];
};

/** All that mapping needs to know beside the row, but for dates. */
export type TextMapping = {
  profile: Profile;
  profileName: string;
  layout: Layout;
  openStatuses: ReadonlySet<string>;
  /** Ids and names of components, in lower case, to ids. */
  components: ReadonlyMap<string, string>;
  kept: readonly Kept[];
};

/** What dates need, which is known only when all rows were seen. */
export type Mapping = TextMapping & {
  forms: DateForms;
  allForms: readonly DateForm[];
  zones: Zones;
  /** The column with the time of the row, where the export has one row a change. */
  changedAt?: number | undefined;
};

/** A heading whose cells are kept, with all columns that carry it. */
export type Kept = { heading: string; indexes: number[]; separator?: string | undefined };

export const dateFields = ['raised', 'resolved', 'closed', 'assigned'] as const;

/** The longest texts that spreadsheets and trackers leave when they cut longer ones without a word. */
const cutLengths = new Set([32_000, 32_767]);
const spreadsheetError = /^#(?:NAME\?|REF!|VALUE!|DIV\/0!|N\/A|NUM!|NULL!)$/;

/** What mapping needs to know of a table and a programme before it has seen all rows. */
export function textMapping(profileName: string, profile: Profile, layout: Layout, programme: Programme, components: readonly Component[]): TextMapping {
  return {
    profile, profileName, layout,
    openStatuses: new Set(programme.statuses.filter(({ open }) => open).map(({ id }) => id)),
    components: new Map(components.flatMap(({ id, name }) => [[id.toLowerCase(), id], [name.toLowerCase(), id]])),
    kept: keptIn(layout.columns),
  };
}

/** Reads all of a row but its dates. Problems are all reasons why it cannot become a defect; it is taken as it is, nothing is guessed. */
export function mapText(cells: readonly Cell[], mapping: TextMapping): MappedRow {
  const row: MappedRow = { id: '', values: {}, other: [], problems: [], flags: [] };
  const { layout, profile } = mapping;
  row.id = readId(cells, mapping, row);
  const isOwnKey = layout.positions.has('key') && layout.positions.get('key')?.[0] !== layout.positions.get('id')?.[0];
  row.values.key = (isOwnKey && oneLine(textAt(cells, 'key', mapping, row))) || row.id;
  row.values.title = needed(oneLine(textAt(cells, 'title', mapping, row)), 'title', layout, row);
  readStatus(cells, mapping, row);
  readSeverity(cells, mapping, row);
  for (const field of ['priority', 'team'] as const) if (layout.positions.has(field)) row.values[field] = oneLine(textAt(cells, field, mapping, row)) || undefined;
  readComponent(cells, mapping, row);
  if (layout.positions.has('description')) {
    const text = textAt(cells, 'description', mapping, row);
    row.values.description = text === '' ? undefined : { format: (profile.fields.description as { format: 'plain' }).format, text };
  }
  keepOthers(cells, mapping, row);
  return row;
}

/** Reads the dates of a row into what `mapText` made of it. */
export function mapDates(row: MappedRow, cells: readonly Cell[], mapping: Mapping): MappedRow {
  for (const field of dateFields) readDateField(cells, field, mapping, row);
  setAsideWhileOpen(mapping, row);
  checkOrder(mapping, row);
  readChangedAt(cells, mapping, row);
  return row;
}

function readId(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): string {
  const { index, cell } = firstAt(cells, mapping.layout.positions.get('id'));
  const text = oneLine(readText(cell, index, mapping, row));
  const column = mapping.layout.columns[index];
  if (text === '') row.problems.push({ column, message: 'the row has no id' });
  else if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(text) || (typeof cell === 'number' && !Number.isSafeInteger(cell))) row.problems.push({ column, message: `a spreadsheet has shortened the number to "${text}"` });
  const { digits } = mapping.profile.fields.id;
  return digits !== undefined && /^\d+$/.test(text) ? text.padStart(digits, '0') : text;
}

function readStatus(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  const { status } = mapping.profile.fields;
  const first = lookUp(cells, 'status', status, mapping, row);
  row.values.status = first;
  if (first === undefined && !row.problems.some(({ column }) => column?.fields.includes('status'))) row.problems.push({ column: columnOf('status', mapping.layout), message: 'the status is empty' });
  if (first === undefined || !status.refine || mapping.openStatuses.has(first) || !mapping.layout.positions.has('resolution')) return;
  const refined = lookUp(cells, 'resolution', status.refine, mapping, row);
  if (refined !== undefined && refined !== unchanged) row.values.status = refined;
}

function readSeverity(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  const { severity } = mapping.profile.fields;
  if (!severity || !mapping.layout.positions.has('severity')) return;
  const found = lookUp(cells, 'severity', severity, mapping, row);
  row.values.severity = found === unrated ? undefined : found;
}

/** A value of a closed list. One that is not in the map is a problem, an empty cell is what the profile says it is. */
function lookUp(cells: readonly Cell[], field: FieldName, entry: { map: Record<string, string>; empty?: string | undefined }, mapping: TextMapping, row: MappedRow): string | undefined {
  const text = textAt(cells, field, mapping, row);
  if (text === '') return entry.empty;
  if (Object.hasOwn(entry.map, text)) return entry.map[text];
  row.problems.push({ column: mapping.layout.columns[firstAt(cells, mapping.layout.positions.get(field)).index], message: `"${shorten(text)}" is not in the map of profile ${mapping.profileName}` });
  return undefined;
}

/** The component, if the tracker names one of ours; its own words are kept where they say more. */
function readComponent(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  const at = mapping.layout.positions.get('component');
  if (!at) return;
  const names = at.map((index) => readText(cells[index], index, mapping, row)).filter(Boolean);
  const map = mapping.profile.fields.component?.map ?? {};
  const own = names.map((name) => (Object.hasOwn(map, name) ? map[name] : mapping.components.get(name.toLowerCase())));
  row.values.component = own.find((component) => component !== undefined);
  const heading = (mapping.layout.columns[at[0] as number] as Column).heading;
  if (names.length > 1 || (names.length === 1 && own[0] === undefined)) row.other.push({ column: heading, values: names });
}

function readDateField(cells: readonly Cell[], field: (typeof dateFields)[number], mapping: Mapping, row: MappedRow): void {
  const { index, cell } = firstAt(cells, mapping.layout.positions.get(field));
  if (index === -1) return;
  const column = mapping.layout.columns[index];
  if (isEmpty(cell)) {
    row.values[field] = undefined;
    if (field === 'raised') row.problems.push({ column, message: 'it does not say when it was raised' });
    return;
  }
  if (isError(cell)) return void row.problems.push({ column, message: `a spreadsheet has put ${textOf(cell)} in place of the date` });
  const read = readDate(cell, mapping.forms.get(index), mapping.allForms, mapping.zones);
  if ('problem' in read) return void row.problems.push({ column, message: read.problem });
  row.values[field] = read.value;
  if (read.isTwice) row.flags.push({ column, message: `"${textOf(cell).trim()}" happens twice in ${mapping.zones.export}; the first was taken` });
}

function readChangedAt(cells: readonly Cell[], { changedAt, layout, forms, allForms, zones }: Mapping, row: MappedRow): void {
  if (changedAt === undefined) return;
  const read = readDate(cells[changedAt], forms.get(changedAt), allForms, zones);
  if ('problem' in read) row.problems.push({ column: layout.columns[changedAt], message: read.problem });
  else row.when = read.value;
}

/** Some trackers write a date of resolution while a defect is open; it is kept, and is none. */
function setAsideWhileOpen({ openStatuses, layout }: Mapping, row: MappedRow): void {
  if (row.values.status === undefined || !openStatuses.has(row.values.status)) return;
  for (const field of ['resolved', 'closed'] as const) {
    const value = row.values[field];
    if (value === undefined) continue;
    row.values[field] = undefined;
    row.other.push({ column: columnOf(field, layout)?.heading ?? field, values: [value] });
  }
}

/** Raised, then resolved, then closed; days are compared as days. */
function checkOrder({ zones, layout }: Mapping, row: MappedRow): void {
  const steps = (['raised', 'resolved', 'closed'] as const).flatMap((field) => (row.values[field] ? [{ field, value: row.values[field] }] : []));
  for (const [index, { field, value }] of steps.entries()) {
    const before = steps[index - 1];
    if (!before) continue;
    const length = Math.min(before.value.length, value.length) === 10 ? 10 : undefined;
    const moment = (text: string) => (length ? text.slice(0, length) : toInstant(text, zones.programme));
    if (moment(value) < moment(before.value)) row.problems.push({ column: columnOf(field, layout), message: `it is ${field} on ${value}, before it was ${before.field} on ${before.value}` });
  }
}

/** Everything that no field takes, and what a field that stands in several columns leaves over. */
function keepOthers(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  for (const { heading, indexes, separator } of mapping.kept) {
    let values: string[] | undefined;
    for (const index of indexes) {
      if (isEmpty(cells[index])) continue;
      const text = readText(cells[index], index, mapping, row);
      const parts = separator === undefined ? [text] : text.split(separator).map((part) => part.trim());
      for (const part of parts) if (part !== '') (values ??= []).push(part);
    }
    if (values && !row.other.some(({ column }) => column === heading)) row.other.push({ column: heading, values });
  }
}

function textAt(cells: readonly Cell[], field: FieldName, mapping: TextMapping, row: MappedRow): string {
  const { index, cell } = firstAt(cells, mapping.layout.positions.get(field));
  return readText(cell, index, mapping, row);
}

/** The text of a cell that will be stored, with everything about it that somebody should know. */
function readText(cell: Cell, index: number, mapping: TextMapping, row: MappedRow): string {
  if (cell === undefined) return '';
  const column = mapping.layout.columns[index];
  const raw = textOf(cell);
  if (isError(cell)) report(row.problems, { column, message: `a spreadsheet has put ${raw} in place of the text` });
  if (cutLengths.has(raw.length)) report(row.flags, { column, message: `the text has ${raw.length} characters exactly, and was probably cut` });
  const { text, isWrittenOut } = cleaned(mapping.layout.givenBack ? ungiven(raw) : raw);
  if (isWrittenOut) report(row.flags, { column, message: 'characters that cannot be seen are written out' });
  return text;
}

/** A column that feeds a field and is kept as well is read twice, and reported once. */
function report(list: Problem[], problem: Problem): void {
  if (!list.some(({ column, message }) => column === problem.column && message === problem.message)) list.push(problem);
}

function isError(cell: Cell): boolean {
  return (typeof cell === 'object' && 'error' in cell) || (typeof cell === 'string' && cell.charCodeAt(0) === 35 && spreadsheetError.test(cell.trim()));
}

/** The first cell of a field that is not empty, else its first. */
function firstAt(cells: readonly Cell[], at: readonly number[] | undefined): { index: number; cell: Cell } {
  if (!at) return { index: -1, cell: undefined };
  const index = at.length === 1 ? (at[0] as number) : (at.find((position) => !isEmpty(cells[position])) ?? (at[0] as number));
  return { index, cell: cells[index] };
}

function needed(text: string, field: FieldName, layout: Layout, row: MappedRow): string {
  if (text === '') row.problems.push({ column: columnOf(field, layout), message: `the ${field} is empty` });
  return text;
}

function columnOf(field: FieldName, { positions, columns }: Layout): Column | undefined {
  return columns[positions.get(field)?.[0] ?? -1];
}

/** Headings that are kept, each with all columns that carry it. */
function keptIn(columns: readonly Column[]): Kept[] {
  const kept = new Map<string, Kept>();
  for (const { heading, index, keep } of columns) {
    if (!keep) continue;
    const group = kept.get(heading) ?? { heading, indexes: [], separator: keep.separator };
    group.indexes.push(index);
    kept.set(heading, group);
  }
  return [...kept.values()];
}
