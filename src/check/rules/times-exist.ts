import type { Path } from '../../diagnostic.ts';
import { faultOfLocalTime, isLocalTime, offsetsAt } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const timesExist = defineRule({
  id: 'times-exist',
  obligations: ['C-136'],
  summary: 'Every local time exists, and names one moment only.',
  about: 'records',
  *check({ releases, defects, waivers, policy }) {
    const { zone } = policy.programme;
    for (const { record } of releases) yield* timesIn(record, record.log, ['log'], zone);
    for (const defect of defects) yield* timesIn(defect, defect.tracker, ['tracker'], zone);
    for (const waiver of waivers) yield* timesIn(waiver, waiver.at, ['at'], zone);
    yield* timesIn({ file: 'schedule.yaml' }, policy.schedule.slots, ['slots'], zone);
    yield* timesIn({ file: 'schedule.yaml' }, policy.schedule.outages, ['outages'], zone);
    yield* timesIn({ file: 'people.yaml' }, policy.people.assignments, ['assignments'], zone);
    yield* timesIn({ file: 'people.yaml' }, policy.people.delegations, ['delegations'], zone);
    yield* timesIn({ file: 'programme.yaml' }, policy.programme.phases, ['phases'], zone);
    yield* timesIn({ file: 'programme.yaml' }, policy.programme.asOf, ['asOf'], zone);
  },
});

const timeFields = new Set([
  'at',
  'from',
  'until',
  'to',
  'raised',
  'resolved',
  'closed',
  'assigned',
  'testingFrom',
  'asOf',
]);

function* timesIn(record: { file: string }, value: unknown, path: Path, zone: string): Generator<RuleFinding> {
  if (typeof value === 'string') {
    if (!timeFields.has(String(path.at(-1))) || !isLocalTime(value)) return;
    const fault = faultOfLocalTime(value, zone);
    if (fault) yield { at: at(record, ...path), ...sentences(fault, value, zone) };
  } else if (value !== null && typeof value === 'object') {
    for (const [key, entry] of Object.entries(value))
      yield* timesIn(record, entry, [...path, Array.isArray(value) ? Number(key) : key], zone);
  }
}

function sentences(
  fault: 'missing' | 'twice' | 'offset',
  value: string,
  zone: string,
): { message: string; hint: string } {
  if (fault === 'missing')
    return {
      message: `${value} does not exist in ${zone}: the clocks go forward over it.`,
      hint: 'Write the time that the clock showed.',
    };
  const offsets = offsetsAt(value, zone);
  if (fault === 'twice')
    return {
      message: `${value} happens twice in ${zone}: the clocks go back over it.`,
      hint: `Add the offset: ${value}${offsets[0]} is the first of the two, ${value}${offsets[1]} the second.`,
    };
  return {
    message: `${value} has an offset that ${zone} does not have at that time.`,
    hint:
      offsets.length === 1
        ? `Leave the offset out: it is ${offsets[0]} there.`
        : offsets.length === 0
          ? 'Leave the offset out, and write a time that the clock showed.'
          : `Write ${offsets.join(' or ')}: the hour happens twice.`,
  };
}
