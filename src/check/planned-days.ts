import type { Catalog } from '../derive/catalog.ts';
import { isSlotOf, slotDays } from '../derive/slots.ts';

/** The days of the slots of every phase, as the plan has them: before any of them moved or was left out. */
export function plannedDays({ policy, periods }: Pick<Catalog, 'policy' | 'periods'>): string[] {
  return policy.programme.phases.flatMap((phase) => slotDays(phase, periods));
}

/** True for a day that some version of the plan made a slot, whether or not a later one moved the slots. */
export function wasPlanned(day: string, { policy, periods }: Pick<Catalog, 'policy' | 'periods'>): boolean {
  return policy.programme.phases.some((phase) =>
    periods.some((period) => isSlotOf(period.policy, phase, day, periods)),
  );
}
