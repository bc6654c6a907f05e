import type { CellState } from '../../derive/matrix.ts';
import type { ReleaseState } from '../../derive/release-state.ts';
import type { StandingKind } from '../../derive/standing.ts';
import type { SlotOutcome } from '../../derive/slots.ts';
import type { Level } from '../../diagnostic.ts';
import { stageTerm, type Terms } from '../../model/terms.ts';
import type { LineKind } from '../../model/log.ts';
import { capital, counted } from '../../model/wording.ts';

/** How a status is shown: a word, its meaning, and a tone that decides shape and colour together. */
export type Tone = 'good' | 'bad' | 'waiting' | 'active' | 'quiet';
export type Word = { word: string; meaning: string; tone: Tone };

/** The words for the states of a release, defined once for every page. */
export const releaseWords: Record<ReleaseState, Word> = {
  failed: { word: 'Failed', meaning: 'It failed in front of participants and is being fixed forward.', tone: 'bad' },
  complete: { word: 'Complete', meaning: 'It is deployed and passed its test there.', tone: 'good' },
  deployed: {
    word: 'Deployed, not yet complete',
    meaning: 'It is deployed; its test there has not passed yet.',
    tone: 'active',
  },
  closed: {
    word: 'Closed',
    meaning: 'It will not be deployed: everything was withdrawn or the review said no.',
    tone: 'quiet',
  },
  cleared: {
    word: 'Cleared',
    meaning: 'Tested, approved and confirmed in its note: only the deployment is left.',
    tone: 'active',
  },
  proved: {
    word: 'Tested',
    meaning: 'All items passed internal testing; approval or confirmation is still to come.',
    tone: 'active',
  },
  proving: { word: 'In internal test', meaning: 'It is being tested internally.', tone: 'waiting' },
  committed: { word: 'Committed', meaning: 'Its items are agreed and being prepared.', tone: 'waiting' },
  candidate: { word: 'Candidates proposed', meaning: 'Items are proposed; none is agreed yet.', tone: 'waiting' },
  draft: { word: 'Draft', meaning: 'Nothing is proposed yet.', tone: 'quiet' },
};

/** The words for the state of an environment's component. */
export const cellWords: Record<CellState, Word> = {
  absent: { word: 'Not deployed here', meaning: 'The component has no place in this environment.', tone: 'quiet' },
  empty: { word: 'Nothing yet', meaning: 'No version has arrived so far.', tone: 'quiet' },
  failing: {
    word: 'Deployment failed',
    meaning: 'The last deployment failed; the version before it is still shown.',
    tone: 'bad',
  },
  rejected: { word: 'Test failed', meaning: 'The version is there and its last test failed.', tone: 'bad' },
  passed: { word: 'Tested', meaning: 'The version is there and passed its test.', tone: 'good' },
  deployed: {
    word: 'Deployed, not tested',
    meaning: 'The version is there; its test has not passed yet.',
    tone: 'waiting',
  },
};

/** The word for a cell: where nothing is tested, a version that is only deployed is as it should be. */
export function cellWord(state: CellState, isTested: boolean): Word {
  if (state !== 'deployed' || isTested) return cellWords[state];
  return { word: 'Deployed', meaning: 'The version is there; nothing is tested in this environment.', tone: 'active' };
}

/** The words for what became of a slot. */
export const slotWords: Record<SlotOutcome | 'unknown', Word> = {
  released: { word: 'Released', meaning: 'A release was deployed on the day.', tone: 'good' },
  none: { word: 'No release', meaning: 'It was decided that there is no release.', tone: 'quiet' },
  planned: { word: 'Planned', meaning: 'A release aims at it.', tone: 'active' },
  open: { word: 'Open', meaning: 'Nothing is planned for it yet.', tone: 'waiting' },
  unknown: { word: 'Unknown', meaning: 'A release that may aim at it cannot be read.', tone: 'waiting' },
  missed: { word: 'Missed', meaning: 'The day passed and nothing was deployed or decided.', tone: 'bad' },
};

