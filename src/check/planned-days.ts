import type { Catalog } from '../derive/catalog.ts';
import { isSlotOf, slotDays } from '../derive/slots.ts';

/** The days of the slots of every phase, as the plan has them: before any of them moved or was left out. */
export function plannedDays({ policy, reigns }: Pick<Catalog, 'policy' | 'reigns'>): string[] {
  return policy.programme.phases.flatMap((phase) => slotDays(phase, reigns));
}

/** True for a day that some version of the plan made a slot, whether or not a later one moved the slots. */
export function wasPlanned(day: string, { policy, reigns }: Pick<Catalog, 'policy' | 'reigns'>): boolean {
  return policy.programme.phases.some((phase) => reigns.some((reign) => isSlotOf(reign.policy, phase, day, reigns)));
}
