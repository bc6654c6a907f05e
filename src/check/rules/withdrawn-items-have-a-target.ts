import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry } from '../../derive/history.ts';
import { daysBetween, isDate, toDay, toInstant } from '../../model/time.ts';
import { nearest } from '../../validate/nearest.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import { plannedDays, wasPlanned } from '../planned-days.ts';

const none = 'none';

export const withdrawnItemsHaveATarget = defineRule({
  id: 'withdrawn-items-have-a-target',
  obligations: ['C-135'],
  summary: 'An item is withdrawn while it is in the release, for a slot that is still to come, or for none.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const days = plannedDays(catalog);
    for (const release of catalog.releases) {
      for (const entry of entriesOf(release, 'withdraw')) {
        yield* notThere(release, entry);
        yield* elsewhere(release, entry, days, catalog);
      }
    }
  },
});

/** What was never proposed is a finding of the items. */
function* notThere(release: ReleaseHistory, entry: Entry<'withdraw'>): Generator<RuleFinding> {
  const { withdrawn } = snapshotAtEntry(release, entry);
  for (const [position, item] of entry.line.items.entries()) {
    const before = withdrawn[item];
    // With another target the line moves what was promised.
    if (before?.line.target !== entry.line.target) continue;
    yield {
      at: at(release.record, 'log', entry.index, 'items', position),
      message: `${item} was withdrawn from ${release.id} before with this target, and was not proposed again.`,
      hint: 'Leave it out here, or record the "propose" line that brought it back.',
      related: [{ at: at(release.record, 'log', before.index), message: 'the line that withdrew it' }],
      when: entry.at,
      release: release.id,
      item,
    };
  }
}

function* elsewhere(
  release: ReleaseHistory,
  entry: Entry<'withdraw'>,
  days: string[],
  catalog: Catalog,
): Generator<RuleFinding> {
  const { policy } = catalog;
  const { target } = entry.line;
  if (target === none) return;
  const { zone } = policy.programme;
  const shared = {
    at: at(release.record, 'log', entry.index, 'target'),
    when: entry.at,
    release: release.id,
  };
  const today = toDay(entry.at, zone);
  if (!days.includes(target) && !wasPlanned(target, catalog)) {
    const near = nearestDay(target, days, policy) ?? nearest(target, [none]);
    yield {
      ...shared,
      message: `"${target}" is neither a slot of the schedule nor "${none}".`,
      hint: near
        ? `Did you mean "${near}"?`
        : `Name the day of a slot, such as ${days.find((day) => day > today) ?? days.at(-1)}, or "${none}".`,
      correction: near ? { kind: 'replace', text: near } : undefined,
    };
    return;
  }
  const exception = policy.schedule.slots.findIndex(({ date }) => date === target);
  const known = policy.schedule.slots[exception];
  const isDropped = known?.none === true && toInstant(known.at, zone) <= entry.at;
  const isPast = (known?.movedTo ?? target) < today;
  if (!isPast && !isDropped) return;
  const next = days.find((day) => day > today && day !== target);
  yield {
    ...shared,
    message: isPast
      ? `The target ${target} was past on ${today}, when the line was written.`
      : `The slot of ${target} was recorded as having no release before this line.`,
    hint: next ? `Name a slot that is to come, such as ${next}, or "${none}".` : `Write "${none}": no slot is to come.`,
    ...(isPast
      ? {}
      : { related: [{ at: at({ file: 'schedule.yaml' }, 'slots', exception, 'none'), message: 'the slot' }] }),
  };
}

/** The slot that moved to a day, else the one within half a week of it. */
function nearestDay(target: string, days: string[], { schedule }: Catalog['policy']): string | undefined {
  if (!isDate(target)) return undefined;
  const moved = schedule.slots.find(({ movedTo }) => movedTo === target);
  if (moved) return moved.date;
  const [near] = days.toSorted((a, b) => Math.abs(daysBetween(a, target)) - Math.abs(daysBetween(b, target)));
  return near !== undefined && Math.abs(daysBetween(near, target)) < 4 ? near : undefined;
}
