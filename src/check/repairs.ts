import { basename, extname } from 'node:path';
import type { Catalog } from '../derive/catalog.ts';
import { holdersOf } from '../derive/actors.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { accountableFor } from '../derive/roles.ts';
import { effectiveDay, slotDays } from '../derive/slots.ts';
import type { Path } from '../diagnostic.ts';
import type { LogLine } from '../model/log.ts';
import { toInstant } from '../model/time.ts';
import { type Edit, valueIn } from './edit.ts';
import { addedLines, lineLikeOthers } from './missing-lines.ts';
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
    correction?.kind === 'replace' ? [[{ ...place, kind: 'set', value: correction.text }]] : [];
  return [...corrected, ...own, ...addedLines(finding, place, catalog)];
}

/** A field of a record. */
type Place = { file: string; path: Path };
type Repairs = (finding: Judged, place: Place, catalog: Catalog) => Edit[][];

/** The release of a file, and the number of the line that a path leads into. */
function lineAt({ releases }: Catalog, { file, path }: Place): { release: ReleaseHistory; index: number } | undefined {
  const release = releases.find(({ record }) => record.file === file);
  return release && path[0] === 'log' && typeof path[1] === 'number' ? { release, index: path[1] } : undefined;
}

/** The time of the line above, or of the one below the first. */
const timeOfNeighbour: Repairs = (_, place, catalog) => {
  const found = lineAt(catalog, place);
  if (!found) return [];
  const { log } = found.release.record;
  const near = [log[found.index - 1], log[found.index + 1]].filter((line) => line !== undefined);
  return near.map(({ at }) => moved(place.file, log, found.index, at));
};

/** A line at another time, with the end of what it tells as long after it as it was. */
function moved(file: string, log: readonly LogLine[], index: number, at: string): Edit[] {
  const line = log[index] as LogLine;
  const edits: Edit[] = [{ file, path: ['log', index, 'at'], kind: 'set', value: at }];
  if (line.did === 'deploy' && line.until)
    edits.push({
      file,
      path: ['log', index, 'until'],
      kind: 'set',
      value: `${at.slice(0, 10)}${line.until.slice(10)}`,
    });
  return edits;
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

/** The slots of the phase that are nearest to the day that was named. */
const nearestSlot: Repairs = (_, place, { releases, policy, periods }) => {
  const release = releases.find(({ record }) => record.file === place.file);
  const phase = policy.programme.phases.find(({ id }) => id === release?.record.phase);
  if (!release || !phase) return [];
  const { slot, log } = release.record;
  if (place.path[0] === 'log' && slot !== undefined)
    return [moved(place.file, log, Number(place.path[1]), `${effectiveDay(slot, policy)}${timeOf(log, place.path)}`)];
  const days = slotDays(phase, periods);
  const near = log.find((line) => line.did === 'request')?.from.slice(0, 10) ?? slot ?? '';
  const [first, second] = [days.findLast((day) => day <= near), days.find((day) => day > near)];
  return [first, second].flatMap((value): Edit[][] =>
    value === undefined ? [] : [[{ file: place.file, path: ['slot'], kind: 'set', value }]],
  );
};

function timeOf(log: readonly LogLine[], path: Path): string {
  return log[Number(path[1])]?.at.slice(10) ?? '';
}

/** Who holds the role that the line belongs to, alone or beside those who are named. */
const actedByHolder: Repairs = (_, place, catalog) => {
  const found = lineAt(catalog, place);
  const line = found?.release.record.log[found.index];
  if (!found || !line) return [];
  const at = toInstant(line.at, catalog.policy.programme.zone);
  const roles = [...accountableFor(catalog.policy, line.did), ...rolesOfNeighbours(catalog, line)];
  const holders = [...new Set(roles.flatMap((role) => holdersOf(catalog.offices, role, at)))];
  const path = ['log', found.index, 'by'];
  const alone: Edit[][] = holders.map((value) => [{ file: place.file, path, kind: 'set', value }]);
  return [[{ file: place.file, path, kind: 'set', value: [...new Set([line.by, holders].flat())] }], ...alone];
};

/** What other releases have in the place of `by` for such a line. */
function rolesOfNeighbours({ policy }: Catalog, { did }: LogLine): string[] {
  const kind = policy.raci.kinds[did];
  return Array.isArray(kind) ? kind : [];
}

/** An end that is as long after the beginning as in another release. */
const endAfterBegin: Repairs = (_, place, catalog) => {
  const found = lineAt(catalog, place);
  const line = found?.release.record.log[found.index] as (LogLine & { from?: string; until?: string }) | undefined;
  if (!line?.until) return [];
  const begin = line.from ?? line.at;
  const path = ['log', (found as { index: number }).index];
  const set = (field: string, value: string): Edit[] => [
    { file: place.file, path: [...path, field], kind: 'set', value },
  ];
  return [
    set('until', `${begin.slice(0, 10)}${line.until.slice(10)}`),
    set(line.from === undefined ? 'at' : 'from', `${line.until.slice(0, 10)}${begin.slice(10)}`),
  ];
};

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
  'items-match-log': itemAsListed,
  'lists-name-each-once': removed,
  'log-in-order': timeOfNeighbour,
  'no-line-twice': lineRemoved,
  'nothing-in-the-future': timeOfNeighbour,
  'one-file-one-id': ofFileName,
  'published-note-unchanged': asPublished,
  'regular-release-on-slot': nearestSlot,
  'spans-run-forward': endAfterBegin,
  'window-is-on-the-slot': nearestSlot,
};
