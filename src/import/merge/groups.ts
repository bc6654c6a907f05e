import type { SetAside } from '../plan.ts';
import type { MappedRow, SourceRow, Tracker } from '../row.ts';

/** The rows of one defect as one: its last state, and for an export with one row a change what happened on the way. */
export type Grouped = { row: SourceRow; folded?: Tracker['history'] | undefined };

export type Groups = { taken: Grouped[]; collapsed: SourceRow[]; setAside: SetAside[] };

/**
 * Puts rows of one id together: equal ones count once, different ones are all set aside, unless the export has one row
 * a change.
 */
export function groupRows(rows: readonly SourceRow[], hasRowsPerChange: boolean): Groups {
  const groups: Groups = { taken: [], collapsed: [], setAside: [] };
  const byId = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const { problems, id } = row.mapped;
    if (problems.length > 0) groups.setAside.push({ row, problems, isConflict: false });
    else if (byId.has(id)) (byId.get(id) as SourceRow[]).push(row);
    else byId.set(id, [row]);
  }
  for (const same of byId.values()) {
    const [first, ...more] = same as [SourceRow, ...SourceRow[]];
    if (hasRowsPerChange) fold(same, groups);
    else if (more.length === 0) groups.taken.push({ row: first });
    else if (more.every(({ mapped }) => isEqual(mapped, first.mapped))) {
      groups.taken.push({ row: first });
      groups.collapsed.push(...more);
    } else {
      const numbers = same.map(({ index }) => index + 1).join(', ');
      for (const row of same)
        groups.setAside.push({
          row,
          problems: [{ message: `the rows ${numbers} are of one defect, ${first.mapped.id}, and differ` }],
          isConflict: false,
        });
    }
  }
  return groups;
}

/** One row a change: the latest is the state, and each that moved severity or status is a line of history. */
function fold(same: readonly SourceRow[], groups: Groups): void {
  const ordered = same.toSorted((a, b) =>
    (a.mapped.when ?? '') < (b.mapped.when ?? '')
      ? -1
      : (a.mapped.when ?? '') > (b.mapped.when ?? '')
        ? 1
        : a.index - b.index,
  );
  const folded: Tracker['history'] = [];
  for (const [place, { mapped }] of ordered.entries()) {
    const before = ordered[place - 1]?.mapped.values;
    if (!before) continue;
    for (const field of ['severity', 'status'] as const) {
      const [from, to] = [before[field], mapped.values[field]];
      if (from !== to && from !== undefined && to !== undefined)
        folded.push({ at: mapped.when as string, field, from, to });
    }
  }
  groups.taken.push({ row: ordered.at(-1) as SourceRow, folded });
  groups.collapsed.push(...ordered.slice(0, -1));
}

function isEqual(a: MappedRow, b: MappedRow): boolean {
  return JSON.stringify([a.values, a.other]) === JSON.stringify([b.values, b.other]);
}
