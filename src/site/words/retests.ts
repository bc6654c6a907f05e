import type { RetestOutcome } from '../../derive/retests.ts';
import type { Word } from './statuses.ts';

/** The words for what came of a fix that participants have. */
export const retestWords: Record<RetestOutcome, Word> = {
  waiting: { word: 'To retest', meaning: 'It is asked for, and the tracker has no answer yet.', tone: 'waiting' },
  reopened: { word: 'Came back', meaning: 'The tracker opened the defect again after its fix came.', tone: 'bad' },
  confirmed: { word: 'Confirmed', meaning: 'The tracker says that it was retested and works.', tone: 'good' },
  settled: { word: 'Settled', meaning: 'The tracker has settled it; it does not say who retested it.', tone: 'quiet' },
  'not-asked': { word: 'Nothing asked', meaning: 'The note asks participants for nothing here.', tone: 'quiet' },
  untracked: {
    word: 'Not followed',
    meaning: 'It is asked for; a change has no status in the tracker.',
    tone: 'active',
  },
};
