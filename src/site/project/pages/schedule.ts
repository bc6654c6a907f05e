import { addDays } from '../../../model/time.ts';
import { dayOf, mondayOf, type Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { PublicDay } from '../grid.ts';
import type { PublicOutage, PublicSchedule, PublicSlot } from '../schedule.ts';
import type { Page } from './page.ts';

/** Four weeks of the schedule, with the paths to the weeks before and after. */
export type ScheduleView = {
  /** The Mondays. */
  weeks: string[];
  /** The day of the moment of looking, when it is in these weeks. */
  today?: string | undefined;
  rows: { name: string; isCertain: boolean; days: Record<string, PublicDay> }[];
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

export function schedulePage(facts: Facts): SchedulePage {
  const { schedule, asOf } = facts;
  const today = dayOf(asOf.time);
  return {
    asOf: asOf.time,
    rhythm: schedule.rhythm,
    view: viewFrom(facts, firstWeekFor(schedule.grid.weeks, today)),
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

function viewFrom({ schedule, asOf }: Facts, first: string): ScheduleView {
  const { weeks, rows } = schedule.grid;
  const today = dayOf(asOf.time);
  const end = addDays(first, 28);
  const firstWeek = weeks[0] ?? first;
  const lastWeek = weeks.at(-1) ?? first;
  const earlier = addDays(first, -28);
  return {
    weeks: [0, 7, 14, 21].map((days) => addDays(first, days)),
    today: today >= first && today < end ? today : undefined,
    rows: rows.map(({ name, isCertain, days }) => ({
      name,
      isCertain,
      days: Object.fromEntries(Object.entries(days).filter(([day]) => day >= first && day < end)),
    })),
    earlier: first > firstWeek ? pathOfWeek(earlier < firstWeek ? firstWeek : earlier) : undefined,
    later: addDays(first, 21) < lastWeek ? pathOfWeek(end) : undefined,
  };
}

function pathOfWeek(week: string): string {
  return `/schedule/${week}/`;
}
