import { Temporal } from 'temporal-polyfill';

/**
 * Time, in two forms that are both plain text: a local time as people write it in a record, and an instant,
 * always `2020-09-10T06:00:00Z`, so that instants compare as text. Temporal lives inside these functions only.
 */

/** An instant in UTC, to the second, always 20 characters; compares as text. */
export type Instant = string;

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const timePattern = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:\d{2})?$/;
const dayInSeconds = 86_400;

/** True for a day that exists: `2020-06-31` does not. */
export function isDate(value: string): boolean {
  if (!datePattern.test(value)) return false;
  const [year, month, day] = value.split('-').map(Number) as [number, number, number];
  const check = new Date(Date.UTC(year, month - 1, day));
  return year > 0 && check.getUTCMonth() === month - 1 && check.getUTCDate() === day;
}

/** True for a well-formed local time on a day that exists; whether the hour exists depends on the zone. */
export function isLocalTime(value: string): boolean {
  const match = timePattern.exec(value);
  return match !== null && isDate(match[1] as string);
}

/** True for an instant on a day that exists. */
export function isInstant(value: string): boolean {
  return isLocalTime(value) && value.length === 20 && value.endsWith('Z');
}

/** True for a zone that this machine knows, such as `Europe/London`. */
export function isZone(value: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value).timeZoneId !== '';
  } catch {
    return false;
  }
}

/**
 * What is wrong with a local time in a zone: `missing` in the hour that summer time skips, `twice` in the hour that
 * happens twice and carries no offset, `offset` when the offset is not one the zone has at that time.
 */
export function faultOfLocalTime(value: string, zone: string): 'missing' | 'twice' | 'offset' | undefined {
  const { local, offset } = split(value);
  if (offset === 'Z') return undefined;
  if (offset !== undefined) {
    return possibleInstants(local, zone).some((instant) => offsetAt(instant, zone) === offset) ? undefined : 'offset';
  }
  if (dayOffset(local.slice(0, 10), zone) !== undefined) return undefined;
  const count = possibleInstants(local, zone).length;
  return count === 0 ? 'missing' : count === 2 ? 'twice' : undefined;
}

/** The offsets that a zone has at a local time: one; two, the first before the second; none where it never happens. */
export function offsetsAt(value: string, zone: string): string[] {
  return possibleInstants(split(value).local, zone).map((instant) => offsetAt(instant, zone));
}

/**
 * True for a day on which the clocks of a zone go forward or back, so that not every local time on it is one moment.
 */
export function changesClocks(day: string, zone: string): boolean {
  return dayOffset(day, zone) === undefined;
}

/**
 * The instant of a local time or a day (its first moment) in a zone. A time that does not exist moves on by the gap and
 * one that happens twice is taken as the first: `faultOfLocalTime` has reported both by then.
 */
export function toInstant(value: string, zone: string): Instant {
  const { local, offset } = split(value.includes('T') ? value : `${value}T00:00`);
  if (offset === 'Z') return format(Date.parse(`${local}Z`));
  if (offset !== undefined) return format(Date.parse(`${local}${offset}`));
  const known = dayOffset(local.slice(0, 10), zone);
  if (known !== undefined) return format(Date.parse(`${local}Z`) - known * 1000);
  return format(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
}

/** The first moment after a day, in a zone: a deadline of that day is half-open and ends here. */
export function endOfDay(day: string, zone: string): Instant {
  return toInstant(addDays(day, 1), zone);
}

/** The local wall time of an instant in a zone, `2020-09-10T07:00:00`. */
export function toLocal(instant: Instant, zone: string): string {
  const milliseconds = Date.parse(instant);
  const offset = offsetSeconds(milliseconds, zone);
  return new Date(milliseconds + offset * 1000).toISOString().slice(0, 19);
}

/** The local day of an instant in a zone. */
export function toDay(instant: Instant, zone: string): string {
  return toLocal(instant, zone).slice(0, 10);
}

/** A deadline in words: `the end of 2020-09-08` where it is a midnight, else `2020-09-08T18:00`. */
export function deadlineInWords(due: Instant, zone: string): string {
  const local = toLocal(due, zone).slice(0, 16);
  return local.endsWith('T00:00') ? `the end of ${addDays(local.slice(0, 10), -1)}` : local;
}

/** An instant as a local time with its offset, `2020-09-10T07:00:00+01:00`. */
export function toOffsetTime(instant: Instant, zone: string): string {
  return toLocal(instant, zone) + offsetAt(instant, zone);
}

/** An instant as records write it: the local time to the minute, with its offset in the hour that happens twice. */
export function toRecordTime(instant: Instant, zone: string): string {
  const local = toLocal(instant, zone).slice(0, 16);
  return faultOfLocalTime(local, zone) === 'twice' ? local + offsetAt(instant, zone) : local;
}

/** A day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayInSeconds * 1000).toISOString().slice(0, 10);
}

/** The number of days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (dayInSeconds * 1000));
}

/** The day of the week: 0 is Monday, 6 is Sunday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** An instant so many hours later. */
export function addHours(instant: Instant, hours: number): Instant {
  return format(Date.parse(instant) + hours * 3_600_000);
}

/** The hours between two instants, with fractions. */
export function hoursBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}

function split(value: string): { local: string; offset: string | undefined } {
  const match = timePattern.exec(value);
  const offset = match?.[4];
  return { local: offset === undefined ? value : value.slice(0, -offset.length), offset };
}

function format(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function possibleInstants(local: string, zone: string): Instant[] {
  const plain = Temporal.PlainDateTime.from(local);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(plain)) return [];
  return [...new Set([format(earlier.epochMilliseconds), format(later.epochMilliseconds)])];
}

function offsetAt(instant: Instant, zone: string): string {
  const seconds = offsetSeconds(Date.parse(instant), zone);
  const minutes = Math.abs(seconds) / 60;
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`;
}

/**
 * The offset that holds for a whole local day, in seconds; undefined on a day on which it changes. Remembered, because
 * it is asked thousands of times.
 */
const dayOffsets = new Map<string, number | undefined>();
function dayOffset(day: string, zone: string): number | undefined {
  const key = `${zone} ${day}`;
  if (dayOffsets.has(key)) return dayOffsets.get(key);
  const noon = Date.parse(`${day}T12:00:00Z`);
  const before = exactOffset(noon - 1.25 * dayInSeconds * 1000, zone);
  const after = exactOffset(noon + 1.25 * dayInSeconds * 1000, zone);
  const offset = before === after ? before : undefined;
  dayOffsets.set(key, offset);
  return offset;
}

function offsetSeconds(milliseconds: number, zone: string): number {
  return dayOffset(new Date(milliseconds).toISOString().slice(0, 10), zone) ?? exactOffset(milliseconds, zone);
}

function exactOffset(milliseconds: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone).offsetNanoseconds / 1e9;
}
