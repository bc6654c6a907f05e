import { unchanged, unrated } from '../../model/profile.ts';
import { oneLine } from '../clean-text.ts';
import type { MappedRow } from '../row.ts';
import type { Cell } from '../sheet.ts';
import { type Column, columnOf, type FieldName, type Layout } from '../table.ts';
import { shorten } from '../../model/wording.ts';
import { firstAt, readText, textAt } from './cell.ts';
import type { TextMapping } from './mapping.ts';
import { keepOthers } from './other-columns.ts';
import { excessOfRow } from './row-size.ts';

/**
 * Reads all of a row but its dates. Problems are all reasons why it cannot become a defect; it is taken as it is,
 * nothing is guessed.
 */
export function mapText(cells: readonly Cell[], mapping: TextMapping): MappedRow {
  const row: MappedRow = { id: '', values: {}, other: [], problems: [], flags: [] };
  const { layout, profile } = mapping;
  row.id = readId(cells, mapping, row);
  const isOwnKey = layout.positions.has('key') && layout.positions.get('key')?.[0] !== layout.positions.get('id')?.[0];
  row.values.key = (isOwnKey && oneLine(textAt(cells, 'key', mapping, row))) || row.id;
  row.values.title = needed(oneLine(textAt(cells, 'title', mapping, row)), 'title', layout, row);
  readStatus(cells, mapping, row);
  readSeverity(cells, mapping, row);
  for (const field of ['priority', 'team'] as const)
    if (layout.positions.has(field)) row.values[field] = oneLine(textAt(cells, field, mapping, row)) || undefined;
  readComponent(cells, mapping, row);
  if (layout.positions.has('description')) {
    const text = textAt(cells, 'description', mapping, row);
    row.values.description =
      text === '' ? undefined : { format: (profile.fields.description as { format: 'plain' }).format, text };
  }
  keepOthers(cells, mapping, row);
  const excess = excessOfRow(row);
  if (excess) row.problems.push({ message: excess });
  return row;
}

function readId(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): string {
  const { index, cell } = firstAt(cells, mapping.layout.positions.get('id'));
  const text = oneLine(readText(cell, index, mapping, row));
  const column = mapping.layout.columns[index];
  if (text === '') row.problems.push({ column, message: 'the row has no id' });
  else {
    const damage = damageOf(cell, text);
    if (damage) row.problems.push({ column, message: damage });
  }
  const { digits } = mapping.profile.fields.id;
  return digits !== undefined && /^\d+$/.test(text) ? text.padStart(digits, '0') : text;
}

function readStatus(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  const { status } = mapping.profile.fields;
  const first = lookUp(cells, 'status', status, mapping, row);
  if (first !== undefined) row.values.status = first;
  if (first === undefined && !row.problems.some(({ column }) => column?.fields.includes('status')))
    row.problems.push({ column: columnOf('status', mapping.layout), message: 'the status is empty' });
  if (
    first === undefined ||
    !status.refine ||
    mapping.openStatuses.has(first) ||
    !mapping.layout.positions.has('resolution')
  )
    return;
  const refined = lookUp(cells, 'resolution', status.refine, mapping, row);
  if (refined !== undefined && refined !== unchanged) row.values.status = refined;
}

function readSeverity(cells: readonly Cell[], mapping: TextMapping, row: MappedRow): void {
  const { severity } = mapping.profile.fields;
  if (!severity || !mapping.layout.positions.has('severity')) return;
  const found = lookUp(cells, 'severity', severity, mapping, row);
  row.values.severity = found === unrated ? undefined : found;
}

/** What a spreadsheet does to ids, and what people write where there is none yet. */
function damageOf(cell: Cell, text: string): string | undefined {
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(text) || (typeof cell === 'number' && (!Number.isInteger(cell) || cell >= 1e15)))
    return `a spreadsheet has shortened the number to "${text}"`;
  if ((typeof cell === 'object' && 'date' in cell) || /^(?:\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2})$/.test(text))
    return `a spreadsheet has made the date "${text}" of the id`;
  if (/^\d+[.,]0+$|^\d{1,3}(?:,\d{3})+$/.test(text)) return `a spreadsheet has made the number "${text}" of the id`;
  if (typeof cell === 'boolean') return `"${text}" is not an id`;
  return /^(?:tb[acd]|n\/?a|none|new|unknown|[^\p{L}\p{N}]+)$/iu.test(text)
    ? `"${text}" stands where the id is to come`
    : undefined;
}

/** A value of a closed list. One that is not in the map is a problem, an empty cell is what the profile says it is. */
function lookUp(
  cells: readonly Cell[],
  field: FieldName,
  entry: { map: Record<string, string>; empty?: string | undefined },
  mapping: TextMapping,
  row: MappedRow,
): string | undefined {
  const text = textAt(cells, field, mapping, row);
  if (text === '') return entry.empty;
  if (Object.hasOwn(entry.map, text)) return entry.map[text];
  row.problems.push({
    column: mapping.layout.columns[firstAt(cells, mapping.layout.positions.get(field)).index],
    message: `"${shorten(text)}" is not in the map of profile ${mapping.profileName}`,
    unknown: { field: field === 'resolution' ? 'status.refine' : field, value: oneLine(text) },
  });
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
  if (names.length > 1 || (names.length === 1 && own[0] === undefined))
    row.other.push({ column: heading, values: names });
}

function needed(text: string, field: FieldName, layout: Layout, row: MappedRow): string {
  if (text === '') row.problems.push({ column: columnOf(field, layout), message: `the ${field} is empty` });
  return text;
}
