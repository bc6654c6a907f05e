import { effectiveDay } from '../derive/slot-decisions.ts';
import { slotDays } from '../derive/slot-days.ts';
import type { Path } from '../diagnostic.ts';
import type { LogLine } from '../model/log.ts';
import type { Edit } from './edit.ts';
import { lineAt, type Repairs } from './repair.ts';

/** The time of the line above, or of the one below the first. */
export const timeOfNeighbour: Repairs = (_, place, catalog) => {
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

/** The slots of the phase that are nearest to the day that was named. */
export const nearestSlot: Repairs = (_, place, { releases, policy, periods }) => {
  const release = releases.find(({ record }) => record.file === place.file);
  const phase = policy.programme.phases.find(({ id }) => id === release?.record.phase);
  if (!release || !phase) return [];
  const { slot, log } = release.record;
  if (place.path[0] === 'log' && slot !== undefined)
    return [
      moved(
        place.file,
        log,
        Number(place.path[1]),
        `${effectiveDay(slot, phase.id, policy)}${timeOf(log, place.path)}`,
      ),
    ];
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

/** An end that is as long after the beginning as in another release. */
export const endAfterBegin: Repairs = (_, place, catalog) => {
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
