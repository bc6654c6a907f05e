import { basename, extname } from 'node:path';
import type { Catalog } from '../derive/catalog.ts';
import { holdersOf } from '../derive/actors.ts';
import { accountableFor } from '../derive/roles.ts';
import type { LogLine } from '../model/log.ts';
import { toInstant } from '../model/time.ts';
import { type Edit, valueIn } from './edit.ts';
import { addedLines, lineLikeOthers } from './missing-lines.ts';
import { exceptionRemoved, grantedByWhoMay, idThatIsMissing, neverEnds } from './repairs-beside-releases.ts';
import { lineAt, type PathPlace, type Repairs } from './repair.ts';
import { endAfterBegin, nearestSlot, timeOfNeighbour } from './repairs-of-times.ts';
import type { Judged } from './rule.ts';

/**
 * What may repair a finding, the likelier first; each is all that has to be changed. They are made to tell what follows
 * from what, and never written: what a person would write may be something else.
 */
export function repairsOf(finding: Judged, catalog: Catalog): Edit[][] {
  const { at, correction } = finding;
  if (!('path' in at)) return [];
  const place = { file: at.file, path: at.path };
  const own = rules[finding.rule]?.(finding, place, catalog) ?? [];
  const corrected: Edit[][] =
    correction?.kind !== 'replace'
      ? []
      : at.target === 'key'
        ? renamed(place, correction.text, catalog)
        : [[{ ...place, kind: 'set', value: correction.text }]];
  return [...corrected, ...own, ...addedLines(finding, place, catalog)];
}

/** What stands under one name, under another. */
function renamed({ file, path }: PathPlace, name: string, { releases }: Catalog): Edit[][] {
  const value = valueIn(releases.find((release) => release.file === file)?.record, path);
  if (value === undefined) return [];
  return [
    [
      { file, path, kind: 'remove' },
      { file, path: [...path.slice(0, -1), name], kind: 'set', value },
    ],
  ];
}

const removed: Repairs = (_, { file, path }) => [[{ file, path, kind: 'remove' }]];

/** The line as a whole, where a finding points to a field of it. */
const lineRemoved: Repairs = (_, { file, path }) =>
  path[0] === 'log' ? [[{ file, path: path.slice(0, 2), kind: 'remove' }]] : [];

/** A line without an item that the release does not have, and the item that it has proposed with the others. */
const itemAsListed: Repairs = ({ item }, place, catalog) => {
  const { file, path } = place;
  const release = catalog.releases.find(({ record }) => record.file === file);
  if (!release || item === undefined) return [];
  const { log, items } = release.record;
  const listed = new Set(items.map(({ id }) => id));
  if (!listed.has(item)) {
    const isOnly =
      log[Number(path[1])]?.did !== 'propose' && valueIn(release.record, path.slice(0, 3).concat(1)) === undefined;
    return [[{ file, path: isOnly ? path.slice(0, 3) : path, kind: 'remove' }]];
  }
  const index = log.findIndex(({ did }) => did === 'propose');
  const line = log[index];
  if (line?.did !== 'propose') return lineLikeOthers({ did: 'propose' }, release, 0, catalog);
  const strange = line.items.findIndex((id) => !listed.has(id));
  const into = ['log', index, 'items', strange === -1 ? line.items.length : strange];
  return [[{ file, path: into, kind: strange === -1 ? 'insert' : 'set', value: item }]];
};

/** Who holds the role that the line belongs to, alone or beside those who are named. */
const actedByHolder: Repairs = (_, place, catalog) => {
  const found = lineAt(catalog, place);
  const line = found?.release.record.log[found.index];
  if (!found || !line) return [];
  const at = toInstant(line.at, catalog.policy.programme.zone);
  const roles = [...accountableFor(catalog.policy, line.did), ...rolesOfNeighbours(catalog, line)];
  const holders = [
    ...new Set(roles.flatMap((role) => holdersOf(catalog.offices, role, at, found.release.record.phase))),
  ];
  const path = ['log', found.index, 'by'];
  const alone: Edit[][] = holders.map((value) => [{ file: place.file, path, kind: 'set', value }]);
  return [[{ file: place.file, path, kind: 'set', value: [...new Set([line.by, holders].flat())] }], ...alone];
};

/** What other releases have in the place of `by` for such a line. */
function rolesOfNeighbours({ policy }: Catalog, { did }: LogLine): string[] {
  const kind = policy.raci.kinds[did];
  return Array.isArray(kind) ? kind : [];
}

const ofFileName: Repairs = (_, { file }) => {
  const value = basename(file, extname(file));
  return [[{ file, path: ['id'], kind: 'set', value }]];
};

/** What the newest note of the release states of a field of an item, or of the release. */
const asPublished: Repairs = ({ item }, place, { published, releases }) => {
  const release = releases.find(({ record }) => record.file === place.file);
  const note = published.findLast((other) => other.release === release?.id)?.note as
    Record<string, unknown> | undefined;
  const [field] = place.path;
  if (!note || typeof field !== 'string' || place.path.length !== 1 || item !== undefined) return [];
  const value = note[field];
  return typeof value === 'string' ? [[{ file: place.file, path: place.path, kind: 'set', value }]] : [];
};

const rules: Record<string, Repairs> = {
  'acting-role-is-entitled': actedByHolder,
  'approver-is-entitled': actedByHolder,
  'complete-release-is-closed': lineRemoved,
  'delegations-are-granted': neverEnds,
  'items-match-log': itemAsListed,
  'lists-name-each-once': removed,
  'log-in-order': timeOfNeighbour,
  'no-line-twice': lineRemoved,
  'no-silent-slot': exceptionRemoved,
  'nothing-in-the-future': timeOfNeighbour,
  'one-file-one-id': ofFileName,
  'policy-ids-are-distinct': idThatIsMissing,
  'published-note-unchanged': asPublished,
  'regular-release-on-slot': nearestSlot,
  'roles-are-held': neverEnds,
  'slot-exceptions-fit': exceptionRemoved,
  'spans-run-forward': (...given) => [...endAfterBegin(...given), ...neverEnds(...given)],
  'waiver-is-granted': grantedByWhoMay,
  'window-is-on-the-slot': nearestSlot,
};
