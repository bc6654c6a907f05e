import { changesClocks, faultOfLocalTime, toInstant, toLocal, toOffsetTime } from '../../model/time.ts';
import { type Cell, textOf } from '../sheet.ts';
import { shorten } from '../../model/wording.ts';
import type { DateForm } from './form.ts';

/**
 * A cell as a day or local time of the programme, or why it is none; `isTwice` where its hour happens twice and the
 * first was taken.
 */
export type DateValue = { value: string; isTwice?: boolean } | { problem: string };

export type Zones = { export: string; programme: string };

/** Reads one cell of a column of dates. Times are brought from the zone of the export to that of the programme. */
export function readDate(cell: Cell, form: DateForm | undefined, forms: readonly DateForm[], zones: Zones): DateValue {
  if (typeof cell === 'object' && 'date' in cell) return inZone({ local: cell.date.replace(/T00:00:00$/, '') }, zones);
  const text = textOf(cell).trim();
  const shown = `"${shorten(text)}"`;
  if (typeof cell !== 'string') return { problem: `${shown} is a number, not a date` };
  const read = form?.read(text) ?? forms.map((other) => other.read(text)).find((date) => date !== undefined);
  if (read === 'impossible') return { problem: `${shown} names a day or hour that does not exist` };
  if (read === undefined) return { problem: `${shown} is not a date in any form of the profile` };
  return inZone(read, zones);
}

function inZone({ local, offset }: { local: string; offset?: string }, zones: Zones): DateValue {
  if (local.length === 10) return { value: local };
  if (offset === undefined && zones.export === zones.programme && !changesClocks(local.slice(0, 10), zones.export))
    return { value: local.replace(/:00$/, '') };
  if (offset !== undefined) return { value: written(toInstant(`${local}${offset}`, 'UTC'), zones.programme) };
  const fault = faultOfLocalTime(local, zones.export);
  if (fault === 'missing')
    return { problem: `${local.slice(0, 16)} does not exist in ${zones.export}: the clocks go forward over it` };
  if (fault === 'twice' || zones.export !== zones.programme)
    return { value: written(toInstant(local, zones.export), zones.programme), isTwice: fault === 'twice' };
  return { value: local.replace(/:00$/, '') };
}

/**
 * An instant as records write it, with its seconds where there are any, and with its offset in the hour that happens
 * twice.
 */
function written(instant: string, zone: string): string {
  const local = toLocal(instant, zone).replace(/(T\d\d:\d\d):00$/, '$1');
  return faultOfLocalTime(local, zone) === 'twice' ? local + toOffsetTime(instant, zone).slice(19) : local;
}
