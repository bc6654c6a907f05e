import { datePart } from '../../model/date-form.ts';
import { isDate } from '../../model/time.ts';

/**
 * What a cell says: a wall clock or a day, and an offset where it carries one. `impossible` has the form, and names no
 * day or hour.
 */
export type ReadDate = { local: string; offset?: string } | 'impossible' | undefined;

/** A form compiled: reads one cell. `order` tells whether day or month comes first where both are numbers. */
export type DateForm = { form: string; read: (cell: string) => ReadDate; order: 'day' | 'month' | undefined };

const tokens: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<year>\\d{2})',
  MMMM: '(?<monthName>\\p{L}{3,12})',
  MMM: '(?<monthName>\\p{L}{3,9}\\.?)',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '\\d{1,9}',
  a: '(?<half>[aApP])\\.?[mM]\\.?',
  ZZZ: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
};

/**
 * Compiles a form such as `dd/MMM/yy h:mm a`; letters that mean themselves stand in single quotes. Any space matches
 * any space.
 */
export function compileForm(form: string, languages: readonly string[]): DateForm {
  const months = monthNames(languages);
  const parts = [...form.matchAll(datePart)].map(([whole, literal]) =>
    literal === undefined ? (tokens[whole] ?? literally(whole)) : literally(literal),
  );
  const pattern = new RegExp(`^${parts.join('')}$`, 'u');
  const [day, month] = [form.search(/d/), form.search(/M/)];
  const order =
    /M{3}/.test(form) || form.startsWith('y') || day === -1 || month === -1 ? undefined : day < month ? 'day' : 'month';
  return { form, order, read: remembering((cell) => assemble(pattern.exec(cell)?.groups, months)) };
}

/** Each date is read at least twice, to find the form of its column and to take it over. */
function remembering(read: DateForm['read']): DateForm['read'] {
  const known = new Map<string, ReadDate>();
  return (cell) => {
    if (known.has(cell)) return known.get(cell);
    const found = read(cell);
    known.set(cell, found);
    return found;
  };
}

function literally(text: string): string {
  return /^\s+$/.test(text) ? '\\s+' : RegExp.escape(text);
}

function assemble(found: Record<string, string> | undefined, months: ReadonlyMap<string, number>): ReadDate {
  if (!found) return undefined;
  const month =
    found['monthName'] === undefined
      ? Number(found['month'])
      : months.get(found['monthName'].toLowerCase().replace(/\.$/, ''));
  if (month === undefined) return undefined;
  const day = `${yearOf(found['year'] as string)}-${pad(month)}-${pad(Number(found['day']))}`;
  if (!isDate(day)) return 'impossible';
  if (found['hour'] === undefined) return { local: day };
  const hour = hourOf(Number(found['hour']), found['half']?.toLowerCase());
  const [minute, second] = [Number(found['minute'] ?? 0), Number(found['second'] ?? 0)];
  if (hour === undefined || hour > 23 || minute > 59 || second > 59) return 'impossible';
  const local = `${day}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
  const offset = found['offset'];
  return offset === undefined
    ? { local }
    : { local, offset: offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}` };
}

/** A year of two digits lies between 1970 and 2069. */
function yearOf(year: string): string {
  return year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`;
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The names of the months of some languages, long and short, with and without full stop, in lower case. */
function monthNames(languages: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    languages
      .flatMap((name) => (name === 'en' ? ['en-US', 'en-GB'] : [name]))
      .flatMap((language) => [...(knownMonths.get(language) ?? monthsOf(language))]),
  );
}

/** Formatting dates takes long to set up, and every form of every profile asks for the same names. */
const knownMonths = new Map<string, ReadonlyMap<string, number>>();

function monthsOf(language: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
    const inDate = new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' });
    for (let month = 0; month < 12; month += 1) {
      const day = new Date(Date.UTC(2020, month, 1));
      const declined = inDate.formatToParts(day).find(({ type }) => type === 'month')?.value ?? '';
      for (const name of [format.format(day), declined]) names.set(name.toLowerCase().replace(/\.$/, ''), month + 1);
    }
  }
  knownMonths.set(language, names);
  return names;
}
