import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseState } from '../../derive/release-state.ts';
import type { Deadlines, Slot, SlotOutcome } from '../../derive/slots.ts';
import { nameIn } from '../../model/labelled.ts';
import { type Instant, toInstant } from '../../model/time.ts';
import { environmentName } from '../../derive/environments.ts';
import { type PublicActor, publicActors } from '../words/actors.ts';
import { projectGrid, type PublicGrid } from './grid.ts';

/** One slot of the schedule with what became of it. */
export type PublicSlot = {
  date: string;
  day: string;
  phase: string;
  outcome: SlotOutcome;
  reason?: string | undefined;
  decided?: { at: Instant; by: PublicActor[] } | undefined;
  deadlines: Deadlines;
  releases: { id: string; title: string; state: ReleaseState }[];
};

export type PublicOutage = { environment: string; from: Instant; until: Instant; effect: string; reason: string };

export type PublicSchedule = {
  every: number;
  day: string;
  slots: PublicSlot[];
  grid: PublicGrid;
  outages: PublicOutage[];
  holidays: { date: string; name: string }[];
};

export function projectSchedule(catalog: Catalog): PublicSchedule {
  const { schedule, programme } = catalog.policy;
  return {
    every: schedule.slot.every,
    day: schedule.slot.day,
    slots: catalog.slots.map((slot) => publicSlot(catalog, slot)),
    grid: projectGrid(catalog),
    outages: schedule.outages.map(({ environment, from, until, effect, reason }) => ({
      environment: environmentName(catalog.policy, environment),
      from: toInstant(from, programme.zone),
      until: toInstant(until, programme.zone),
      effect,
      reason,
    })),
    holidays: schedule.holidays.map(({ date, name }) => ({ date, name })),
  };
}

function publicSlot(
  catalog: Catalog,
  { date, day, phase, outcome, reason, exception, deadlines, releases }: Slot,
): PublicSlot {
  const { schedule, programme } = catalog.policy;
  const decision = exception === undefined ? undefined : schedule.slots[exception];
  const at = decision && toInstant(decision.at, programme.zone);
  return {
    date,
    day,
    phase: nameIn(programme.phases, phase),
    outcome,
    reason,
    decided: decision && at ? { at, by: publicActors(catalog, decision.by, at, 'publish') } : undefined,
    deadlines: { provisional: deadlines.provisional, tested: deadlines.tested, final: deadlines.final },
    releases: releases.flatMap((id) => {
      const release = catalog.releases.find((candidate) => candidate.id === id);
      return release && release.entries.length > 0 ? [{ id, title: release.record.title, state: release.state }] : [];
    }),
  };
}