/** The words for how an item stands. */
export const standingWords: Record<StandingKind, Word> = {
  fixed: { word: 'In place', meaning: 'A complete release brought it to the participants.', tone: 'good' },
  deployed: { word: 'Deployed', meaning: 'It is deployed; its test there is still to pass.', tone: 'active' },
  coming: { word: 'Coming', meaning: 'A release has committed to it.', tone: 'active' },
  proposed: { word: 'Candidate', meaning: 'A release may take it; that is not agreed yet.', tone: 'waiting' },
  unknown: { word: 'Unknown', meaning: 'A release that may hold it cannot be read.', tone: 'waiting' },
  withdrawn: { word: 'Withdrawn', meaning: 'It was taken out of its release.', tone: 'bad' },
  settled: { word: 'Settled', meaning: 'It is settled without a release.', tone: 'quiet' },
  unplanned: { word: 'Not planned', meaning: 'No release proposes it.', tone: 'waiting' },
};

/** What a page says where the tracker has no severity, or no component of ours, for a defect. */
export const unratedWord = 'Not rated yet';
export const unknownComponentWord = 'Not known yet';

/** The words for the level of a finding. */
export const levelWords: Record<Level, Word> = {
  error: { word: 'Error', meaning: 'It stops the publication.', tone: 'bad' },
  overdue: { word: 'Overdue', meaning: 'The deadline passed and nothing is recorded.', tone: 'bad' },
  warning: { word: 'Warning', meaning: 'It is told and stops nothing.', tone: 'waiting' },
  information: { word: 'For information', meaning: '', tone: 'quiet' },
  waived: { word: 'Waived', meaning: 'A waiver owns it.', tone: 'quiet' },
};

/** The words for how a breach counts. */
export const breachWords: Record<string, string> = {
  error: 'error, which stops the publication',
  warning: 'warning',
  information: 'shown on a page',
};

/** What was found of one thing: how many findings of each level. */
export type Results = Record<Level, number>;

/** What was found, as one status: what is worst decides, and what a waiver owns counts last. */
export function resultWord({ error, overdue, warning, information, waived }: Results): Word {
  if (error > 0) return { word: counted(error, 'error'), meaning: levelWords.error.meaning, tone: 'bad' };
  if (overdue > 0) return { word: `${overdue} overdue`, meaning: levelWords.overdue.meaning, tone: 'bad' };
  if (warning > 0) return { word: counted(warning, 'warning'), meaning: levelWords.warning.meaning, tone: 'waiting' };
  if (waived > 0) return { word: `${waived} waived`, meaning: levelWords.waived.meaning, tone: 'quiet' };
  return information > 0
    ? { word: `${information} for information`, meaning: '', tone: 'quiet' }
    : { word: 'OK', meaning: 'Nothing breaks it.', tone: 'good' };
}

/** The words for what a deployment does to those who use the environment. */
export const effectWords: Record<string, string> = {
  none: 'No outage',
  outage: 'Outage: the environment is unavailable during the window',
  'data-reset': 'Data reset: test data is lost and the environment is unavailable during the window',
};

/** The words for what an item is. */
export const itemKindWords: Record<string, string> = {
  code: 'Code',
  configuration: 'Configuration',
  both: 'Code and configuration',
  document: 'Document',
};

/** The words for a decision on the other code line. */
export const bauWords: Record<string, string> = {
  merged: 'Merged',
  excluded: 'Left out',
  'not-affected': 'Not affected',
};

/** The words for a stage: `Provisional note`, `Erratum 2`. */
export function stageWord(stage: string, number: number, terms: Terms): string {
  if (stage === 'erratum') return `Erratum ${number}`;
  return `${capital(stageTerm(stage, terms))} note`;
}

/** The word and tone for an outcome of the log. */
export function outcomeWord(outcome: string): Word {
  const isGood = outcome === 'succeeded' || outcome === 'passed' || outcome === 'approved';
  return {
    word: capital(outcome),
    meaning: '',
    tone: isGood ? 'good' : 'bad',
  };
}

/** A text that ends as a sentence does, so that another may follow. */
export function withStop(text: string): string {
  return /[.!?:;…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** What happened, by the kind of line that records it. */
export const lineWords: Record<LineKind, string> = {
  propose: 'Candidates proposed',
  agree: 'Agreed',
  deliver: 'Fixes delivered',
  review: 'Release review held',
  request: 'Deployment requested',
  approve: 'Deployment decided',
  deploy: 'Deployed',
  test: 'Tested',
  withdraw: 'Withdrawn',
  publish: 'Note published',
  contact: 'Contact',
};
