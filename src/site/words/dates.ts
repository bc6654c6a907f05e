import { addDays, daysBetween, type Instant, toDay, toLocal, toOffsetTime, weekdayOf } from '../../model/time.ts';

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

/** The day of the month with its month: `8 October`. */
export function dayAndMonth(day: string): string {
  return `${Number(day.slice(8))} ${monthOf(day)}`;
}

/** The three letters of a day's weekday. */
export function weekdayName(day: string): string {
  return days[weekdayOf(day)] as string;
}

/** The time of an instant in a zone, with the zone's name at that moment: `07:00 BST`. */
export function timeIn(instant: Instant, zone: string): string {
  return `${toLocal(instant, zone).slice(11, 16)} ${zoneName(instant, zone)}`;
}

/** Day and time of an instant in a zone: `Thu 8 October 2020, 07:00 BST`. */
export function longTime(instant: Instant, zone: string): string {
  return `${longDay(toDay(instant, zone))}, ${timeIn(instant, zone)}`;
}

/** Day and time in a narrow column: `8 Oct 2020, 07:00 BST`. */
export function shortTime(instant: Instant, zone: string): string {
  return `${shortDay(toDay(instant, zone))}, ${timeIn(instant, zone)}`;
}

/** A deadline in words: `end of Tue 6 Oct 2020` when it is the midnight after that day, else its time. */
export function deadlineText(instant: Instant, zone: string): string {
  const day = deadlineDay(instant, zone);
  const words = `${weekdayName(day)} ${shortDay(day)}`;
  return toLocal(instant, zone).endsWith('T00:00:00') ? `end of ${words}` : `${words}, ${timeIn(instant, zone)}`;
}

/** A deadline in a sentence: `Tue 24 November, end of day`; the year is told only when it is not that of `today`. */
export function dueText(instant: Instant, zone: string, today: string): string {
  const day = deadlineDay(instant, zone);
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`;
  const hour = toLocal(instant, zone).endsWith('T00:00:00') ? 'end of day' : timeIn(instant, zone);
  return `${weekdayName(day)} ${dayAndMonth(day)}${year}, ${hour}`;
}

/** The day that a half-open deadline belongs to: midnight belongs to the day before it. */
export function deadlineDay(instant: Instant, zone: string): string {
  const day = toDay(instant, zone);
  return toLocal(instant, zone).endsWith('T00:00:00') ? addDays(day, -1) : day;
}

/** The machine-readable form for a `<time>` element: local time with its offset. */
export function machineTime(instant: Instant, zone: string): string {
  return toOffsetTime(instant, zone);
}

/** The first day of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** Every day from one to another, both included. */
export function daysFrom(first: string, last: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, index) => addDays(first, index));
}

function monthOf(day: string): string {
  return months[Number(day.slice(5, 7)) - 1] as string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneName(instant: Instant, zone: string): string {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' });
  formats.set(zone, format);
  return format.formatToParts(Date.parse(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
