import type { Refused } from '../remark.ts';
import { type Cell, isEmpty } from '../sheet.ts';
import type { DateForm, ReadDate } from './form.ts';

/** The cells of one column of dates, with the address of each for messages. */
export type DateColumn = { index: number; heading: string; cells: Iterable<{ cell: Cell; address: string }> };

/** The form of each column, by its position; none where it holds date cells only, or nothing. */
export type DateForms = Map<number, DateForm | undefined>;

/** Two numbers that may be day and month, and a year: what a spreadsheet turns round. */
const numeric =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?)?$/i;
const dateLike = /^(?:\d{1,2}[/. -]\p{L}{3,}\.?[/. -]\d{2,4}|\d{4}-\d{1,2}-\d{1,2})\b/u;

/**
 * Decides, for the whole of each column, in which form its dates are written. Refuses what would be read wrongly
 * without a sign: two forms in one column, text among date cells, and columns in which each date could be day and month
 * or month and day.
 */
export function decideForms(columns: readonly DateColumn[], forms: readonly DateForm[]): DateForms | Refused {
  const decided = new Map<number, readonly DateForm[]>();
  for (const column of columns) {
    const fitting = formsOf(column, forms);
    if ('refused' in fitting) return fitting;
    decided.set(column.index, fitting.candidates);
  }
  const orders = new Set(
    [...decided.values()].flatMap((candidates) => (ordersOf(candidates).size === 1 ? [...ordersOf(candidates)] : [])),
  );
  const result: DateForms = new Map();
  for (const { index, heading, cells } of columns) {
    const candidates = decided.get(index) ?? [];
    const narrowed =
      orders.size === 1 ? candidates.filter(({ order }) => order === undefined || orders.has(order)) : candidates;
    const chosen = narrowed.length > 0 ? narrowed : candidates;
    if (
      ordersOf(chosen).size > 1 &&
      [...cells].some(({ cell }) => typeof cell === 'string' && differ(chosen, cell.trim()))
    ) {
      const [first, second] = ['day', 'month'].map((order) => chosen.find((form) => form.order === order)?.form);
      return {
        refused: `Every date in the column ${heading} can be read as ${first} and as ${second}.`,
        hint: `Say which it is: --dates "${first}" or --dates "${second}".`,
      };
    }
    result.set(index, chosen[0]);
  }
  return result;
}

type Evidence = { dates: number; numbers: number; read: number; example: string | undefined };

function formsOf(
  { heading, cells }: DateColumn,
  forms: readonly DateForm[],
): { candidates: readonly DateForm[] } | Refused {
  let candidates = forms;
  const seen: Evidence = { dates: 0, numbers: 0, read: 0, example: undefined };
  let odd: { text: string; address: string } | undefined;
  for (const { cell, address } of cells) {
    if (typeof cell === 'object' && 'date' in cell) seen.dates += 1;
    if (typeof cell !== 'string' || isEmpty(cell)) continue;
    const text = cell.trim();
    const fitting = candidates.filter(({ read }) => typeof read(text) === 'object');
    if (fitting.length > 0) {
      candidates = fitting;
      seen.read += 1;
      if (numeric.test(text)) seen.numbers += 1;
      seen.example ??= `"${text}" in ${address}`;
    } else if (isOtherForm(text, candidates, forms)) odd ??= { text, address };
    if (seen.dates > 0 && (seen.read > 0 || odd))
      return mixed(heading, seen.example ?? `"${odd?.text}" in ${odd?.address}`);
  }
  if (!odd) return { candidates: seen.read > 0 ? candidates : [] };
  if (seen.read === 0)
    return {
      refused: `The dates in the column ${heading}, such as "${odd.text}" in ${odd.address}, are in none of the forms ${forms.map(({ form }) => form).join(', ')}.`,
      hint: 'Add the form to the profile, or name it: --dates "dd/MM/yyyy HH:mm".',
    };
  if (seen.numbers === 0 && !numeric.test(odd.text)) return { candidates };
  return {
    refused: `The column ${heading} holds dates in more than one form, ${seen.example} and "${odd.text}" in ${odd.address}, as a spreadsheet leaves them that took some of them for other days.`,
    hint: 'Export it again, and import that file without opening it in a spreadsheet; if all its dates are of one form, name it with --dates.',
  };
}

function mixed(heading: string, text: string): Refused {
  return {
    refused: `The column ${heading} holds date cells and dates as text, such as ${text}: a spreadsheet has read some of them, perhaps with day and month the wrong way round.`,
    hint: 'Export it again, and import that file without opening it in a spreadsheet.',
  };
}

/** A date in another form than the candidates. A day that exists in no order of its numbers is only a wrong date. */
function isOtherForm(text: string, candidates: readonly DateForm[], forms: readonly DateForm[]): boolean {
  const found = numeric.exec(text);
  if (!found) return dateLike.test(text) && candidates.every(({ read }) => read(text) === undefined);
  if (candidates.every(({ read }) => read(text) === undefined))
    return !isOfOneOrder(
      [...candidates, ...forms.filter(({ read }) => typeof read(text) === 'object')],
      candidates.length,
    );
  const [first, second] = [Number(found[1]), Number(found[2])];
  return ordersOf(candidates).has('day') ? second > 12 && first <= 12 : first > 12 && second <= 12;
}

/** True when some of the forms after the first `count` are there, and all forms take day and month in one order. */
function isOfOneOrder(forms: readonly DateForm[], count: number): boolean {
  return forms.length > count && ordersOf(forms).size === 1;
}

function ordersOf(forms: readonly DateForm[]): Set<string> {
  return new Set(forms.flatMap(({ order }) => (order ? [order] : [])));
}

function differ(forms: readonly DateForm[], text: string): boolean {
  const read = forms
    .map((form) => form.read(text))
    .filter((date): date is Exclude<ReadDate, 'impossible' | undefined> => typeof date === 'object');
  return new Set(read.map(({ local }) => local)).size > 1;
}
