import type { Catalog } from '../../derive/catalog.ts';
import type { Slot } from '../../derive/slots.ts';
import { toDay } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { type Reference, referenceTo } from './reference.ts';

/**
 * What the first page says beyond the other projections: what is owed after emergencies, and which release is in front
 * of participants.
 */
export type PublicHome = {
  /** The date of the next slot. */
  nextSlot?: string | undefined;
  /** Releases of the emergency kind that are under way. */
  emergencies: string[];
  owed: { emergency: Reference; deployedAt: Time; items: Reference[] }[];
};

export function projectHome(catalog: Catalog): PublicHome {
  const { policy, releases, carryForward } = catalog;
  return {
    nextSlot: nextSlotIn(catalog)?.date,
    emergencies: releases
      .filter(
        ({ kind, state, entries }) =>
          kind === 'emergency' && entries.length > 0 && state !== 'complete' && state !== 'closed',
      )
      .map(({ id }) => id),
    owed: carryForward
      .filter(({ debtor, missing }) => debtor === undefined || missing.length > 0)
      .map(({ emergency, deployedAt, items }) => ({
        emergency: referenceTo(catalog, 'release', emergency),
        deployedAt: timeOf(deployedAt, policy.programme.zone),
        items: items.map((id) => referenceTo(catalog, 'item', id)),
      })),
  };
}

/** The next slot on which a release can still come. */
export function nextSlotIn({ asOf, policy, slots }: Catalog): Slot | undefined {
  const today = toDay(asOf, policy.programme.zone);
  return slots.find(({ day, outcome }) => day >= today && outcome !== 'released');
}
