import type { Records } from '../../validate/validate.ts';
import type { MappedRow } from '../row.ts';

export type DefectRecord = Records['defects'][number];

/** The defects of the records, as a tracker knows them. */
export type KnownDefects = {
  /** By their id in the tracker; several are a fault of the records. */
  byId: ReadonlyMap<string, readonly DefectRecord[]>;
  /** By their number, where no import wrote them. */
  byHandByKey: ReadonlyMap<string, DefectRecord>;
  /** By their number, and by their id without zeros, where an import from this tracker wrote them. */
  byKey: ReadonlyMap<string, DefectRecord>;
  byBareId: ReadonlyMap<string, DefectRecord>;
};

export function knownDefects(defects: readonly DefectRecord[], system: string): KnownDefects {
  const byHand = defects.filter(({ tracker }) => !tracker.source);
  const imported = defects.flatMap((defect) => {
    const { source, key } = defect.tracker;
    return source?.system === system ? [{ defect, id: source.id, key }] : [];
  });
  const groups = Map.groupBy(imported, ({ id }) => id);
  return {
    byId: new Map([...groups].map(([id, same]) => [id, same.map(({ defect }) => defect)])),
    byHandByKey: new Map(byHand.map((defect) => [defect.tracker.key, defect])),
    byKey: new Map(imported.map(({ defect, key }) => [key, defect])),
    byBareId: new Map(imported.map(({ defect, id }) => [bareId(id), defect])),
  };
}

/** The defects that a row speaks of: one, none for a new one, and several where the records hold it twice. */
export function defectsOf({ byId, byHandByKey }: KnownDefects, { id, values }: MappedRow): readonly DefectRecord[] {
  const byHand = byHandByKey.get(values.key ?? id);
  return byId.get(id) ?? (byHand ? [byHand] : []);
}

/** Why a row that seems to be of a new defect may be of a known one, in a clause; undefined when it is new. */
export function doubtAbout({ byKey, byBareId }: KnownDefects, { id, values }: MappedRow): string | undefined {
  const namesake = byKey.get(values.key ?? id);
  if (namesake)
    return `${namesake.id} has the number ${namesake.tracker.key} too, and another id in the tracker: ${namesake.tracker.source?.id} there and ${id} here`;
  const twin = byBareId.get(bareId(id));
  return (
    twin &&
    `${twin.id} is ${twin.tracker.source?.id} in the tracker, which is ${id} here but for zeros: a spreadsheet may have changed it`
  );
}

/** An id without what a spreadsheet adds to numbers and takes from them. */
function bareId(id: string): string {
  return /^\d+(?:\.0+)?$/.test(id) ? id.replace(/\.0+$/, '').replace(/^0+(?=\d)/, '') : id;
}
