import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addHours,
  daysBetween,
  deadlineInWords,
  endOfDay,
  faultOfLocalTime,
  hoursBetween,
  isDate,
  isLocalTime,
  isZone,
  toDay,
  toInstant,
  toLocal,
  toOffsetTime,
  weekdayOf,
} from '../src/model/time.ts';
import { decideAsOf } from '../src/pipeline.ts';

const london = 'Europe/London';

test.each([
  ['2020-09-10', true],
  ['2020-02-29', true],
  ['2021-02-29', false],
  ['2020-06-31', false],
  ['2020-13-01', false],
  ['2020-00-10', false],
  ['0000-01-01', false],
  ['2020-9-10', false],
  ['10/09/2020', false],
  ['2020-09-10 ', false],
  ['', false],
])('isDate(%j) is %j', (value, expected) => expect(isDate(value)).toBe(expected));

test.each([
  ['2020-09-10T07:00', true],
  ['2020-09-10T07:00:30', true],
  ['2020-09-10T07:00+01:00', true],
  ['2020-09-10T07:00Z', true],
  ['2020-09-10T24:00', false],
  ['2020-09-10T07:60', false],
  ['2020-09-10 07:00', false],
  ['2020-09-10', false],
  ['2020-06-31T07:00', false],
  ['2020-09-10T7:00', false],
])('isLocalTime(%j) is %j', (value, expected) => expect(isLocalTime(value)).toBe(expected));

test.each([
  ['Europe/London', true],
  ['UTC', true],
  ['Europe/Londn', false],
  ['', false],
  ['London', false],
])('isZone(%j) is %j', (value, expected) => expect(isZone(value)).toBe(expected));

describe('the nights in which the clocks change', () => {
  test.each([
    ['2020-03-29T00:59', undefined],
    ['2020-03-29T01:00', 'missing'],
    ['2020-03-29T01:30', 'missing'],
    ['2020-03-29T01:59', 'missing'],
    ['2020-03-29T02:00', undefined],
    ['2020-10-25T00:59', undefined],
    ['2020-10-25T01:00', 'twice'],
    ['2020-10-25T01:59', 'twice'],
    ['2020-10-25T02:00', undefined],
    ['2020-10-25T01:30+01:00', undefined],
    ['2020-10-25T01:30+00:00', undefined],
    ['2020-10-25T01:30+02:00', 'offset'],
    ['2020-09-10T07:00+00:00', 'offset'],
    ['2020-09-10T07:00+01:00', undefined],
    ['2020-09-10T07:00Z', undefined],
    ['2020-03-29T01:30+00:00', 'offset'],
  ])('%s: %s', (value, fault) => expect(faultOfLocalTime(value, london)).toBe(fault));

  test.each([
    ['2020-03-29T00:59', '2020-03-29T00:59:00Z'],
    ['2020-03-29T02:00', '2020-03-29T01:00:00Z'],
    ['2020-10-25T00:59', '2020-10-24T23:59:00Z'],
    ['2020-10-25T01:30+01:00', '2020-10-25T00:30:00Z'],
    ['2020-10-25T01:30+00:00', '2020-10-25T01:30:00Z'],
    ['2020-10-25T02:00', '2020-10-25T02:00:00Z'],
    ['2020-09-10T07:00', '2020-09-10T06:00:00Z'],
    ['2020-12-10T07:00', '2020-12-10T07:00:00Z'],
    ['2020-09-10', '2020-09-09T23:00:00Z'],
  ])('%s is %s', (value, instant) => expect(toInstant(value, london)).toBe(instant));

  test('a day in March has 23 hours, one in October 25, and a deadline is the next midnight', () => {
    const length = (day: string) => hoursBetween(toInstant(day, london), endOfDay(day, london));
    expect(['2020-03-28', '2020-03-29', '2020-10-25', '2020-10-26'].map(length)).toEqual([24, 23, 25, 24]);
  });
});

test('other zones: half hours, and a day that a country skipped', () => {
  expect(toInstant('2020-09-10T07:00', 'Asia/Kolkata')).toBe('2020-09-10T01:30:00Z');
  expect(toOffsetTime('2020-09-10T01:30:00Z', 'Asia/Kolkata')).toBe('2020-09-10T07:00:00+05:30');
  expect(faultOfLocalTime('2011-12-30T12:00', 'Pacific/Apia')).toBe('missing');
  expect(toOffsetTime('2020-09-10T11:00:00Z', 'America/New_York')).toBe('2020-09-10T07:00:00-04:00');
});

test.each([
  ['2020-10-06T23:00:00Z', 'the end of 2020-10-06'],
  ['2020-12-08T00:00:00Z', 'the end of 2020-12-07'],
  ['2020-10-06T17:00:00Z', '2020-10-06T18:00'],
])('the deadline %s is said as %s', (due, words) => expect(deadlineInWords(due, london)).toBe(words));

test('days are counted by the calendar', () => {
  expect([addDays('2020-02-28', 1), addDays('2020-10-24', 2), addDays('2020-01-01', -1)]).toEqual([
    '2020-02-29',
    '2020-10-26',
    '2019-12-31',
  ]);
  expect([daysBetween('2020-10-24', '2020-10-26'), daysBetween('2020-10-15', '2020-10-14')]).toEqual([2, -1]);
  expect([weekdayOf('2020-09-10'), weekdayOf('2020-09-13'), weekdayOf('2020-09-14')]).toEqual([3, 6, 0]);
  expect(addHours('2020-10-25T00:30:00Z', 1.5)).toBe('2020-10-25T02:00:00Z');
});

test('an instant survives the way to a local time and back, unless the hour happens twice', () => {
  const zones = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  fc.assert(
    fc.property(fc.integer({ min: 946_684_800, max: 2_000_000_000 }), fc.constantFrom(...zones), (seconds, zone) => {
      const instant = `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
      const local = toLocal(instant, zone);
      expect(toDay(instant, zone)).toBe(local.slice(0, 10));
      expect(toInstant(toOffsetTime(instant, zone), zone)).toBe(instant);
      if (faultOfLocalTime(local, zone) === undefined) expect(toInstant(local, zone)).toBe(instant);
      else expect(faultOfLocalTime(local, zone)).toBe('twice');
    }),
    { numRuns: 1000, seed: 1 },
  );
});

describe('the moment of looking', () => {
  const programme = { zone: london, asOf: '2020-10-16T12:00' } as Parameters<typeof decideAsOf>[2];
  const now = '2026-01-01T00:00:00Z';
  test.each([
    ['2020-10-01', '2020-10-02', '2020-09-30T23:00:00Z', true],
    [undefined, '2020-10-02', '2020-10-01T23:00:00Z', true],
    [undefined, '', '2020-10-16T11:00:00Z', false],
    [undefined, undefined, '2020-10-16T11:00:00Z', false],
  ])('flag %s, environment %s: %s', (flag, environment, instant, isChosen) =>
    expect(decideAsOf(flag, environment, programme, now)).toEqual({ instant, isChosen }),
  );

  test('without all of these it is now, and without a programme a local time is in UTC', () => {
    expect(decideAsOf(undefined, undefined, undefined, now)).toEqual({ instant: now, isChosen: false });
    expect(decideAsOf('2020-10-01T07:00', undefined, undefined, now)).toEqual({
      instant: '2020-10-01T07:00:00Z',
      isChosen: true,
    });
  });

  test.each([
    ['soon', 'is not a time'],
    ['2020-06-31', 'is not a time'],
    ['2020-03-29T01:30', 'does not exist'],
  ])('%s is refused', (flag, words) => expect(() => decideAsOf(flag, undefined, programme, now)).toThrow(words));
});
