import type { ReleaseState } from '../../../derive/release-state.ts';
import { dayOf, type Time } from '../../words/dates.ts';
import type { PublicGate } from '../duties.ts';
import type { Facts } from '../facts.ts';
import type { PublicEarlier } from '../programme.ts';
import type { PublicLine } from '../log.ts';
import type { Reference } from '../reference.ts';
import type { PublicRelease, PublicReleaseItem, PublicWindow } from '../releases.ts';
import { type LivePanel, livePanelOf } from './live-panel.ts';
import { type ShownNote, shownNote, stageOf, type StageReference } from './note.ts';
import type { Page } from './page.ts';

/** The list of releases, newest first. */
export type ReleasesPage = { asOf: Time; releases: ReleaseRow[]; earlier: PublicEarlier[] };

export type ReleaseRow = {
  release: Reference;
  type: string;
  day?: string | undefined;
  isDeployed: boolean;
  state: ReleaseState;
  versions: { name: string; version: string }[];
  notes: StageReference[];
};

export function releasesPage(facts: Facts): ReleasesPage {
  const sorted = [...facts.releases].sort((a, b) =>
    a.starts < b.starts ? 1 : a.starts > b.starts ? -1 : a.id < b.id ? 1 : -1,
  );
  return {
    asOf: facts.asOf.time,
    releases: sorted.map((release) => rowOf(facts, release)),
    earlier: facts.programme.earlier,
  };
}

function rowOf({ notes }: Facts, release: PublicRelease): ReleaseRow {
  const { id, reference, type, state, versions, live, slot, window } = release;
  const first = live.attempts[0];
  return {
    release: reference,
    type,
    day: first ? dayOf(first.at) : (slot?.day ?? (window && dayOf(window.from))),
    isDeployed: first !== undefined,
    state,
    versions,
    notes: notes.filter((note) => note.release === id).map(stageOf),
  };
}

/** One release: its latest note, or what is known without one; how it stands, what it has to pass, and its log. */
export type ReleasePage = {
  asOf: Time;
  id: string;
  title: string;
  note?: ShownNote | undefined;
  unpublished?: UnpublishedRelease | undefined;
  live: LivePanel;
  gates: PublicGate[];
  log: PublicLine[];
  procedure: string[];
  checklist: { task: string; done?: string | undefined }[];
};

/** What is known of a release that has no note. */
export type UnpublishedRelease = {
  id: string;
  title: string;
  summary: string;
  state: ReleaseState;
  type: string;
  typeMeaning: string;
  phase: string;
  slot?: { date: string; day: string; reason?: string | undefined } | undefined;
  window?: PublicWindow | undefined;
  versions: { name: string; version: string }[];
  items: PublicReleaseItem[];
};

export function releasePages(facts: Facts): Page<ReleasePage>[] {
  return facts.releases.map((release) => {
    const latest = facts.notes.findLast((note) => note.release === release.id);
    return {
      params: { id: release.id },
      model: {
        asOf: facts.asOf.time,
        id: release.id,
        title: release.title,
        note: latest && shownNote(facts, latest),
        unpublished: latest ? undefined : unpublishedRelease(release),
        live: livePanelOf(facts, release),
        gates: release.gates,
        log: release.log,
        procedure: release.procedure,
        checklist: release.checklist,
      },
    };
  });
}

function unpublishedRelease(release: PublicRelease): UnpublishedRelease {
  const { id, title, summary, state, typeName: type, typeMeaning, phase, slot, window, versions, items } = release;
  return { id, title, summary, state, type, typeMeaning, phase, slot, window, versions, items };
}
