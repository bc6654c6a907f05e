import { canonical } from '../../../derive/canonical.ts';
import type { ReleaseState } from '../../../derive/release-state.ts';
import { pathOfStage } from '../../words/address.ts';
import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { NoteModel } from '../note/note.ts';
import type { PublicNote } from '../notes.ts';
import type { Reference } from '../reference.ts';
import { type LivePanel, livePanelOf } from './live-panel.ts';
import type { Page } from './page.ts';

/** A published stage of a release, by its name: `Provisional note`. */
export type StageReference = { name: string; path: string };

/** A note with what is known of it today: what replaced it, its other stages, and its neighbours. */
export type ShownNote = {
  note: NoteModel;
  state?: ReleaseState | undefined;
  /** The last deployment to participants that succeeded, and since when the release is complete. */
  deployed?: { at: Time; until?: Time | undefined } | undefined;
  completedAt?: Time | undefined;
  replacedBy?: { stage: StageReference; isErratum: boolean; reason?: string | undefined } | undefined;
  sha256: string;
  json: string;
  /** Every stage of the release; the one that is shown has no path. */
  stages: { name: string; path?: string | undefined }[];
  before?: Reference | undefined;
  after?: Reference | undefined;
};

/** One published stage of a release. The moment of looking is absent when nothing is known of the release itself. */
export type NotePage = {
  asOf?: Time | undefined;
  title: string;
  release: Reference;
  shown: ShownNote;
  live?: LivePanel | undefined;
};

export function notePages(facts: Facts): Page<NotePage>[] {
  return facts.notes.map((published) => {
    const release = facts.releases.find(({ id }) => id === published.release);
    return {
      params: paramsOf(published),
      model: {
        asOf: release && facts.asOf.time,
        title: `${published.release} ${published.shown.title}, ${stageOf(published).name}`,
        release: release ? { id: release.id, path: release.reference.path } : { id: published.release },
        shown: shownNote(facts, published),
        live: release && livePanelOf(facts, release),
      },
    };
  });
}

/** The very bytes that were hashed when a note was published: their SHA-256 is the one that the log records. */
export type NoteFile = { text: string };

export function noteFiles({ notes }: Facts): Page<NoteFile>[] {
  return notes.map((published) => ({ params: paramsOf(published), model: { text: canonical(published.sealed) } }));
}

export function shownNote({ notes, releases }: Facts, published: PublicNote): ShownNote {
  const { release, name, sha256, shown } = published;
  const stages = notes.filter((candidate) => candidate.release === release);
  const newer = stages[stages.indexOf(published) + 1];
  const place = notes.indexOf(published);
  const before = notes.slice(0, place).findLast((candidate) => candidate.release !== release);
  const after = notes.slice(place + 1).find((candidate) => candidate.release !== release);
  const now = releases.find(({ id }) => id === release);
  const deployed = now?.live.attempts.findLast(({ outcome }) => outcome === 'succeeded');
  const neighbour = (note: PublicNote | undefined) =>
    note && (releases.find(({ id }) => id === note.release)?.reference ?? { id: note.release });
  return {
    note: shown,
    state: now?.state,
    deployed: deployed && { at: deployed.at, until: deployed.until },
    completedAt: now?.live.completedAt,
    replacedBy: newer && {
      stage: stageOf(newer),
      isErratum: newer.stage === 'erratum',
      reason: newer.shown.reason,
    },
    sha256,
    json: `${pathOfStage(release, name).slice(0, -1)}.json`,
    stages: stages.map((stage) => (stage === published ? { name: stageOf(stage).name } : stageOf(stage))),
    before: neighbour(before),
    after: neighbour(after),
  };
}

export function stageOf({ release, word, name }: PublicNote): StageReference {
  return { name: word, path: pathOfStage(release, name) };
}

function paramsOf({ release, name }: PublicNote): Record<string, string> {
  return { id: release, stage: name };
}
