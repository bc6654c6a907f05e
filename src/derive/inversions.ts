import type { Environment } from '../model/environment.ts';
import { compareVersions, type VersionOrder } from '../model/version.ts';

/** What is known of one cell of the matrix, for its place beside others. */
type Held = { environment: string; component: string; version?: string | undefined };

/**
 * The environments before a cell's own on the route to live that hold an older version of its component. Cells stand in
 * the order of the route; environments of one use stand beside each other. Texts have no order but that of their
 * delivery, which is not known here.
 */
export function aheadOf(
  { environment, component, version }: Held,
  cells: readonly Held[],
  environments: readonly Pick<Environment, 'id' | 'use'>[],
  order: VersionOrder,
): string[] {
  if (version === undefined || order.scheme === 'text') return [];
  const own = environments.findIndex(({ id }) => id === environment);
  const before = environments.slice(0, own).filter(({ use }) => use !== environments[own]?.use);
  return before.flatMap(({ id }) => {
    const other = cells.find((cell) => cell.environment === id && cell.component === component)?.version;
    return other !== undefined && compareVersions(order, other, version) < 0 ? [id] : [];
  });
}
