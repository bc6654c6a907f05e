import type { Records } from '../../validate/validate.ts';
import type { FieldChange, Planned } from '../plan.ts';
import type { SourceRow } from '../row.ts';
import type { Layout } from '../table.ts';
import { quoted } from '../wording.ts';
import type { Grouped } from './groups.ts';
import { type DefectRecord, defectsOf, doubtAbout, knownDefects } from './known-defects.ts';
import { numbering } from './numbering.ts';
import { type MergeContext, mergeTracker, newTracker } from './tracker.ts';

/** What the import knows beside a table. */
export type ImportContext = Omit<MergeContext, 'present' | 'headings' | 'volatile'>;

type MergedRow = Planned<'create' | 'update' | 'keep' | 'conflict'>;

/**
 * Says of the rows that speak for their defects which are new, changed and unchanged, and which are in conflict with
 * what is recorded. `takeOver` names the defects of which the import may have what a person wrote, or `all`.
 */
export function mergeRows(
  taken: readonly Grouped[],
  { defects }: Records,
  context: ImportContext,
  takeOver: readonly string[],
): MergedRow[] {
  const known = knownDefects(defects, context.source.system);
  const nextId = numbering(defects);
  const tables = new Set(taken.map(({ row }) => row.table));
  const contexts = new Map([...tables].map((table) => [table, { ...context, ...presenceIn(table.layout) }]));
  const contextOf = ({ table }: SourceRow) => contexts.get(table) as MergeContext;
  return taken.map(({ row, folded }): MergedRow => {
    const [defect, ...more] = defectsOf(known, row.mapped);
    if (defect && more.length > 0) {
      const names = [defect, ...more].map(({ id }) => id).join(' and ');
      return conflict(row, conflictIn(defect.id, `${names} are both this defect`, []));
    }
    if (defect) {
      const takesOver = takeOver.includes('all') || takeOver.includes(defect.id);
      return merged(defect, { row, folded }, contextOf(row), takesOver);
    }
    const doubt = doubtAbout(known, row.mapped);
    if (doubt !== undefined) return conflict(row, doubt);
    const id = nextId();
    const tracker = newTracker(row.mapped, placeOf(row), contextOf(row), folded ?? []);
    return { action: 'create', row, id, file: `defects/${id}.md`, tracker };
  });
}

/** A row of a defect that is there already. */
function merged(defect: DefectRecord, { row, folded }: Grouped, context: MergeContext, takesOver: boolean): MergedRow {
  const { id, file } = defect;
  const result = mergeTracker(defect, row.mapped, placeOf(row), context, { takesOver, folded });
  if (result.kind === 'unchanged') return { action: 'keep', row, id };
  if (result.kind === 'conflict') return conflict(row, conflictIn(id, result.reason, result.changes));
  const { tracker, changes, isReopened, isSeverityChanged } = result;
  return { action: 'update', row, id, file, tracker, changes, isReopened, isSeverityChanged };
}

function conflict(row: SourceRow, message: string): MergedRow {
  return { action: 'conflict', row, problems: [{ message }] };
}

function conflictIn(id: string, reason: string, changes: readonly FieldChange[]): string {
  const said = changes.map(({ field, from, to }) => `${field} is ${quoted(from)} there and ${quoted(to)} here`);
  return `${id} is left as it is, because ${reason}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}

function placeOf({ table, index }: SourceRow): { sheet: string; row: number } {
  return { sheet: table.sheet.name, row: index + 1 };
}

function presenceIn({ positions, columns }: Layout): Pick<MergeContext, 'present' | 'headings' | 'volatile'> {
  const kept = columns.filter(({ keep }) => keep);
  return {
    present: new Set(positions.keys()),
    headings: new Set([
      ...kept.map(({ heading }) => heading),
      ...(positions.get('component') ?? []).map((at) => columns[at]?.heading ?? ''),
    ]),
    volatile: new Set(kept.filter(({ keep }) => keep?.volatile).map(({ heading }) => heading)),
  };
}
