import { environmentsFor, nameOf } from './environments.ts';
import { deploymentsTo } from './market.ts';
import { addDays, addHours, endOfDay, type Instant, toDay, toInstant } from '../model/time.ts';
import { holdersOf } from './actors.ts';
import type { Catalog } from './catalog.ts';
import type { Entry } from './entry.ts';
import type { ReleaseHistory } from './history.ts';
import { rolesMarked } from './roles.ts';
import { deadlinesOf, effectiveDay } from './slots.ts';
import { stepsOf } from './steps.ts';

/** Something that somebody owes: what, who by role, and by when; without a moment it is owed as soon as it can be. */
export type Duty = { what: string; roles: string[]; due?: Instant; release?: string; item?: string; step?: string };

/** Everything that is owed at the moment of the catalog, soonest first; what has no moment comes last. */
export function dutiesOf(catalog: Catalog): Duty[] {
  const duties = [
    ...catalog.releases.flatMap((release) => dutiesOfRelease(catalog, release)),
    ...slotDuties(catalog),
    ...defectDuties(catalog),
    ...planDuties(catalog),
  ];
  return duties.sort((a, b) => compare(a.due ?? '9', b.due ?? '9') || compare(a.release ?? '', b.release ?? ''));
}

/** The initials of those who hold the roles of a duty at the moment of the catalog. */
export function ownersOf({ policy, offices, asOf }: Catalog, { roles }: Duty): string[] {
  return roles
    .flatMap((role) => holdersOf(offices, role, asOf))
    .map((id) => policy.people.people.find((person) => person.id === id)?.initials ?? id);
}

/** The open steps of a release, each with the deadline that falls on it or on the first step after it. */
function dutiesOfRelease(catalog: Catalog, release: ReleaseHistory): Duty[] {
  const { policy } = catalog;
  if (['complete', 'closed', 'draft'].includes(release.state) || release.now.live.length === 0) return [];
  if (release.state === 'failed') return [correction(catalog, release)];
  const steps = stepsOf(release, policy);
  const dues = dueOfSteps(
    release,
    steps.map(({ step }) => step),
    catalog,
  );
  const last = steps.findLastIndex(({ isDone }) => isDone);
  return steps.flatMap(({ step, isDone }, index): Duty[] => {
    if (isDone || (index < last && !dues[index])) return [];
    const due =
      dues[index] ??
      dueBefore(
        release,
        steps.slice(index + 1).map(({ step: later }) => later),
        dues.slice(index + 1),
        catalog,
      );
    return [
      {
        what: `${inWords(step, catalog)} of ${release.id}`,
        roles: rolesOfStep(step, catalog),
        ...(due ? { due } : {}),
        release: release.id,
        step,
      },
    ];
  });
}

/**
 * What has no deadline of its own is due by that of the first later step that has one; a deployment's counts from the
 * start of its window.
 */
function dueBefore(
  release: ReleaseHistory,
  steps: string[],
  dues: (Instant | undefined)[],
  { policy }: Catalog,
): Instant | undefined {
  const next = dues.findIndex((moment) => moment !== undefined);
  const [word, target] = (steps[next] ?? '').split(' ');
  const isMarket = word === 'deploy' && environmentsFor(policy, 'market').includes(target ?? '');
  return (isMarket ? windowStart(release, policy) : undefined) ?? dues[next];
}

/** The start of the window that was last requested for a release. */
export function windowStart({ now }: ReleaseHistory, policy: Catalog['policy']): Instant | undefined {
  return now.request && toInstant(now.request.line.from, policy.programme.zone);
}

function correction({ policy }: Catalog, release: ReleaseHistory): Duty {
  const { zone, limits } = policy.programme;
  const failure = release.entries.findLast(
    ({ line }) => (line.did === 'deploy' || line.did === 'test') && line.outcome === 'failed',
  ) as Entry;
  const due = endOfDay(addDays(toDay(failure.counts, zone), limits.redeployDays), zone);
  return {
    what: `Correction and new deployment of ${release.id}`,
    roles: rolesMarked(policy, 'deliver', /R/),
    due,
    release: release.id,
  };
}

function dueOfSteps(release: ReleaseHistory, steps: string[], { policy }: Catalog): (Instant | undefined)[] {
  const { slot } = release.record;
  const { zone, limits } = policy.programme;
  const deadlines = slot && release.type.usesSlot ? deadlinesOf(slot, policy) : {};
  const request = release.now.request?.line;
  const deployed = deploymentsTo(release, policy, 'market').findLast(({ line }) => line.outcome === 'succeeded');
  const day = slot && release.type.usesSlot ? endOfDay(effectiveDay(slot, policy), zone) : undefined;
  return steps.map((step) => {
    const [word, target] = step.split(' ');
    if (word === 'publish' && target === 'provisional') return deadlines.provisional;
    if (word === 'publish' && target === 'final') return deadlines.final;
    if (word === 'test' && environmentsFor(policy, 'proving').includes(target as string)) return deadlines.tested;
    if (word === 'deploy' && environmentsFor(policy, 'market').includes(target as string))
      return request ? toInstant(request.until, zone) : day;
    if (word === 'test' && environmentsFor(policy, 'market').includes(target as string))
      return deployed ? addHours(deployed.counts, limits.confirmHours) : day;
    return undefined;
  });
}

