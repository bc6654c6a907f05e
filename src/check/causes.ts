import { type Catalog, derive } from '../derive/catalog.ts';
import type { Level, Place } from '../diagnostic.ts';
import type { PolicyFiles, Records } from '../validate/validate.ts';
import { check } from './check.ts';
import { edited } from './edit.ts';
import { rules } from './registry.ts';
import { repairsOf } from './repairs.ts';
import type { Judged } from './rule.ts';

/**
 * How often the records are looked at again at most: so often in a small programme, and less the larger it is.
 */
const most = { looks: 60, least: 4, records: 12_000 };

const bySeverity: Level[] = ['error', 'overdue', 'warning'];

/**
 * From each finding that follows from another to that one. A finding follows from another when it disappears once the
 * other is repaired in a copy of the records: so two unrelated mistakes are both causes. Of two that follow from each
 * other the one of the earlier rule is the cause. What is wrong within a line that was edited follows from the edit.
 */
export function causesOf(
  judged: readonly Judged[],
  catalog: Catalog,
  records: Records & { policy: PolicyFiles },
  plan?: string,
): Map<Judged, Judged> {
  const causes = new Map<Judged, Judged>();
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  const asked = new Set(judged.map(({ rule }) => rule));
  const open = judged
    .filter(({ level }) => level !== 'waived' && level !== 'information')
    .toSorted((a, b) => (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0));
  const size = records.releases.length + records.defects.length;
  let looks = Math.max(most.least, Math.min(most.looks, Math.floor(most.records / Math.max(size, 1))));
  for (const cause of open) {
    const others = open.filter((finding) => finding !== cause && !causes.has(finding));
    if (causes.has(cause) || others.length === 0) continue;
    for (const repair of repairsOf(cause, catalog)) {
      const repaired = edited(records, repair);
      if (!repaired || looks === 0) continue;
      looks -= 1;
      const left = new Set(foundIn(repaired, catalog, asked, plan).map(keyOf));
      if (left.has(keyOf(cause))) continue;
      for (const other of others) if (!left.has(keyOf(other))) causes.set(other, cause);
      break;
    }
  }
  for (const root of open.filter((finding) => finding.isRoot && !causes.has(finding)))
    for (const other of open)
      if (!other.isRoot && !causes.has(other) && isWithin(other.at, root.at)) causes.set(other, root);
  return new Map([...causes].map(([finding, cause]) => [finding, rootOf(cause, causes)]));
}

/** True for a place that is a field of another one, or the same. */
function isWithin(place: Place, other: Place): boolean {
  if (!('path' in place) || !('path' in other) || place.file !== other.file) return false;
  return other.path.every((part, index) => place.path[index] === part);
}

/** What the same rules find in other records at the same moment. */
function foundIn(
  records: Records & { policy: PolicyFiles },
  { asOf: instant, isChosen }: Catalog,
  asked: ReadonlySet<string>,
  plan: string | undefined,
): Judged[] {
  return check(derive(records, { instant, isChosen }, plan), asked);
}

/** A cause may be found to follow from another one itself. */
function rootOf(cause: Judged, causes: ReadonlyMap<Judged, Judged>): Judged {
  const next = causes.get(cause);
  return next ? rootOf(next, causes) : cause;
}

/** What a finding is told by when lines come and go; the places move. */
function keyOf({ rule, release = '', item = '', at, message }: Judged): string {
  return [rule, at.file, release, item, message].join('\n');
}

/** The levels of causes that something severer follows from: what is to be repaired first is not the least. */
export function levelsOf(causes: ReadonlyMap<Judged, Judged>): Map<Judged, Level> {
  const levels = new Map<Judged, Level>();
  for (const [finding, cause] of causes) {
    const known = levels.get(cause) ?? cause.level;
    if (bySeverity.indexOf(finding.level) < bySeverity.indexOf(known)) levels.set(cause, finding.level);
  }
  return levels;
}
