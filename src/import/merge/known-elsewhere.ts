import type { Records } from '../../validate/validate.ts';
import type { Planned } from '../plan.ts';

/** The tracker from which more than half of what seems to be new is known already. */
export function knownElsewhere(
  created: readonly Planned<'create'>[],
  { defects }: Records,
  system: string,
): { count: number; system: string; profile: string } | undefined {
  const others = new Map(
    defects.flatMap(({ tracker: { source, key } }) =>
      source && source.system !== system
        ? ([
            [source.id, source],
            [key, source],
          ] as const)
        : [],
    ),
  );
  const known = created.flatMap(
    ({ row: { mapped } }) => others.get(mapped.id) ?? others.get(mapped.values.key ?? '') ?? [],
  );
  const first = known[0];
  return first && known.length * 2 > created.length
    ? { count: known.length, system: first.system, profile: first.profile }
    : undefined;
}
