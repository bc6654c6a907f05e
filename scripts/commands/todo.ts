import { dutiesOf } from '../../src/check/duties.ts';
import { type Duty, dutyInWords, isOverdue, ownersOf } from '../../src/check/duty.ts';
import type { Catalog } from '../../src/derive/catalog.ts';
import { partyName } from '../../src/derive/names.ts';
import { toOffsetTime } from '../../src/model/time.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { catalogOf } from '../../src/pipeline.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

/** What is owed, by whom, by when: emergencies first, then the soonest. Returns 0: owing is no error. */
export async function todo(options: ContentOptions & { json?: boolean }): Promise<number> {
  const { sources, moment } = await openContent(options);
  const catalog = catalogOf(sources, moment);
  if (!catalog) throw new Refusal(1, 'The programme cannot be read: run ccmt check first.');
  if (options.json) {
    const rows = dutiesOf(catalog).map((duty) => ({
      ...duty,
      owners: ownersOf(catalog, duty),
      overdue: isOverdue(duty, catalog.asOf),
    }));
    process.stdout.write(`${visibleJson({ format: 1, command: 'todo', asOf: catalog.asOf, duties: rows })}\n`);
    return 0;
  }
  process.stdout.write(todoInWords(catalog));
  return 0;
}

/** What `todo` prints. */
export function todoInWords(catalog: Catalog): string {
  const duties = dutiesOf(catalog);
  return duties.length === 0 ? 'Nothing is owed.\n' : duties.map((duty) => row(duty, catalog)).join('');
}

function row(duty: Duty, catalog: Catalog): string {
  const paint = paintFor(process.stdout);
  const isLate = isOverdue(duty, catalog.asOf);
  const when = duty.isUnknown
    ? 'unknown'
    : duty.due === undefined
      ? 'as soon as it can be'
      : dueInWords(duty.due, catalog.policy.programme.zone);
  const owners = ownersOf(catalog, duty);
  const who = duty.roles.map((role) => partyName(catalog, role)).join(' and ');
  return `${isLate ? paint('yellow', 'overdue ') : '        '}${when.padEnd(22)}  ${dutyInWords(duty)}${who ? `, owed by the ${who}` : ''}${owners.length > 0 ? ` (${owners.join(', ')})` : ''}\n`;
}

/** A deadline in words: the end of a day is told as that day. */
export function dueInWords(due: string, zone: string): string {
  const local = toOffsetTime(due, zone);
  if (!local.includes('T00:00')) return `${dayInWords(local.slice(0, 10))} ${local.slice(11, 16)}`;
  const before = new Date(Date.parse(`${local.slice(0, 10)}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return `${dayInWords(before)} 23:59`;
}

/** A day with its weekday. */
export function dayInWords(day: string): string {
  return `${weekday(day)} ${day}`;
}

function weekday(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}
