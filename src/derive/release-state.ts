import { environmentsFor } from './environments.ts';
import { isWhole } from './presence.ts';
import { isGateOpen } from './gate-open.ts';
import { type FoldContext, sameSet, type Snapshot } from './snapshot.ts';
import type { ReleaseType } from '../model/programme.ts';
import type { Instant } from '../model/time.ts';
import type { Policy } from '../validate/validate.ts';
import { byTime, type Entry, isBefore, isEntry } from './entry.ts';

/** The states of a release; the first of the list that holds is the release's. */
export const releaseStates = [
  'failed',
  'complete',
  'deployed',
  'closed',
  'cleared',
  'proved',
  'proving',
  'committed',
  'candidate',
  'draft',
] as const;
export type ReleaseState = (typeof releaseStates)[number];

/**
 * The state of a release as its log stands. What has no place in an environment is asked for the day of its last line,
 * so that what is retired later changes no release of the past. `isNextAttempt` leaves the market-facing environment
 * aside: how far the correction of a failed release is.
 */
export function stateOf(
  now: Snapshot,
  entries: Entry[],
  context: FoldContext,
  { isNextAttempt = false } = {},
): ReleaseState {
  const market = isNextAttempt ? undefined : marketState(now, context.policy);
  if (market) return market;
  if (isClosed(now)) return 'closed';
  const isProved = now.bundle.length > 0 && sameSet(now.proved, now.bundle);
  if (
    isProved &&
    sameSet(now.contents, now.bundle) &&
    isGateOpen(now, context.type, 'approve') &&
    now.noteCurrent &&
    hasPartyAgreed(now, entries, context)
  )
    return 'cleared';
  if (isProved) return 'proved';
  if (isInProving(now, context, entries.at(-1)?.counts ?? '')) return 'proving';
  if (now.bundle.length > 0) return 'committed';
  return now.candidates.length > 0 ? 'candidate' : 'draft';
}

/** True when everything that was delivered arrived where participants test, and each item passed there since. */
export function isComplete(now: Snapshot, policy: Policy): boolean {
  return marketState(now, policy) === 'complete';
}

/** Failed, complete or deployed, from the lines of the release in the market-facing environments. */
function marketState(now: Snapshot, policy: Policy): ReleaseState | undefined {
  if (now.lacking.length === 0) return undefined;
  if (failureInMarket(now, policy)) return 'failed';
  const isEverywhere = now.lacking.length === environmentsFor(policy, 'market').length;
  return isEverywhere &&
    now.lacking.every(({ components, items, isHere }) => isHere && components.length === 0 && items.length === 0)
    ? 'complete'
    : 'deployed';
}

/** The last failure in a market-facing environment that nothing was deployed over since. */
export function failureInMarket({ touched, last }: Snapshot, policy: Policy): Entry<'deploy' | 'test'> | undefined {
  return environmentsFor(policy, 'market')
    .flatMap((environment) => [
      ...Object.values(touched[environment] ?? {}),
      ...[last[environment]].flatMap((entry) => entry ?? []),
    ])
    .filter(({ line }) => line.outcome === 'failed')
    .sort(byTime)
    .at(-1);
}

/** Closed: everything was withdrawn, or the last review said no. */
function isClosed(now: Snapshot): boolean {
  const review = now.review?.line;
  if (review?.decision === 'rejected' || review?.immediate === false) return true;
  return now.candidates.length > 0 && now.live.length === 0;
}

/** An emergency needs a party's agreement after its note (5.3); the type's steps may name which party. */
export function hasPartyAgreed(
  now: Snapshot,
  entries: readonly Entry[],
  { kind: release, type }: Pick<FoldContext, 'kind' | 'type'>,
): boolean {
  if (release !== 'emergency') return true;
  const named = partiesNamed(type);
  const note = now.note?.entry;
  return entries.some(
    (entry) =>
      isEntry(entry, 'agree') &&
      note !== undefined &&
      isBefore(note, entry) &&
      entry.actors.some(({ id, kind }) => kind === 'party' && (named.length === 0 || named.includes(id))),
  );
}

/** True when the managers agree to each release of a type: its steps name no party to `agree`, or are not known. */
export function isAgreedByManagers({ steps }: ReleaseType): boolean {
  return steps.length === 0 || steps.flat().some(({ did, target }) => did === 'agree' && target === undefined);
}

/** The parties that the steps of a type name as agreeing: `agree stakeholders`. */
export function partiesNamed({ steps }: ReleaseType): string[] {
  return steps.flat().flatMap(({ did, target }) => (did === 'agree' && target ? [target] : []));
}

function isInProving(now: Snapshot, { policy }: FoldContext, moment: Instant): boolean {
  const proving = environmentsFor(policy, 'proving');
  return proving.length > 0 && proving.every((id) => isWhole(now, id, policy, moment));
}
