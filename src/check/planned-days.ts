import type { Catalog } from '../derive/catalog.ts';
import { isSlotOf, slotDays } from '../derive/slot-days.ts';

/** The days of the slots of every phase, or of one, as the plan has them: before any of them moved or was left out. */
export function plannedDays({ policy, periods }: Pick<Catalog, 'policy' | 'periods'>, only?: string): string[] {
  return phasesFor(policy, only).flatMap((phase) => slotDays(phase, periods));
}

/** True for a day that some version of the plan made a slot, whether or not a later one moved the slots. */
export function wasPlanned(
  day: string,
  { policy, periods }: Pick<Catalog, 'policy' | 'periods'>,
  only?: string,
): boolean {
  return phasesFor(policy, only).some((phase) =>
    periods.some((period) => isSlotOf(period.policy, phase, day, periods)),
  );
}

function phasesFor(
  { programme }: Catalog['policy'],
  only: string | undefined,
): Catalog['policy']['programme']['phases'] {
  return programme.phases.filter(({ id }) => only === undefined || id === only);
}
