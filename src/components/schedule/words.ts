import type { PublicDay, PublicMarks, PublicRow } from '../../site/project/grid.ts';

/** What happened, in words: `tested in part: 3 of 5 items passed`. */
export function actualWords({ what, isGood, part }: PublicDay['actual'][number]): string {
  if (!isGood) return `${what}: failed`;
  return part ? `${what} in part: ${part.passed} of ${part.of} items passed` : what;
}

/** The releases that a day is planned for, and that have not done on it what it is for. */
export function aimsOf(day: PublicDay | undefined): NonNullable<PublicDay['aims']> {
  const done = new Set(day?.actual.filter(({ isGood, part }) => isGood && !part).map(({ release }) => release.id));
  return (day?.aims ?? []).filter(({ id }) => !done.has(id));
}

/** True for a day on which there is more than what is usual. */
export function isSpecial(day: string, rows: readonly PublicRow[], marks: PublicMarks): boolean {
  return marks[day] !== undefined || rows.some(({ days }) => isMore(days[day]));
}

function isMore(day: PublicDay | undefined): boolean {
  if (!day) return false;
  const isPlanned = day.planned === 'deadline' || day.planned === 'release';
  return isPlanned || day.exception !== undefined || day.outage !== undefined || day.actual.length > 0;
}
