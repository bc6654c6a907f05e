import type { Catalog } from '../../derive/catalog.ts';
import { type RowSubject, subjectOf } from '../../derive/schedule-rows.ts';
import { policyOn } from '../../derive/slot-days.ts';
import { type Slot } from '../../derive/slots.ts';
import { weekdays } from '../../model/primitives.ts';
import { addDays, endOfDay, toDay, toInstant, weekdayOf } from '../../model/time.ts';
import { daysFrom, deadlineDay, mondayOf, timeOf } from '../words/dates.ts';
import { type Actual, actualsOf, isKept } from './actuals.ts';
import { type Reference, referenceTo, releasesWithPage } from './reference.ts';

/** The marks of the plan's table. */
export type PlannedMark = 'daily' | 'in' | 'deadline' | 'release';

/** One day of one row: what was planned, what happened, what was missed or decided. */
export type PublicDay = {
  planned?: PlannedMark | undefined;
  /** The releases for which it is a deadline, or that aim at it. */
  aims?: Reference[] | undefined;
  isMissed?: boolean | undefined;
  /** Why there is no release, or to which day it moved and why. */
  exception?: { kind: 'none' | 'moved'; text: string } | undefined;
  /** What an outage outside releases does there on the day. */
  outage?: string | undefined;
  actual: (Pick<Actual, 'what' | 'isGood' | 'part'> & { release: Reference })[];
};

/** A row of the grid; a row that is not certain shows the usual pattern, because the plan's own shading is lost. */
export type PublicRow = { name: string; isNote: boolean; isCertain: boolean; days: Record<string, PublicDay> };

/** What holds for a whole day: a holiday, or a time in which nothing is deployed. */
export type PublicMarks = Record<string, { holiday?: string | undefined; closed?: string | undefined }>;
export type PublicGrid = { weeks: string[]; rows: PublicRow[]; marks: PublicMarks };

/** The schedule table of the plan (C-063) for every week of every phase, with what came of it. */
export function projectGrid(catalog: Catalog): PublicGrid {
  const { programme } = catalog.policy;
  const weeks = [...new Set(programme.phases.flatMap(({ from, to }) => daysFrom(from, to).map(mondayOf)))].sort();
  return { weeks, rows: rowsOf(catalog).map((pattern) => rowOf(catalog, pattern)), marks: marksOf(catalog) };
}

/** The holidays, and the days on which a closed period holds at some hour. */
function marksOf({ policy }: Catalog): PublicMarks {
  const { holidays, closed } = policy.schedule;
  const marks: PublicMarks = {};
  for (const { date, name } of holidays) marks[date] = { ...marks[date], holiday: name };
  for (const { from, until, reason } of closed)
    for (const day of daysBetween(from, until, policy.programme.zone)) marks[day] = { ...marks[day], closed: reason };
  return marks;
}

/** The days on which a time holds at some hour; it ends before the second of its moments. */
function daysBetween(from: string, until: string, zone: string): string[] {
  const end = deadlineDay(timeOf(toInstant(until, zone), zone));
  return daysFrom(toDay(toInstant(from, zone), zone), end);
}

type Pattern = Catalog['policy']['schedule']['pattern'][number];

/** The rows of today, then those that another version of the plan had. */
function rowsOf({ policy, periods }: Catalog): Pattern[] {
  const before = periods.filter(({ from }) => from !== undefined).map((period) => period.policy);
  const rows = [policy, ...before].flatMap(({ schedule }) => schedule.pattern);
  return rows.filter(({ row }, place) => rows.findIndex((other) => other.row === row) === place);
}

function rowOf(catalog: Catalog, pattern: Pattern): PublicRow {
  const subject = subjectOf(pattern, catalog.policy);
  const days: Record<string, PublicDay> = {};
  const at = (day: string): PublicDay => (days[day] ??= { actual: [] });
  // Each day has the marks of the plan that is in force on it.
  const marksOn = (day: string): Pattern['marks'] =>
    policyOn(day, catalog.periods).schedule.pattern.find(({ row }) => row === pattern.row)?.marks ?? {};
  for (const { from, to } of catalog.policy.programme.phases) {
    for (const day of daysFrom(from, to)) markUsual(at, marksOn(day), day);
  }
  for (const slot of catalog.slots) markSlot(catalog, at, marksOn(slot.date), subject, slot);
  for (const { day, release, ...actual } of actualsOf(catalog, subject))
    at(day).actual.push({ ...actual, release: referenceTo(catalog, 'release', release) });
  for (const { environment, from, until, effect } of catalog.policy.schedule.outages)
    if (environment === subject.environment?.id)
      for (const day of daysBetween(from, until, catalog.policy.programme.zone)) at(day).outage = effect;
  return {
    name: subject.environment?.name ?? pattern.row,
    isNote: subject.stage !== undefined,
    isCertain: pattern.certain,
    days,
  };
}

/** Marks that do not depend on a slot: an environment in daily use, or occupied. */
function markUsual(at: (day: string) => PublicDay, marks: Pattern['marks'], day: string): void {
  const mark = marks[weekdays[weekdayOf(day)] as (typeof weekdays)[number]];
  if (mark === 'daily' || mark === 'in') at(day).planned = mark;
}

/** Marks of a slot: its release and its deadlines, on the days on which they really fall. */
function markSlot(
  catalog: Catalog,
  at: (day: string) => PublicDay,
  marks: Pattern['marks'],
  subject: RowSubject,
  slot: Slot,
): void {
  const { zone } = catalog.policy.programme;
  for (const [weekday, mark] of Object.entries(marks)) {
    if (mark === 'release') markRelease(catalog, at, slot);
    if (mark !== 'deadline') continue;
    const due = deadlineFor(subject, slot);
    const usual = addDays(mondayOf(slot.date), weekdays.indexOf(weekday as (typeof weekdays)[number]));
    const day = at(due ? deadlineDay(timeOf(due, zone)) : usual);
    if (slot.outcome === 'none') {
      day.exception = { kind: 'none', text: slot.reason ?? '' };
      continue;
    }
    day.planned = 'deadline';
    addAims(catalog, day, slot);
    if (due && due <= catalog.asOf && slot.releases.length > 0 && !isKept(catalog, subject, slot, due))
      day.isMissed = true;
  }
}

function markRelease(catalog: Catalog, at: (day: string) => PublicDay, slot: Slot): void {
  const { zone } = catalog.policy.programme;
  if (slot.day !== slot.date)
    at(slot.date).exception = { kind: 'moved', text: `Moved to ${slot.day}: ${slot.reason ?? ''}` };
  const day = at(slot.day);
  if (slot.outcome === 'none') {
    day.exception = { kind: 'none', text: slot.reason ?? '' };
    return;
  }
  day.planned = 'release';
  addAims(catalog, day, slot);
  if (slot.outcome !== 'released' && endOfDay(slot.day, zone) <= catalog.asOf) day.isMissed = true;
}

/** Several phases may have a slot, and a deadline, on one day. */
function addAims(catalog: Catalog, day: PublicDay, { releases }: Slot): void {
  const known = new Set(releasesWithPage(catalog).map(({ id }) => id));
  const own = releases.filter((id) => known.has(id)).map((id) => referenceTo(catalog, 'release', id));
  if (own.length > 0) day.aims = [...(day.aims ?? []), ...own];
}

/** The deadline of the schedule that a row's mark stands for. */
function deadlineFor({ environment, stage }: RowSubject, { deadlines }: Slot): string | undefined {
  if (stage === 'provisional') return deadlines.provisional;
  if (stage === 'final') return deadlines.final;
  return environment?.use === 'proving' ? deadlines.tested : undefined;
}
