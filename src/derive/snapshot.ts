import { absencesOf } from '../model/component.ts';
import type { ReleaseKind, ReleaseType } from '../model/programme.ts';
import { isAlways, isWithin } from '../model/span.ts';
import { type Instant, toDay, toInstant } from '../model/time.ts';
import type { Policy, ReleaseRecord } from '../validate/validate.ts';
import type { Entry } from './entry.ts';
import type { CellEvent } from './timeline.ts';

/** A version that arrived in an environment, and the line that brought it. */
export type Arrival = { version: string; entry: Entry<'deliver' | 'deploy'> };
/** The last test of an item in an environment. */
export type ItemResult = { outcome: 'passed' | 'failed'; entry: Entry<'test'> };

/**
 * What a release lacks in an environment: whether what was last delivered arrived there, the components that did not,
 * and the items that have not passed a test there since theirs did.
 */
export type Lacking = { environment: string; isHere: boolean; components: string[]; items: string[] };

/** How a release stood after a line of its log. */
export type Snapshot = {
  /** Everything ever proposed. */
  candidates: string[];
  /** Candidates that were not withdrawn since they were last proposed. */
  live: string[];
  /** Role to the items its holder agreed to. */
  agreed: Record<string, string[]>;
  /** The committed items. */
  bundle: string[];
  /** Withdrawn items, and the line that withdrew them. */
  withdrawn: Record<string, Entry<'withdraw'>>;
  versions: Record<string, string>;
  /** Component to the line that delivered its version. */
  deliveredBy: Record<string, Entry<'deliver'>>;
  /** The last delivery, with versions or without. */
  delivery?: Entry<'deliver'>;
  /** The items that the delivered versions hold. */
  contents: string[];
  /** Environment to component to what last arrived there. */
  deployed: Record<string, Record<string, Arrival>>;
  /** Environment to the last line that brought this release there, whichever components it brought. */
  arrived: Record<string, Entry<'deliver' | 'deploy'>>;
  /** Environment to the last deployment or test of this release there. */
  last: Record<string, Entry<'deploy' | 'test'>>;
  /** Environment to component to the last deployment or test that touched it there. */
  touched: Record<string, Record<string, Entry<'deploy' | 'test'>>>;
  /** Environment to item to its last result. */
  results: Record<string, Record<string, ItemResult>>;
  /** What is still lacking in each market-facing environment that the release has reached. */
  lacking: Lacking[];
  /** Items whose last test passed in every proving environment, on versions that are still current. */
  proved: string[];
  review?: Entry<'review'>;
  request?: Entry<'request'>;
  approval?: Entry<'approve'>;
  /** Who gave the approvals that still hold, as far as they are entitled to. */
  approvers: string[];
  approvalValid: boolean;
  /** The last note that confirms contents, with what it confirmed. */
  note?: { entry: Entry<'publish'>; bundle: string[]; versions: Record<string, string> };
  noteCurrent: boolean;
  /** The last line that changed bundle or versions. */
  contentChange?: Entry;
};

export type FoldContext = {
  kind: ReleaseKind;
  type: ReleaseType;
  record: ReleaseRecord;
  policy: Policy;
  /** The roles that commit items together, by the policy of the day when they agree. */
  managersAt: (entry: Entry) => string[];
  /** The lines of this release that count, in order of time. */
  entries: readonly Entry[];
  /** The lines of all releases, as one history of the environments. */
  events: readonly CellEvent[];
  /** Item to the components that it names. */
  components: Record<string, readonly string[]>;
};

export const emptySnapshot: Snapshot = {
  candidates: [],
  live: [],
  agreed: {},
  bundle: [],
  withdrawn: {},
  versions: {},
  contents: [],
  deliveredBy: {},
  deployed: {},
  arrived: {},
  last: {},
  touched: {},
  results: {},
  lacking: [],
  proved: [],
  approvers: [],
  approvalValid: false,
  noteCurrent: false,
};

/**
 * True when a component has no place in an environment on the day of a moment: it is declared as not deployed there, or
 * one of the two is not in use yet, or no longer.
 */
export function isAbsent(
  { components, environments, programme }: Policy,
  component: string,
  environment: string,
  moment: Instant,
): boolean {
  const known = components.find(({ id }) => id === component);
  if (!known) return false;
  const place = environments.find(({ id }) => id === environment);
  if (known.absentFrom.length === 0 && isAlways(known) && (!place || isAlways(place))) return false;
  const absences = absencesOf(known).filter((absence) => absence.environment === environment);
  const day = toDay(moment, programme.zone);
  return (
    !isWithin(known, day) ||
    (place !== undefined && !isWithin(place, day)) ||
    absences.some((absence) => isWithin(absence, day))
  );
}

/** The moments at which a component may gain or lose its place in an environment. */
export function turnsOf(
  { components, environments, programme }: Policy,
  component: string,
  environment: string,
): Instant[] {
  const known = components.filter(({ id }) => id === component);
  const absences = known.flatMap(absencesOf).filter((absence) => absence.environment === environment);
  return [...known, ...environments.filter(({ id }) => id === environment), ...absences]
    .flatMap(({ from, until }) => [from, until])
    .flatMap((day) => (day === undefined ? [] : [toInstant(day, programme.zone)]));
}

/** True when two lists hold the same entries in any order. */
export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((entry) => b.includes(entry));
}

/** True when two version tables agree. */
export function sameVersions(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
