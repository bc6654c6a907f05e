import { z } from 'zod';
import { type LineKind, lineKinds } from './log.ts';

/** One required line of a release: what is done, and for some the environment, party or stage that it is done to. */
export type Step = { did: LineKind; target?: string };

/** A step as records write it, `deploy qas2`, read once; everything behind this schema has its two parts. */
export const step = z
  .string()
  .regex(new RegExp(`^(?:${lineKinds.join('|')})(?: \\S+)?$`), {
    error: 'is not a step: write a word of the log, and the environment or stage after it, such as "publish final"',
  })
  .transform((written): Step => {
    const [did, target] = written.split(' ') as [LineKind, string | undefined];
    return target === undefined ? { did } : { did, target };
  });

/** A step as records write it. */
export function writtenStep({ did, target }: Step): string {
  return target === undefined ? did : `${did} ${target}`;
}

/** True when two steps are the same one. */
export function isSameStep(a: Step, b: Step): boolean {
  return a.did === b.did && a.target === b.target;
}
