import type { ReleaseState } from '../../../derive/release-state.ts';
import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { PublicNote } from '../notes.ts';
import type { Reference } from '../reference.ts';
import type { PublicRelease, PublicWindow } from '../releases.ts';
import type { PublicOutcome } from '../schedule.ts';
import { stageOf, type StageReference } from './note.ts';

/** The next day on which a release can come, and the releases that come outside the slots. */
export type NextSlot = {
  /** False where releases come on any day. */
  hasSlots: boolean;
  unslotted: { release: Reference; state: ReleaseState; window?: PublicWindow | undefined }[];
  slot?:
    | {
        date: string;
        day: string;
        time?: string | undefined;
        outcome: PublicOutcome;
        reason?: string | undefined;
        deadlines: { what: string; at: Time }[];
        releases: SlotRelease[];
        /** The slot after one that has no release. */
        following?: { day: string; outcome: PublicOutcome; releases: Reference[] } | undefined;
      }
    | undefined;
};

export type SlotRelease = {
  release: Reference;
  state: ReleaseState;
  window?: PublicWindow | undefined;
  items: number;
  note?: StageReference | undefined;
};

export function nextSlotOf({ schedule, home, releases, notes }: Facts): NextSlot {
  // Several phases may have a slot on that day.
  const ofDay = schedule.slots.filter(({ date }) => date === home.nextSlot);
  const slot = ofDay.find(({ releases: aiming }) => aiming.length > 0) ?? ofDay[0];
  const following =
    slot?.outcome === 'none'
      ? schedule.slots.find(({ day, outcome }) => day > slot.day && outcome !== 'none')
      : undefined;
  return {
    hasSlots: schedule.rhythm.length > 0,
    unslotted: releases
      .filter(isComingUnslotted)
      .map(({ reference, state, window }) => ({ release: reference, state, window })),
    slot: slot && {
      date: slot.date,
      day: slot.day,
      time: slot.time,
      outcome: slot.outcome,
      reason: slot.reason,
      deadlines: slot.deadlines,
      releases: releases
        .filter(({ id }) => ofDay.some(({ releases: aiming }) => aiming.some((release) => release.id === id)))
        .map((release) => slotRelease(release, notes)),
      following: following && {
        day: following.day,
        outcome: following.outcome,
        releases: following.releases,
      },
    },
  };
}

function isComingUnslotted({ slot, kind, state }: PublicRelease): boolean {
  return slot === undefined && kind !== 'emergency' && !['complete', 'closed', 'deployed', 'failed'].includes(state);
}

function slotRelease(
  { id, reference, state, window, items }: PublicRelease,
  notes: readonly PublicNote[],
): SlotRelease {
  const latest = notes.findLast(({ release }) => release === id);
  return {
    release: reference,
    state,
    window,
    items: items.filter(({ membership }) => membership !== 'withdrawn').length,
    note: latest && stageOf(latest),
  };
}
