import { compareText } from '../../diagnostic.ts';
import type { Planned } from '../plan.ts';
import type { MappedRow, SourceRow, Tracker } from '../row.ts';

/** The rows of one defect as one: its last state, and for an export with one row a change what happened on the way. */
export type Grouped = { row: SourceRow; folded?: Tracker['history'] | undefined };

/** The rows that speak for their defects, in the order of the export, and those that are done with. */
export type Groups = { taken: Grouped[]; settled: Planned<'collapse' | 'quarantine'>[] };

/**
 * Puts rows of one id together: equal ones count once, different ones are all set aside, unless the export has one row
 * a change.
 */
export function groupRows(rows: readonly SourceRow[], hasRowsPerChange: boolean): Groups {
  const faulty = rows.filter(({ mapped: { problems } }) => problems.length > 0);
  const sound = rows.filter(({ mapped: { problems } }) => problems.length === 0);
  const byId = Map.groupBy(sound, ({ mapped }) => mapped.id);
  const groups = [...byId.values()].map((same) => (hasRowsPerChange ? fold(same) : equal(same)));
  const taken = groups.flatMap((group) => group.taken);
  return {
    taken: hasRowsPerChange ? inOrderOf(sound, taken) : taken,
    settled: [
      ...faulty.map((row) => ({ action: 'quarantine' as const, row, problems: row.mapped.problems })),
      ...groups.flatMap((group) => group.settled),
    ],
  };
}

/** Rows that say the same of a defect count once; where they differ, none of them counts. */
function equal(same: readonly SourceRow[]): Groups {
  const [first, ...more] = same as [SourceRow, ...SourceRow[]];
  if (more.every(({ mapped }) => isEqual(mapped, first.mapped)))
    return { taken: [{ row: first }], settled: more.map((row) => ({ action: 'collapse', row })) };
  const numbers = same.map(({ index }) => index + 1).join(', ');
  const message = `the rows ${numbers} are of one defect, ${first.mapped.id}, and differ`;
  return { taken: [], settled: same.map((row) => ({ action: 'quarantine', row, problems: [{ message }] })) };
}

/** One row a change: the latest is the state, and each that moved severity or status is a line of history. */
function fold(same: readonly SourceRow[]): Groups {
  const ordered = same.toSorted((a, b) => compareText(a.mapped.when ?? '', b.mapped.when ?? '') || a.index - b.index);
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
  return {
    taken: [{ row: ordered.at(-1) as SourceRow, folded }],
    settled: ordered.slice(0, -1).map((row) => ({ action: 'collapse', row })),
  };
}

/** The last row of a defect may stand below the first of the next. */
function inOrderOf(rows: readonly SourceRow[], taken: readonly Grouped[]): Grouped[] {
  const places = new Map(rows.map((row, place) => [row, place]));
  return taken.toSorted((a, b) => (places.get(a.row) ?? 0) - (places.get(b.row) ?? 0));
}

function isEqual(a: MappedRow, b: MappedRow): boolean {
  return JSON.stringify([a.values, a.other]) === JSON.stringify([b.values, b.other]);
}
