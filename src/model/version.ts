import { compare as compareSemver, valid as validSemver } from 'semver';
import type { Component } from './component.ts';

const dotted = /^\d+(?:\.\d+)*$/;
const dateLike = /^(?:19|20)\d{2}(?:\.\d{1,2}){1,3}$/;

/** What of a component decides the form and order of its versions. */
export type VersionOrder = Pick<Component, 'scheme' | 'versions'>;

/** True when a version has the form that the scheme of its component asks for (C-022). */
export function isValidVersion(component: VersionOrder, version: string): boolean {
  switch (component.scheme) {
    case 'semver':
      return validSemver(version) !== null && !/[\s=]/.test(version);
    case 'dotted':
      return dotted.test(version);
    case 'date':
      return dateLike.test(version);
    case 'listed':
      return component.versions?.includes(version) ?? false;
    case 'text':
      return version.trim() !== '';
  }
}

/**
 * Orders two versions of a component: negative when the first is older. Versions of no valid form compare as equal; of
 * two texts the first is taken as the newer one, for it is the one that was delivered later.
 */
export function compareVersions(component: VersionOrder, a: string, b: string): number {
  if (!isValidVersion(component, a) || !isValidVersion(component, b)) return 0;
  if (component.scheme === 'text') return a === b ? 0 : 1;
  if (component.scheme === 'semver') return compareSemver(a, b);
  if (component.scheme === 'listed')
    return (component.versions?.indexOf(a) ?? 0) - (component.versions?.indexOf(b) ?? 0);
  return compareNumbers(a.split('.'), b.split('.'));
}

/**
 * One text for every spelling of a version: 1.11 and 1.11.0 with dots, v2.0.0 and 2.0.0+build.7 as semver are the same
 * version.
 */
export function sameSpelling(component: VersionOrder, version: string): string {
  if (!isValidVersion(component, version) || ['listed', 'text'].includes(component.scheme)) return version;
  if (component.scheme === 'semver') return validSemver(version) ?? version;
  const numbers = version.split('.').map((number) => BigInt(number).toString());
  return numbers.slice(0, numbers.findLastIndex((number) => number !== '0') + 1).join('.');
}

/** What a scheme's versions look like, in words for a message. */
export function formOfVersions(component: VersionOrder): string {
  switch (component.scheme) {
    case 'semver':
      return 'three numbers with dots, such as 4.13.0';
    case 'dotted':
      return 'numbers with dots, such as 4.10';
    case 'date':
      return 'a year and numbers with dots, such as 2020.10';
    case 'listed':
      return `one of ${component.versions?.join(', ') ?? 'none'}`;
    case 'text':
      return 'any text';
  }
}

function compareNumbers(a: string[], b: string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = BigInt(a[index] ?? 0) - BigInt(b[index] ?? 0);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}
