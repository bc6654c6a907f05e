import { addDays, daysBetween, type Instant, isDate, toOffsetTime, weekdayOf } from '../../model/time.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day as readers see it: `Thu 8 October 2020`. */
export function longDay(day: string): string {
  return `${days[weekdayOf(day)]} ${dayAndMonth(day)} ${day.slice(0, 4)}`;
}

/** A day in a narrow column: `8 Oct 2020`. */
export function shortDay(day: string): string {
  return `${Number(day.slice(8))} ${monthOf(day).slice(0, 3)} ${day.slice(0, 4)}`;
}

/** A day of this year in a very narrow column: `8 Oct`. */
export function tinyDay(day: string): string {
  return `${Number(day.slice(8))} ${monthOf(day).slice(0, 3)}`;
}

/** The day of the month with its month: `8 October`. */
export function dayAndMonth(day: string): string {
  return `${Number(day.slice(8))} ${monthOf(day)}`;
}

/** A month with its year: `October 2020` for `2020-10`. */
export function monthName(month: string): string {
  return `${monthOf(month)} ${month.slice(0, 4)}`;
}

/** The three letters of a day's weekday. */
export function weekdayName(day: string): string {
  return days[weekdayOf(day)] as string;
}

/**
 * A moment as a page holds it: the local time with its offset, `2020-10-08T07:00:00+01:00`, and what the zone is called
 * at that moment, `BST`. It can be shown without knowing the programme's zone.
 */
export type Time = { local: string; zone: string };

/** A moment of a zone, for a page; nothing when there is none. */
export function timeOf(instant: Instant, zone: string): Time;
export function timeOf(instant: Instant | undefined, zone: string): Time | undefined;
export function timeOf(instant: Instant | undefined, zone: string): Time | undefined {
  if (instant === undefined) return undefined;
  return { local: toOffsetTime(instant, zone), zone: zoneName(instant, zone) };
}

/** The day that a moment falls on. */
export function dayOf({ local }: Time): string {
  return local.slice(0, 10);
}

/** The hour of a moment, with the zone's name: `07:00 BST`. */
export function hourOf({ local, zone }: Time): string {
  return `${local.slice(11, 16)} ${zone}`;
}

/** Day and hour of a moment: `Thu 8 October 2020, 07:00 BST`. */
export function longTime(time: Time): string {
  return `${longDay(dayOf(time))}, ${hourOf(time)}`;
}

/** Day and hour in a narrow column: `8 Oct 2020, 07:00 BST`. */
export function shortTime(time: Time): string {
  return `${shortDay(dayOf(time))}, ${hourOf(time)}`;
}

/** A deadline in words: `end of Tue 6 Oct 2020` when it is the midnight after that day, else its hour. */
export function deadlineText(due: Time): string {
  const day = deadlineDay(due);
  const words = `${weekdayName(day)} ${shortDay(day)}`;
  return isMidnight(due) ? `end of ${words}` : `${words}, ${hourOf(due)}`;
}

/** A deadline in a sentence: `Tue 24 November, end of day`; the year is told only when it is not that of `asOf`. */
export function dueText(due: Time, asOf: Time): string {
  const day = deadlineDay(due);
  const year = day.slice(0, 4) === asOf.local.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`;
  return `${weekdayName(day)} ${dayAndMonth(day)}${year}, ${isMidnight(due) ? 'end of day' : hourOf(due)}`;
}

/** The day that a half-open deadline belongs to: midnight belongs to the day before it. */
export function deadlineDay(due: Time): string {
  return isMidnight(due) ? addDays(dayOf(due), -1) : dayOf(due);
}

/** True for a text that is a day, such as `2020-10-08`. */
export function isDay(text: string): boolean {
  return isDate(text);
}

/** The first day of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** The seven days of the week that begins on a Monday. */
export function weekFrom(monday: string): string[] {
  return daysFrom(monday, addDays(monday, 6));
}

/** True for Saturday and Sunday. */
export function isWeekend(day: string): boolean {
  return weekdayOf(day) > 4;
}

/** Every day from one to another, both included. */
export function daysFrom(first: string, last: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));
}

function isMidnight({ local }: Time): boolean {
  return local.slice(10, 19) === 'T00:00:00';
}

function monthOf(day: string): string {
  return months[Number(day.slice(5, 7)) - 1] as string;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const regions = ['en-GB', 'en-US', 'en-CA', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];

/** The letters that people of a zone write after a time, as their region has them; else the name in full. */
function zoneName(instant: Instant, zone: string): string {
  for (const region of regions) {
    const name = nameFrom(region, 'short', instant, zone);
    if (!isOffset(name)) return name;
  }
  const name = nameFrom('en-GB', 'long', instant, zone);
  return isOffset(name) ? nameFrom('en-GB', 'short', instant, zone) : name;
}

/** True for a name that only says how far the zone is from Greenwich. */
function isOffset(name: string): boolean {
  return /^GMT[+-]/.test(name);
}

function nameFrom(region: string, form: 'short' | 'long', instant: Instant, zone: string): string {
  const key = `${region} ${form} ${zone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(region, { timeZone: zone, timeZoneName: form });
  formats.set(key, format);
  return format.formatToParts(Date.parse(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
