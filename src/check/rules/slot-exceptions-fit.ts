import type { Catalog } from '../../derive/catalog.ts';
import { closedOn, exceptionOf } from '../../derive/slot-decisions.ts';
import { daysBetween } from '../../model/time.ts';
import { at, atKey, defineRule, type RuleFinding } from '../rule.ts';
import { plannedDays, wasPlanned } from '../planned-days.ts';

const file = { file: 'schedule.yaml' };

export const slotExceptionsFit = defineRule({
  id: 'slot-exceptions-fit',
  obligations: ['C-064', 'C-066'],
  summary:
    'An exception of the schedule is of a slot, has one entry, and either moves it to a free day or leaves it out.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const { policy } = catalog;
    const planned = new Map<string | undefined, string[]>();
    for (const [index, slot] of policy.schedule.slots.entries()) {
      const days = planned.get(slot.phase) ?? plannedDays(catalog, slot.phase);
      planned.set(slot.phase, days);
      yield* misplaced(slot, index, days, catalog);
      yield* undecided(slot, index);
      yield* taken(slot, index, days, policy);
    }
  },
});

type Exception = Catalog['policy']['schedule']['slots'][number];

function* misplaced(
  { date, phase }: Exception,
  index: number,
  days: string[],
  catalog: Catalog,
): Generator<RuleFinding> {
  const { schedule } = catalog.policy;
  const first = schedule.slots.findIndex((slot) => slot.date === date && slot.phase === phase);
  if (first < index)
    yield {
      at: at(file, 'slots', index, 'date'),
      message: `The slot of ${date} has an entry before this one.`,
      hint: 'Keep one of the two: the one that holds.',
      related: [{ at: at(file, 'slots', first, 'date'), message: 'the entry before' }],
    };
  else if (!days.includes(date) && !wasPlanned(date, catalog, phase)) {
    const [near] = days.toSorted((a, b) => Math.abs(daysBetween(a, date)) - Math.abs(daysBetween(b, date)));
    yield {
      at: at(file, 'slots', index, 'date'),
      message: `There is no slot on ${date}, so nothing is moved or left out.`,
      hint: near ? `Name the day of the slot by the plan: the nearest is ${near}.` : 'Remove the entry.',
    };
  }
}

function* undecided({ date, movedTo, none }: Exception, index: number): Generator<RuleFinding> {
  if (movedTo !== undefined && none)
    yield {
      at: at(file, 'slots', index, 'none'),
      message: `The slot of ${date} is moved to ${movedTo}, and has no release.`,
      hint: 'Keep one of the two: "movedTo" for a release on another day, "none" for no release.',
    };
  else if (movedTo === undefined && !none)
    yield {
      at: atKey(file, 'slots', index, 'date'),
      message: `The entry neither moves the slot of ${date} nor leaves it out.`,
      hint: 'Add "movedTo" with a day, or "none: true".',
    };
}

/** Each slot has a day to itself: another may have left its own, by moving or by having no release. */
function* taken(
  { date, phase, movedTo, none, at: when }: Exception,
  index: number,
  days: string[],
  policy: Catalog['policy'],
): Generator<RuleFinding> {
  const { schedule } = policy;
  if (movedTo === undefined || none) return;
  const shared = { at: at(file, 'slots', index, 'movedTo') };
  const holiday = schedule.holidays.find((day) => day.date === movedTo);
  if (holiday)
    yield {
      ...shared,
      message: `The slot of ${date} is moved to a holiday: ${movedTo} is ${holiday.name}.`,
      hint: 'Name a day on which people are at work, or write "none: true".',
      level: 'warning',
    };
  const closed = closedOn(movedTo, policy);
  if (closed)
    yield {
      ...shared,
      message: `The slot of ${date} is moved to ${movedTo}, which is in a closed period: ${closed.period.reason}.`,
      hint: 'Name a day on which something can be deployed, or write "none: true".',
      related: [{ at: at(file, 'closed', closed.index, 'from'), message: 'the closed period' }],
    };
  if (movedTo < when.slice(0, 10)) {
    yield {
      ...shared,
      message: `The slot of ${date} is moved to ${movedTo}, which was past on ${when.slice(0, 10)}, when that was decided.`,
      hint: 'Name a day that was still to come.',
    };
    return;
  }
  if (movedTo === date) {
    yield {
      ...shared,
      message: `The slot of ${date} is moved to its own day.`,
      hint: 'Name the day on which it takes place, or remove the entry.',
    };
    return;
  }
  const other = days.find((day) => {
    const exception = exceptionOf(day, phase, policy)?.exception;
    return day !== date && !exception?.none && (exception?.movedTo ?? day) === movedTo;
  });
  const earlier = schedule.slots.findIndex(
    (slot) => slot.date === other && slot.movedTo === movedTo && slot.phase === phase,
  );
  if (other === undefined || earlier > index) return;
  yield {
    ...shared,
    message: `The slot of ${date} is moved to ${movedTo}, the day of the slot of ${other}.`,
    hint: 'Name another day, or write "none: true" and let the items wait for the next slot.',
  };
}
