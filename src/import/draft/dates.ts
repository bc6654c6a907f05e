import { type DateColumn, decideForms } from '../dates/columns.ts';
import { compileForm } from '../dates/form.ts';
import { type Cell, isEmpty } from '../sheet.ts';
import { dateFields, type FieldName, type NamedProfile } from '../table.ts';

/** Forms of dates that trackers and spreadsheets write. */
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

/** The forms in which the dates of an export are written, and what a person has to decide about them. */
export function guessForms(
  rows: readonly Cell[][],
  fields: ReadonlyMap<FieldName, number>,
  profiles: readonly NamedProfile[],
  headings: readonly string[],
): { forms: string[]; undecided: string[] } {
  const all = [...new Set([...usualForms, ...profiles.flatMap(({ profile }) => profile.dates)])];
  const compiled = all.map((form) => compileForm(form, ['en']));
  const columns = dateFields.flatMap((field) => columnOf(rows, fields.get(field), headings));
  const texts = columns
    .flatMap(({ cells }) => [...cells])
    .flatMap(({ cell }) => (typeof cell === 'string' ? [cell.trim()] : []));
  const fitting = compiled.filter(
    ({ read }) => texts.length > 0 && texts.every((text) => typeof read(text) === 'object'),
  );
  const orders = Map.groupBy(
    fitting.filter(({ order }) => order),
    ({ order }) => order,
  );
  if (orders.size > 1)
    return {
      forms: [...orders.values()].flatMap(([first]) => (first ? [first.form] : [])),
      undecided: ['Say whether day or month comes first in the dates: leave one of the forms.'],
    };
  if (fitting[0]) return { forms: [fitting[0].form], undecided: [] };
  const decided = decideForms(columns, compiled);
  const forms = 'refused' in decided ? [] : [...decided.values()].flatMap((form) => (form ? [form.form] : []));
  if (forms.length > 0) return { forms: [...new Set(forms)], undecided: [] };
  return {
    forms: ['yyyy-MM-dd'],
    undecided: texts.length > 0 ? [`Name the forms of the dates, such as "${texts[0]}".`] : [],
  };
}

function columnOf(rows: readonly Cell[][], index: number | undefined, headings: readonly string[]): DateColumn[] {
  if (index === undefined) return [];
  const cells = rows
    .map((row, place) => ({ cell: row[index], address: `row ${place + 2}` }))
    .filter(({ cell }) => !isEmpty(cell));
  return [{ index, heading: headings[index] ?? '', cells }];
}
