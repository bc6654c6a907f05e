import { firstMarketDeployment } from './market.ts';
import type { Instant } from '../model/time.ts';
import type { PublishedNote } from '../model/published-note.ts';
import type { Policy } from '../validate/validate.ts';
import { entriesOf, type ReleaseHistory, snapshotBefore } from './history.ts';
import { compareText } from '../diagnostic.ts';

/** What an emergency owes to the next regular note (5.3): its contents, from its first successful deployment on. */
export type CarryForward = {
  emergency: string;
  deployedAt: Instant;
  items: string[];
  /** The first regular release that is not withdrawn, with a final note since; absent while there is none. */
  debtor?: string;
  /** The line of the debtor that published the note. */
  noteIndex?: number;
  /** Items that the debtor's final note, or its last erratum, leaves out; empty when it is paid. */
  missing: string[];
};

/** Every emergency's debt; exactly one debtor each (C-097, C-098). */
export function carryForwardOf(
  releases: ReleaseHistory[],
  published: readonly PublishedNote[],
  policy: Policy,
): CarryForward[] {
  const finals = releases
    // Of a release that was withdrawn whole nothing is read: what its note listed passes on to the next.
    .filter(({ kind, state }) => kind === 'regular' && state !== 'closed')
    .flatMap((release) =>
      entriesOf(release, 'publish')
        .filter(({ line }) => line.note === 'final')
        .slice(0, 1)
        .map((entry) => ({ release, entry })),
    )
    .sort((a, b) => compareText(a.entry.at, b.entry.at));
  return releases.flatMap((release): CarryForward[] => {
    if (release.kind !== 'emergency') return [];
    const deployment = firstMarketDeployment(release, policy, 'succeeded');
    if (!deployment) return [];
    const items = snapshotBefore(release, deployment.counts).contents;
    const owed = { emergency: release.id, deployedAt: deployment.counts, items };
    const debtor = finals.find(({ entry }) => entry.at > deployment.counts);
    if (!debtor) return [{ ...owed, missing: items }];
    // An erratum takes the place of the final note, and is the way to list what was left out.
    const notes = published.filter(
      (candidate) => candidate.release === debtor.release.id && candidate.stage !== 'provisional',
    );
    const note = notes.sort((a, b) => compareText(a.publishedAt, b.publishedAt)).at(-1)?.note;
    const listed = new Set(
      [...(note?.items ?? []), ...(note?.relisted.flatMap((entry) => entry.items) ?? [])].map(({ id }) => id),
    );
    const missing = note ? items.filter((item) => !listed.has(item)) : [];
    return [{ ...owed, debtor: debtor.release.id, noteIndex: debtor.entry.index, missing }];
  });
}

/**
 * The emergencies that a note published at a moment has to list again: owed, with no final note of a regular release
 * since.
 */
export function owedAt(carryForward: readonly CarryForward[], release: string, moment: Instant): CarryForward[] {
  return carryForward.filter(
    ({ deployedAt, debtor }) => deployedAt < moment && (debtor === undefined || debtor === release),
  );
}