/** Slots that come up with nothing planned, or that passed without a word. */
function slotDuties({ slots, policy, asOf }: Catalog): Duty[] {
  if (!isAsked(policy, 'C-066')) return [];
  const { zone, limits } = policy.programme;
  const roles = rolesMarked(policy, 'propose', /A/);
  const open = slots.filter(({ outcome }) => outcome === 'missed' || outcome === 'open');
  const next = open.find(({ outcome, day }) => outcome === 'open' && endOfDay(day, zone) > asOf);
  return open
    .filter((slot) => slot.outcome === 'missed' || slot === next)
    .map(({ date, day }) => ({
      what: `Decision on the slot of ${date}: a release, or none with its reason`,
      roles,
      due: endOfDay(addDays(day, limits.slotDays), zone),
    }));
}

function defectDuties({ defects, policy, releases, asOf }: Catalog): Duty[] {
  const { zone, limits, statuses } = policy.programme;
  const open = new Set(statuses.filter((status) => status.open).map(({ id }) => id));
  const roles = rolesMarked(policy, 'propose', /R/);
  const unassigned = !isAsked(policy, 'C-068')
    ? []
    : defects.filter(
        ({ tracker }) =>
          open.has(tracker.status) &&
          tracker.team === undefined &&
          tracker.assigned === undefined &&
          toInstant(tracker.raised, zone) <= asOf,
      );
  const refused = releases.filter(
    ({ kind, state, now }) => kind === 'emergency' && state === 'closed' && now.live.length > 0,
  );
  return [
    ...unassigned.map(({ id, tracker }) => ({
      what: `Assignment of ${id} to a team`,
      roles,
      due: endOfDay(addDays(toDay(toInstant(tracker.raised, zone), zone), limits.assignedDays), zone),
      item: id,
    })),
    ...refused.flatMap(({ id, now }) =>
      now.live
        .filter((item) => !releases.some((other) => other.kind === 'regular' && other.now.candidates.includes(item)))
        .map((item) => ({ what: `A regular release for ${item}, which ${id} did not take`, roles, item })),
    ),
  ];
}

function planDuties({ policy, carryForward, releases }: Catalog): Duty[] {
  const { zone } = policy.programme;
  const review = policy.plan.nextReview;
  const owed = carryForward.filter(({ debtor }) => debtor === undefined);
  const next = releases.find(
    ({ kind, state }) => kind === 'regular' && !['complete', 'closed', 'deployed', 'failed'].includes(state),
  );
  return [
    ...(review
      ? [
          {
            what: 'Review of the release strategy',
            roles: rolesMarked(policy, 'review', /A/),
            due: endOfDay(review, zone),
          },
        ]
      : []),
    ...owed.map(({ emergency, items }) => ({
      what: `${items.join(', ')} of the emergency ${emergency} again in the final note of ${next?.id ?? 'the next regular release'}, which lists it by itself`,
      roles: rolesMarked(policy, 'publish', /A/),
      release: emergency,
    })),
  ];
}

/** Nothing is owed for what the plan of this programme does not ask. */
function isAsked({ obligations }: Catalog['policy'], obligation: string): boolean {
  return obligations.some(({ id }) => id === obligation);
}

/** A step in the words of a reader. */
export function inWords(step: string, { policy }: Pick<Catalog, 'policy'>): string {
  const [word, target] = step.split(' ') as [string, string | undefined];
  const words: Record<string, string> = {
    propose: 'Candidate list',
    agree: 'Committed list',
    deliver: 'Delivery',
    review: 'Release review',
    request: 'Deployment request',
    approve: 'Approval',
    withdraw: 'Withdrawal',
    contact: 'Contact',
  };
  if (word === 'deploy') return `Deployment to ${nameOf(policy, target as string)}`;
  if (word === 'test')
    return environmentsFor(policy, 'market').includes(target as string)
      ? `Smoke test in ${nameOf(policy, target as string)}`
      : `Passed test in ${nameOf(policy, target as string)}`;
  if (word === 'publish') return `The ${target} note`;
  if (word === 'agree' && target)
    return `Agreement of ${policy.people.parties.find(({ id }) => id === target)?.name ?? target}`;
  return words[word] ?? word;
}

/** Who carries a step out: the responsible roles; a party for its own agreement. */
function rolesOfStep(step: string, { policy }: Catalog): string[] {
  const [word, target] = step.split(' ') as [string, string | undefined];
  if (word === 'agree' && target) return [target];
  return rolesMarked(policy, word, /R/);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
