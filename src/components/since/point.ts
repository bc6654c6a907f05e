/** What somebody wrote as the beginning or end of a time: a day, or the number of a release or defect. */
export type Point = { kind: 'day'; day: string } | { kind: 'number'; number: string };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads `2020-11-02`, `2 November 2020`, `2 Nov`, `02/11/2020`, `R05` or `d-42`. A day without its year is the last of
 * its name by `today`. Nothing for what is neither.
 */
export function readPoint(text: string, today: string): Point | undefined {
  const words = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const numbers = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(words);
  if (numbers) return dayOf(numbers[3], numbers[2], numbers[1]);
  const named = /^(?:[a-z]+,? )?(\d{1,2}) ([a-z]{3})[a-z]*\.?(?: (\d{4}))?$/.exec(words);
  const month = named ? months.indexOf(named[2] ?? '') + 1 : 0;
  if (named && month > 0) {
    if (named[3]) return dayOf(named[3], month, named[1]);
    const year = Number(today.slice(0, 4));
    const thisYear = dayOf(year, month, named[1]);
    return thisYear && thisYear.day > today ? dayOf(year - 1, month, named[1]) : thisYear;
  }
  return /^[a-z][a-z0-9.-]*$/.test(words) && /\d/.test(words) ? { kind: 'number', number: words } : undefined;
}

/** The day of three numbers; nothing when there is no such day. */
function dayOf(
  year: string | number = '',
  month: string | number = 0,
  day = '',
): Extract<Point, { kind: 'day' }> | undefined {
  const text = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return new Date(time || 0).toISOString().startsWith(text) ? { kind: 'day', day: text } : undefined;
}

/** True for two numbers of records that mean the same one: `d42`, `D-42` and `D-0042`. */
export function isSameNumber(one: string, other: string): boolean {
  const plain = (number: string) =>
    number
      .toLowerCase()
      .replaceAll('-', '')
      .replaceAll(/\d+/g, (digits) => String(Number(digits)));
  return plain(one) === plain(other);
}
