import type { News } from '../../derive/news.ts';
import type { Word } from './statuses.ts';

type Did = Extract<News, { did: string }>['did'];

/** The words for what became of a known issue or a retest, and for a fix that came as an emergency. */
export const newsWords: Record<Did | 'emergency', Word> = {
  emergency: { word: 'Emergency', meaning: 'It came in an emergency release.', tone: 'bad' },
  opened: { word: 'New', meaning: 'It became a known issue.', tone: 'waiting' },
  'opened again': { word: 'Opened again', meaning: 'The tracker opened it again.', tone: 'bad' },
  settled: { word: 'Settled', meaning: 'The tracker has settled it.', tone: 'quiet' },
  confirmed: { word: 'Confirmed', meaning: 'The tracker says that it was retested and works.', tone: 'good' },
  'came back': { word: 'Came back', meaning: 'The tracker opened it again after its fix came.', tone: 'bad' },
};
