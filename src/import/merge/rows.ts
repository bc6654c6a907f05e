import type { Records } from '../../validate/validate.ts';
import type { Created, FieldChange, SetAside, Updated } from '../plan.ts';
import type { SourceRow } from '../row.ts';
import type { Layout } from '../table.ts';
import { quoted } from '../wording.ts';
import type { Grouped } from './groups.ts';
import { type MergeContext, mergeTracker, newTracker } from './tracker.ts';

type Sorted = {
  created: Created[];
  updated: Updated[];
  unchanged: { id: string; row: SourceRow }[];
  setAside: SetAside[];
};

/** Sorts rows into new, changed and unchanged defects, and those in conflict with what a person wrote. */
export function mergeRows(
  taken: readonly Grouped[],
  records: Records,
  context: Omit<MergeContext, 'present' | 'headings' | 'volatile'>,
  takeOver: readonly string[],
): Sorted {
  const sorted: Sorted = { created: [], updated: [], unchanged: [], setAside: [] };
  const { byIdentity, byKey, sameKey, sameNumber } = indexOf(records.defects, context.source.system);
  const nextId = numbering(records.defects);
  const contexts = new Map(
    [...new Set(taken.map(({ row: { table } }) => table))].map((table) => [
      table,
      { ...context, ...presenceIn(table.layout) },
    ]),
  );
  for (const { row, folded } of taken) {
    const { mapped, table, index } = row;
    const own = contexts.get(table) as MergeContext;
    const place = { sheet: table.sheet.name, row: index + 1 };
    const known = byIdentity.get(mapped.id) ?? [];
    const defect = known[0] ?? byKey.get(mapped.values.key ?? mapped.id);
    const namesake = defect ? undefined : sameKey.get(mapped.values.key ?? mapped.id);
    if (namesake) {
      sorted.setAside.push({
        row,
        isConflict: true,
        problems: [
          {
            message: `${namesake.id} has the number ${namesake.tracker.key} too, and another id in the tracker: ${namesake.tracker.source?.id} there and ${mapped.id} here`,
          },
        ],
      });
      continue;
    }
    const twin = defect ? undefined : sameNumber.get(bareId(mapped.id));
    if (twin) {
      sorted.setAside.push({
        row,
        isConflict: true,
        problems: [
          {
            message: `${twin.id} is ${twin.tracker.source?.id} in the tracker, which is ${mapped.id} here but for zeros: a spreadsheet may have changed it`,
          },
        ],
      });
      continue;
    }
    if (!defect) {
      const id = nextId();
      sorted.created.push({
        id,
        file: `defects/${id}.md`,
        row,
        defect: { id, tracker: newTracker(mapped, place, own, folded ?? []) },
      });
      continue;
    }
    const result =
      known.length > 1
        ? {
            kind: 'conflict' as const,
            changes: [],
            reason: `${known.map(({ id }) => id).join(' and ')} are both this defect`,
          }
        : mergeTracker(defect, mapped, place, own, {
            takesOver: takeOver.includes('all') || takeOver.includes(defect.id),
            folded,
          });
    if (result.kind === 'unchanged') sorted.unchanged.push({ id: defect.id, row });
    else if (result.kind === 'changed') sorted.updated.push({ ...result, id: defect.id, file: defect.file, row });
    else sorted.setAside.push({ row, isConflict: true, problems: [{ message: conflictIn(defect.id, result) }] });
  }
  return sorted;
}

function conflictIn(id: string, { reason, changes }: { reason: string; changes: FieldChange[] }): string {
  const said = changes.map(({ field, from, to }) => `${field} is ${quoted(from)} there and ${quoted(to)} here`);
  return `${id} is left as it is, because ${reason}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}

type DefectRecord = Records['defects'][number];

/** An id without what a spreadsheet adds to numbers and takes from them. */
function bareId(id: string): string {
  return /^\d+(?:\.0+)?$/.test(id) ? id.replace(/\.0+$/, '').replace(/^0+(?=\d)/, '') : id;
}

/** Defects by their id in a tracker, by their number where no import wrote them, and by their number where one did. */
function indexOf(
  defects: Records['defects'],
  system: string,
): {
  byIdentity: Map<string, DefectRecord[]>;
  byKey: Map<string, DefectRecord>;
  sameKey: Map<string, DefectRecord>;
  sameNumber: Map<string, DefectRecord>;
} {
  const byIdentity = new Map<string, DefectRecord[]>();
  const byKey = new Map<string, DefectRecord>();
  const sameKey = new Map<string, DefectRecord>();
  const sameNumber = new Map<string, DefectRecord>();
  for (const defect of defects) {
    const { source, key } = defect.tracker;
    if (!source) byKey.set(key, defect);
    else if (source.system === system) {
      byIdentity.set(source.id, [...(byIdentity.get(source.id) ?? []), defect]);
      sameKey.set(key, defect);
      sameNumber.set(bareId(source.id), defect);
    }
  }
  return { byIdentity, byKey, sameKey, sameNumber };
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

/** Ids go on from the highest, in the way in which most ids of defects are written. */
function numbering(defects: Records['defects']): () => string {
  const parts = defects.map(({ id }) => ({ prefix: id.slice(0, numberIn(id)), digits: id.slice(numberIn(id)) }));
  const counts = Map.groupBy(parts, ({ prefix }) => prefix);
  const [prefix, own] = [...counts].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['D-', []];
  const width = Math.max(0, ...own.map(({ digits }) => digits.length)) || 4;
  let last = Math.max(0, ...own.map(({ digits }) => Number(digits)));
  return () => {
    last += 1;
    return `${prefix}${String(last).padStart(width, '0')}`;
  };
}

/** Where the number at the end of an id begins. */
function numberIn(id: string): number {
  let at = id.length;
  while (at > 0 && /\d/.test(id[at - 1] ?? '')) at -= 1;
  return at;
}
