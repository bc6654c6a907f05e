import type { Catalog } from './catalog.ts';

type Tables = { defects: Map<string, Catalog['defects'][number]>; changes: Map<string, Catalog['changes'][number]> };

const tables = new WeakMap<Catalog['defects'], Tables>();

/** The defect of an id; found by a table that is made once for a catalog. */
export function defectOf(catalog: Catalog, id: string): Catalog['defects'][number] | undefined {
  return tablesOf(catalog).defects.get(id);
}

/** The change of an id. */
export function changeOf(catalog: Catalog, id: string): Catalog['changes'][number] | undefined {
  return tablesOf(catalog).changes.get(id);
}

function tablesOf({ defects, changes }: Catalog): Tables {
  const known = tables.get(defects);
  if (known) return known;
  const made = { defects: new Map(defects.map((defect) => [defect.id, defect])), changes: new Map(changes.map((change) => [change.id, change])) };
  tables.set(defects, made);
  return made;
}
