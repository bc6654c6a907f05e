import type { Policy } from '../validate/validate.ts';
import { sameSet } from './snapshot.ts';
import { entriesOf, type ReleaseHistory } from './history.ts';
import { hasPartyAgreed } from './release-state.ts';

/** One required line of a release type, and whether the log has it as things stand now. */
export type Step = { step: string; isDone: boolean };

/** The required lines of a release in order, each with whether it holds for the present contents. */
export function stepsOf(release: ReleaseHistory, policy: Policy): Step[] {
  return release.type.steps.flat().map((step) => ({ step, isDone: isDone(release, step, policy) }));
}

/**
 * The required lines that come before a step and are not done; lines that are free in order with it do not come before
 * it.
 */
export function openBefore(release: ReleaseHistory, step: string, policy: Policy): string[] {
  const { steps } = release.type;
  const end = steps.findIndex((entry) => [entry].flat().includes(step));
  const before = end === -1 ? [] : steps.slice(0, end).flat();
  return before.filter((entry) => !isDone(release, entry, policy));
}

function isDone(release: ReleaseHistory, step: string, policy: Policy): boolean {
  const [word, target] = step.split(' ') as [string, string | undefined];
  const { now, entries } = release;
  switch (word) {
    case 'propose':
      return now.candidates.length > 0;
    case 'agree':
      return isAgreed(release, target, policy);
    case 'deliver':
      return Object.keys(now.versions).length > 0 && sameSet(now.contents, now.bundle);
    case 'review':
      return now.review?.line.decision === 'approved';
    case 'request':
      return now.request !== undefined;
    case 'approve':
      return now.approvalValid;
    case 'deploy':
      return (
        target !== undefined &&
        Object.keys(now.versions).length > 0 &&
        Object.entries(now.versions).every(([component, version]) =>
          isHere(release, component, version, target, policy),
        )
      );
    case 'test':
      return (
        target !== undefined &&
        now.bundle.length > 0 &&
        now.bundle.every((item) => now.results[target]?.[item]?.outcome === 'passed') &&
        (!isProving(target, policy) || sameSet(now.proved, now.bundle))
      );
    case 'publish':
      return entriesOf(release, 'publish').some(({ line }) => line.note === target);
    default:
      return entries.some(({ line }) => line.did === word);
  }
}

/** Without a party: the managers have committed items, and in an emergency a party has agreed after the note. */
function isAgreed(release: ReleaseHistory, party: string | undefined, policy: Policy): boolean {
  if (party) return entriesOf(release, 'agree').some(({ actors }) => actors.some(({ id }) => id === party));
  if (release.kind !== 'emergency') return release.now.bundle.length > 0;
  return hasPartyAgreed(release.now, release.entries, {
    kind: release.kind,
    type: release.type,
    record: release.record,
    policy,
    managers: [],
    componentsOfRecord: () => [],
  });
}

function isHere(
  { now }: ReleaseHistory,
  component: string,
  version: string,
  environment: string,
  policy: Policy,
): boolean {
  const isAbsent = policy.components.find(({ id }) => id === component)?.absentFrom.includes(environment);
  return isAbsent === true || now.deployed[environment]?.[component]?.version === version;
}

function isProving(environment: string, policy: Policy): boolean {
  return policy.environments.some(({ id, use }) => id === environment && use === 'proving');
}
