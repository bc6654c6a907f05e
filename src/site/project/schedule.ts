import type { Catalog } from '../../derive/catalog.ts';
import { unknownBecause, unreadReleases } from '../../derive/lookup.ts';
import type { Deadlines, Slot, SlotOutcome } from '../../derive/slots.ts';
import { capital } from '../../model/wording.ts';
import { nameIn } from '../../model/labelled.ts';
import { type Instant, toInstant } from '../../model/time.ts';
import { typeName } from '../../derive/names.ts';
import { environmentName } from '../../derive/environments.ts';
import { type PublicActor, publicActors } from './actors.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { projectGrid, type PublicGrid } from './grid.ts';
import { type Reference, referenceTo, releasesWithPage } from './reference.ts';

/** An outage outside releases: as instants to compare with, and as pages show it. */
export type PublicOutage = {
  environment: string;
  from: Instant;
  until: Instant;
  window: { from: Time; until: Time };
  effect: string;
  reason: string;
};

/** A time in which nothing is deployed to participants, except for some types of release. */
export type PublicClosure = {
  from: Instant;
  until: Instant;
  period: { from: Time; until: Time };
  reason: string;
  except: string[];
};

/** One slot of the schedule with what became of it. */
export type PublicSlot = {
  date: string;
  day: string;
  /** The hour before which nothing is deployed. */
  time?: string | undefined;
  /** Its phase, where several have slots. */
  phase?: string | undefined;
  /** Unknown while a release that may aim at it cannot be read. */
  outcome: PublicOutcome;
  reason?: string | undefined;
  decided?: { at: Time; by: PublicActor[] } | undefined;
  /** None where there is no release. */
  deadlines: { what: string; at: Time }[];
  releases: Reference[];
};

/** What became of a slot, as far as it can be known. */
export type PublicOutcome = SlotOutcome | 'unknown';

export type PublicSchedule = {
  /** Phases with days of their own name themselves; none where releases come on any day. */
  rhythm: { phase?: string | undefined; every: number; days: string[]; time?: string | undefined }[];
  slots: PublicSlot[];
  grid: PublicGrid;
  outages: PublicOutage[];
  closed: PublicClosure[];
  holidays: { date: string; name: string }[];
};

export function projectSchedule(catalog: Catalog): PublicSchedule {
  const { schedule } = catalog.policy;
  const phases = new Set(catalog.slots.map(({ phase }) => phase));
  return {
    rhythm: rhythmOf(catalog),
    slots: catalog.slots.map((slot) => publicSlot(catalog, slot, phases.size > 1)),
    grid: projectGrid(catalog),
    outages: schedule.outages.map((outage) => publicOutage(catalog, outage)),
    closed: schedule.closed.map((closed) => publicClosure(catalog, closed)),
    holidays: schedule.holidays.map(({ date, name }) => ({ date, name })),
  };
}

function rhythmOf({ policy }: Catalog): PublicSchedule['rhythm'] {
  const { schedule, programme } = policy;
  const { slot, slotsOfPhases } = schedule;
  const general = slot ? [{ every: slot.every, days: slot.days, time: slot.time }] : [];
  const own = programme.phases.flatMap(({ id, name }) => {
    const rule = slotsOfPhases[id];
    return rule ? [{ phase: name, every: rule.every, days: rule.days, time: rule.time }] : [];
  });
  return [...general, ...own];
}

function publicClosure(
  { policy }: Catalog,
  { from, until, reason, except }: Catalog['policy']['schedule']['closed'][number],
): PublicClosure {
  const { zone } = policy.programme;
  const [start, end] = [toInstant(from, zone), toInstant(until, zone)];
  return {
    from: start,
    until: end,
    period: { from: timeOf(start, zone), until: timeOf(end, zone) },
    reason,
    except: except.map((type) => typeName(policy, type)),
  };
}

function publicDeadlines({ policy }: Catalog, { provisional, tested, final }: Deadlines): PublicSlot['deadlines'] {
  const { terms } = policy.programme;
  const all = {
    [`${capital(terms.provisional)} note`]: provisional,
    [capital(terms.internalTest)]: tested,
    [`${capital(terms.final)} note`]: final,
  };
  return Object.entries(all).flatMap(([what, due]) => (due ? [{ what, at: timeOf(due, policy.programme.zone) }] : []));
}

function publicOutage(
  { policy }: Catalog,
  { environment, from, until, effect, reason }: Catalog['policy']['schedule']['outages'][number],
): PublicOutage {
  const { zone } = policy.programme;
  const [start, end] = [toInstant(from, zone), toInstant(until, zone)];
  return {
    environment: environmentName(policy, environment),
    from: start,
    until: end,
    window: { from: timeOf(start, zone), until: timeOf(end, zone) },
    effect,
    reason,
  };
}

function publicSlot(
  catalog: Catalog,
  { date, day, phase, time, outcome, reason, exception, closed, deadlines, releases }: Slot,
  isOneOfSeveral: boolean,
): PublicSlot {
  const { schedule, programme } = catalog.policy;
  const { zone } = programme;
  const decision = schedule.slots[exception ?? -1] ?? schedule.closed[closed ?? -1];
  const at = decision && toInstant(decision.at, zone);
  const unread = unreadReleases(catalog);
  const isUnknown = unread.length > 0 && releases.length === 0 && (outcome === 'open' || outcome === 'missed');
  return {
    date,
    day,
    time,
    phase: isOneOfSeveral ? nameIn(programme.phases, phase) : undefined,
    outcome: isUnknown ? 'unknown' : outcome,
    reason: isUnknown ? `It is ${unknownBecause(unread)}` : reason,
    decided:
      decision && at ? { at: timeOf(at, zone), by: publicActors(catalog, decision.by, at, 'publish') } : undefined,
    deadlines: outcome === 'none' ? [] : publicDeadlines(catalog, deadlines),
    releases: releasesWithPage(catalog)
      .filter(({ id }) => releases.includes(id))
      .map(({ id, record }) => referenceTo(catalog, 'release', id, record.title)),
  };
}
