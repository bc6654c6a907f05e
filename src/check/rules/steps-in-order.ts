import type { Entry } from '../../derive/entry.ts';
import { actsForItself } from '../../derive/actors.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';
import { byStart } from '../../derive/entry.ts';

export const stepsInOrder = defineRule({
  id: 'steps-in-order',
  obligations: ['C-133'],
  summary: 'The processes of a planned release begin in the order that its type gives.',
  *check({ releases }) {
    for (const release of releases) if (release.kind !== 'emergency') yield* inversions(release);
  },
});

/**
 * The lines that stand for a process of the RACI, each the first time it happens. Deployments, tests, approvals and
 * notes have gates of their own, which say more; a step that is missing is no inversion.
 */
function* inversions(release: ReleaseHistory): Generator<RuleFinding> {
  const ranked = release.type.steps.flatMap((entry, index) => [entry].flat().map((step) => ({ ...step, index })));
  // A step with a target stands for no process by itself.
  const order = new Map(ranked.filter(({ target }) => target === undefined).map(({ did, index }) => [did, index]));
  const seen = new Set<string>();
  let latest: { rank: number; step: string; index: number } | undefined;
  for (const entry of release.entries.toSorted(byStart)) {
    const step = entry.line.did;
    const rank = order.get(step);
    if (
      rank === undefined ||
      typeof release.policy.raci.kinds[step] !== 'string' ||
      seen.has(step) ||
      isOfParties(entry)
    )
      continue;
    seen.add(step);
    if (!latest || rank >= latest.rank) {
      latest = { rank, step, index: entry.index };
      continue;
    }
    yield {
      at: at(release.record, 'log', entry.index, 'did'),
      message: `The first "${step}" comes after the first "${latest.step}", and the plan has it before.`,
      hint: 'Correct the time that is wrong; if it did happen so, a waiver can own it.',
      related: [{ at: at(release.record, 'log', latest.index, 'did'), message: `the "${latest.step}"` }],
      when: entry.at,
      release: release.id,
    };
  }
}

/** A party may agree to the slot at any time. */
function isOfParties({ actors }: Entry): boolean {
  return actors.every(actsForItself);
}
