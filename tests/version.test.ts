import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Component } from '../src/model/component.ts';
import { compareVersions, formOfVersions, isValidVersion } from '../src/model/version.ts';

const component = (scheme: Component['scheme'], versions?: string[]): Component => ({
  id: 'one',
  name: 'One',
  scheme,
  lines: ['main'],
  absentFrom: [],
  formerly: [],
  ...(versions ? { versions } : {}),
});

test.each([
  [
    'semver',
    ['4.13.0', '1.0.0-rc.1', '0.0.1', 'v4.13.0', '4.13.0+build.7'],
    ['4.13', '4.13.0.1', '04.1.0', '4.13.0 ', ''],
  ],
  ['dotted', ['4', '4.10', '1.2.3.4', '010'], ['4.', '.4', 'v4', '4.1a', '4 1', '-1', '']],
  ['date', ['2020.10', '2020.10.1', '1999.1'], ['2020', '20.10', '2020-10', '2120.10', '2020.100', '']],
  ['listed', ['alpha', 'beta'], ['gamma', 'Alpha', '']],
] as const)('%s accepts and refuses', (scheme, good, bad) => {
  const one = component(scheme, ['alpha', 'beta']);
  expect(good.filter((version) => !isValidVersion(one, version))).toEqual([]);
  expect(bad.filter((version) => isValidVersion(one, version))).toEqual([]);
  expect(formOfVersions(one)).not.toBe('');
});

test.each([
  ['semver', ['1.9.0', '1.10.0-rc.1', '1.10.0', '1.10.1', '2.0.0']],
  ['dotted', ['4', '4.1', '4.9', '4.9.1', '4.10', '4.100', '5', '99999999999999999999', '99999999999999999999.1']],
  ['date', ['2019.12', '2020.1', '2020.9.30', '2020.10', '2020.10.1']],
  ['listed', ['alpha', 'omega', 'beta']],
] as const)('%s versions follow each other', (scheme, order) => {
  const one = component(scheme, [...order]);
  for (const [index, version] of order.entries()) {
    for (const [other, later] of order.entries())
      expect(Math.sign(compareVersions(one, version, later)), `${version} and ${later}`).toBe(Math.sign(index - other));
  }
});

test('versions of no valid form are neither older nor newer', () =>
  expect(compareVersions(component('semver'), 'x', '1.0.0')).toBe(0));

test('dotted versions are in a total order', () => {
  const one = component('dotted');
  const version = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(one, a, b)) + Math.sign(compareVersions(one, b, a))).toBe(0);
      if (compareVersions(one, a, b) <= 0 && compareVersions(one, b, c) <= 0)
        expect(compareVersions(one, a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500, seed: 1 },
  );
});
