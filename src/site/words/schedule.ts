import { capital, inSeries } from '../../model/wording.ts';
import type { PublicSchedule } from '../project/schedule.ts';

/** When regular releases can be deployed, as sentences; those of a phase name it. */
export function rhythmInWords(rhythm: PublicSchedule['rhythm']): string {
  if (rhythm.length === 0) return 'A release is deployed on any day on which there is something to deploy.';
  return rhythm.map(sentence).join(' ');
}

function sentence({ phase, every, days, time }: PublicSchedule['rhythm'][number]): string {
  const names = inSeries(days.map(capital));
  const interval = every === 1 ? `every ${names}` : `every ${every} weeks on a ${names}`;
  const hour = time === undefined ? '' : ` at ${time}`;
  const which = phase === undefined ? 'A regular release' : `In ${phase}, a regular release`;
  return `${which} can be deployed ${interval}${hour}, and is only when there is something to deploy.`;
}
