import type { Catalog } from '../../derive/catalog.ts';
import { toDay } from '../../model/time.ts';

/**
 * What the first page says beyond the other projections: what is owed after emergencies, and which release is in front
 * of participants.
 */
export type PublicHome = {
  today: string;
  /** The next slots that are not past, the first of which is the next. */
  nextSlot?: string | undefined;
  /** Releases of the emergency kind that are under way. */
  emergencies: string[];
  owed: { emergency: string; deployedAt: string; items: string[]; debtor?: string | undefined }[];
};

export function projectHome(catalog: Catalog): PublicHome {
  const { asOf, policy, slots, releases, carryForward } = catalog;
  const today = toDay(asOf, policy.programme.zone);
  const next = slots.find(({ day, outcome }) => day >= today && outcome !== 'released') ?? undefined;
  return {
    today,
    nextSlot: next?.date,
    emergencies: releases
      .filter(
        ({ kind, state, entries }) =>
          kind === 'emergency' && entries.length > 0 && state !== 'complete' && state !== 'closed',
      )
      .map(({ id }) => id),
    owed: carryForward
      .filter(({ debtor, missing }) => debtor === undefined || missing.length > 0)
      .map(({ emergency, deployedAt, items, debtor }) => ({ emergency, deployedAt, items, debtor })),
  };
}
