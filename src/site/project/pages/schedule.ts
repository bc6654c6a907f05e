import { addDays } from '../../../model/time.ts';
import { dayOf, mondayOf, type Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { PublicDay, PublicMarks, PublicRow } from '../grid.ts';
import type { PublicOutage, PublicSchedule, PublicSlot } from '../schedule.ts';
import type { Page } from './page.ts';

/** Four weeks of the schedule, with the paths to the weeks before and after. */
export type ScheduleView = {
  /** The Mondays. */
  weeks: string[];
  /** The day of the moment of looking, when it is in these weeks. */
  today?: string | undefined;
  rows: PublicRow[];
  marks: PublicMarks;
  earlier?: string | undefined;
  later?: string | undefined;
};

/** A time without an environment, outside releases. */
export type Outage = { environment: string; from: Time; until: Time; effect: string; reason: string };

/** The schedule now: four weeks, every slot, and what else is planned. */
export type SchedulePage = {
  asOf: Time;
  rhythm: PublicSchedule['rhythm'];
  view: ScheduleView;
  month?: string | undefined;
  coming: PublicSlot[];
  past: PublicSlot[];
  outages: Outage[];
  closed: { from: Time; until: Time; reason: string; except: string[] }[];
  holidays: { date: string; name: string }[];
};

/**
 * Four weeks from a Monday. The moment of looking is absent when they all are past, for then they do not depend on it.
 */
export type ScheduleFromPage = { asOf?: Time | undefined; first: string; view: ScheduleView };

/** One month as a calendar. */
export type ScheduleMonthPage = Omit<ScheduleView, 'weeks'> & { asOf?: Time | undefined; month: string; last: string };

/** All of the schedule as a list of days. */
export type ScheduleListPage = Pick<ScheduleView, 'rows' | 'marks'> & { asOf: Time; today: string };

export function schedulePage(facts: Facts): SchedulePage {
  const { schedule, asOf } = facts;
  const today = dayOf(asOf.time);
  return {
    asOf: asOf.time,
    rhythm: schedule.rhythm,
    view: viewFrom(facts, firstWeekFor(schedule.grid.weeks, today)),
    month: monthsOf(facts)
      .filter(({ first }) => first <= today)
      .map(({ id }) => pathOfMonth(id))
      .at(-1),
    coming: schedule.slots.filter(({ day }) => day >= today),
    past: schedule.slots.filter(({ day }) => day < today).reverse(),
    outages: schedule.outages.map(outageOf),
    closed: schedule.closed.map(({ period, reason, except }) => ({ ...period, reason, except })),
    holidays: schedule.holidays,
  };
}

export function scheduleFromPages(facts: Facts): Page<ScheduleFromPage>[] {
  const { schedule, asOf } = facts;
  return schedule.grid.weeks.map((week) => ({
    params: { week },
    model: {
      asOf: addDays(week, 27) >= dayOf(asOf.time) ? asOf.time : undefined,
      first: week,
      view: viewFrom(facts, week),
    },
  }));
}

export function scheduleMonthPages(facts: Facts): Page<ScheduleMonthPage>[] {
  const months = monthsOf(facts);
  const today = dayOf(facts.asOf.time);
  return months.map(({ id, first, last }, place) => {
    const [before, after] = [months[place - 1], months[place + 1]];
    return {
      params: { month: id },
      model: {
        asOf: last >= today ? facts.asOf.time : undefined,
        month: id,
        last,
        today: today >= first && today <= last ? today : undefined,
        ...specialOf(within(facts, first, last)),
        earlier: before && pathOfMonth(before.id),
        later: after && pathOfMonth(after.id),
      },
    };
  });
}

/** Every day of the phases on which there is something. */
export function scheduleListPage(facts: Facts): ScheduleListPage {
  const { weeks } = facts.schedule.grid;
  return {
    asOf: facts.asOf.time,
    today: dayOf(facts.asOf.time),
    ...specialOf(within(facts, weeks[0] ?? '', addDays(weeks.at(-1) ?? '2000-01-01', 6))),
  };
}

export function outageOf({ environment, window, effect, reason }: PublicOutage): Outage {
  return { environment, from: window.from, until: window.until, effect, reason };
}

/** The week before this one, as far as the schedule has it. */
function firstWeekFor(weeks: readonly string[], today: string): string {
  const wanted = addDays(mondayOf(today), -7);
  const first = weeks[0] ?? wanted;
  if (wanted < first) return first;
  return wanted > (weeks.at(-1) ?? wanted) ? (weeks.at(-4) ?? first) : wanted;
}

function viewFrom(facts: Facts, first: string): ScheduleView {
  const { schedule, asOf } = facts;
  const { weeks } = schedule.grid;
  const today = dayOf(asOf.time);
  const end = addDays(first, 28);
  const firstWeek = weeks[0] ?? first;
  const lastWeek = weeks.at(-1) ?? first;
  const earlier = addDays(first, -28);
  return {
    weeks: [0, 7, 14, 21].map((days) => addDays(first, days)),
    today: today >= first && today < end ? today : undefined,
    ...within(facts, first, addDays(first, 27)),
    earlier: first > firstWeek ? pathOfWeek(earlier < firstWeek ? firstWeek : earlier) : undefined,
    later: addDays(first, 21) < lastWeek ? pathOfWeek(end) : undefined,
  };
}

/** What the schedule has from one day to another, both included. */
function within({ schedule }: Facts, first: string, last: string): Pick<ScheduleView, 'rows' | 'marks'> {
  const cut = <Value>(days: Record<string, Value>) =>
    Object.fromEntries(Object.entries(days).filter(([day]) => day >= first && day <= last));
  return {
    rows: schedule.grid.rows.map(({ days, ...row }) => ({ ...row, days: cut(days) })),
    marks: cut(schedule.grid.marks),
  };
}

/** Without what is usual: an environment in daily use, or occupied. */
function specialOf({ rows, marks }: Pick<ScheduleView, 'rows' | 'marks'>): Pick<ScheduleView, 'rows' | 'marks'> {
  const isUsual = ({ planned, isMissed, exception, outage, actual }: PublicDay) =>
    planned !== 'deadline' && planned !== 'release' && !isMissed && !exception && !outage && actual.length === 0;
  const special = rows.map(({ days, ...row }) => ({
    ...row,
    days: Object.fromEntries(Object.entries(days).filter(([, day]) => !isUsual(day))),
  }));
  return { rows: special.filter(({ days }) => Object.keys(days).length > 0), marks };
}

/** The months of the phases, each from its first day to its last. */
function monthsOf({ schedule }: Facts): { id: string; first: string; last: string }[] {
  const days = new Set(schedule.grid.rows.flatMap((row) => Object.keys(row.days)));
  return [...new Set([...days].map((day) => day.slice(0, 7)))].sort().map((id) => {
    const next = addDays(`${id}-28`, 4);
    return { id, first: `${id}-01`, last: addDays(`${next.slice(0, 7)}-01`, -1) };
  });
}

function pathOfMonth(month: string): string {
  return `/schedule/month/${month}/`;
}

function pathOfWeek(week: string): string {
  return `/schedule/${week}/`;
}
