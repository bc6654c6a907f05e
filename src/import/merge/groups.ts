import { type Instant, toInstant } from '../../model/time.ts';
import { inSeries } from '../../model/wording.ts';
import type { Planned } from '../plan.ts';
import type { MappedRow, SourceRow, Tracker } from '../row.ts';

/** The rows of one defect as one: its last state, and for an export with one row a change what happened on the way. */
export type Grouped = { row: SourceRow; folded?: Tracker['history'] | undefined };

/** The rows that speak for their defects, in the order of the export, and those that are done with. */
export type Groups = { taken: Grouped[]; settled: Planned<'collapse' | 'quarantine'>[] };

/**
 * Puts rows of one id together: equal ones count once, different ones are all set aside, unless the export has one row
 * a change, with times that are local to `changes.zone` where they carry no offset.
 */
export function groupRows(rows: readonly SourceRow[], changes: { zone: string } | undefined): Groups {
  const faulty = rows.filter(({ mapped: { problems } }) => problems.length > 0);
  const sound = rows.filter(({ mapped: { problems } }) => problems.length === 0);
  const byId = Map.groupBy(sound, ({ mapped }) => mapped.id);
  const groups = changes ? foldAll([...byId.values()], changes.zone) : [...byId.values()].map(equal);
  const taken = groups.flatMap((group) => group.taken);
  return {
    taken: changes ? inOrderOf(sound, taken) : taken,
    settled: [
      ...faulty.map((row) => ({ action: 'quarantine' as const, row, problems: row.mapped.problems })),
      ...groups.flatMap((group) => group.settled),
    ],
  };
}

/** Rows that say the same of a defect count once; where they differ, none of them counts. */
function equal(same: readonly SourceRow[]): Groups {
  const [first, ...more] = same as [SourceRow, ...SourceRow[]];
  const differing = [...new Set(more.flatMap(({ mapped }) => differencesOf(mapped, first.mapped)))];
  if (differing.length === 0)
    return { taken: [{ row: first }], settled: more.map((row) => ({ action: 'collapse', row })) };
  return setAside(same, `are of one defect, ${first.mapped.id}, and differ in ${inSeries(differing)}`);
}

function setAside(same: readonly SourceRow[], why: string): Groups {
  const message = `${placesOf(same)} ${why}`;
  return { taken: [], settled: same.map((row) => ({ action: 'quarantine', row, problems: [{ message }] })) };
}

/** The rows as people find them; across sheets with the sheet of each. */
function placesOf(rows: readonly SourceRow[]): string {
  const sheets = new Set(rows.map(({ table }) => table.sheet.name));
  const places = rows.map(({ table, index }) =>
    sheets.size > 1 ? `${index + 1} of the sheet ${table.sheet.name}` : String(index + 1),
  );
  return `the rows ${sheets.size > 1 ? inSeries(places) : places.join(', ')}`;
}

/** A row a change with its moment. */
type Change = { row: SourceRow; moment: Instant };

/** One row a change: the latest is the state, and each that moved severity or status is a line of history. */
function foldAll(groups: readonly SourceRow[][], zone: string): Groups[] {
  const timed = groups.map((same) =>
    same.map((row): Change => ({ row, moment: toInstant(row.mapped.when ?? '', zone) })),
  );
  const direction = directionOf(timed);
  return timed.map((changes) => {
    const tied = direction === undefined ? tiedIn(changes) : undefined;
    if (tied)
      return setAside(
        changes.map(({ row }) => row),
        `are changes of one defect, ${tied.row.mapped.id}, of which some have the same time (${tied.row.mapped.when}) and say different things: which came last cannot be told`,
      );
    return fold(inOrderOfTime(changes, direction ?? 1).map(({ row }) => row));
  });
}

/**
 * Whether the rows of each defect stand oldest first (1) or newest first (-1), as far as their times tell; undefined
 * where no two times of a defect differ, or they tell both.
 */
function directionOf(groups: readonly Change[][]): 1 | -1 | undefined {
  const steps = new Set(
    groups.flatMap((changes) =>
      changes.slice(1).map(({ moment }, index) => {
        const before = changes[index]?.moment ?? moment;
        return moment === before ? 0 : moment > before ? 1 : -1;
      }),
    ),
  );
  return steps.has(1) === steps.has(-1) ? undefined : steps.has(1) ? 1 : -1;
}

/** A change with the time of another that says something else. */
function tiedIn(changes: readonly Change[]): Change | undefined {
  const byMoment = Map.groupBy(changes, ({ moment }) => moment);
  return [...byMoment.values()]
    .filter(([first, ...more]) =>
      more.some(({ row }) => first && differencesOf(row.mapped, first.row.mapped).length > 0),
    )
    .map(([first]) => first)[0];
}

function inOrderOfTime(changes: readonly Change[], direction: 1 | -1): Change[] {
  const inFile = direction === 1 ? changes : changes.toReversed();
  return inFile.toSorted((a, b) => (a.moment === b.moment ? 0 : a.moment < b.moment ? -1 : 1));
}

function fold(ordered: readonly SourceRow[]): Groups {
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

/** What two rows say differently: fields by name, kept columns by heading. */
function differencesOf(a: MappedRow, b: MappedRow): string[] {
  const sides = [a, b].map(({ values, other }) => [
    ...Object.entries(values),
    ...other.map((kept) => [kept.column, kept.values] as const),
  ]);
  const names = new Set(sides.flatMap((side) => side.map(([name]) => name)));
  const [left = new Map(), right = new Map()] = sides.map((side) => new Map(side as [string, unknown][]));
  return [...names].filter((name) => JSON.stringify(left.get(name)) !== JSON.stringify(right.get(name)));
}
