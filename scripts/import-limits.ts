import { createHash } from 'node:crypto';
import { type ImportPlan, rowsWith } from '../src/import/plan.ts';
import type { Refused } from '../src/import/remark.ts';
import type { Sources } from '../src/load/read-content.ts';
import { compareText } from '../src/diagnostic.ts';
import { isEncoding } from '../src/import/read/encoding.ts';
import { optionalFields } from '../src/import/row.ts';
import { faultOfForm } from '../src/model/date-form.ts';
import { counted } from '../src/model/wording.ts';
import { Refusal } from './terminal.ts';

/** Up to how many, as `--max-absent` and `--max-changes` take it: `12`, or `5%` of the known defects of the tracker. */
export type Limits = { maxAbsent?: string; maxChanges?: string; expect?: string };

/** Why a plan goes beyond what its user allows; undefined when it does not. */
export function beyondLimits(plan: ImportPlan, digest: string, limits: Limits): Refused | undefined {
  if (limits.expect !== undefined && limits.expect !== digest)
    return {
      refused: `The import plan is not the one that was reviewed: its digest is ${digest}, and --expect names ${limits.expect}.`,
      hint: 'The export, the content or the options have changed since: review the plan again.',
    };
  const known = plan.absent.length + rowsWith(plan, 'update', 'keep', 'conflict').length;
  const changed = rowsWith(plan, 'update').length;
  return (
    over(
      plan.absent.length,
      known,
      '--max-absent',
      limits.maxAbsent,
      (count) => `${counted(count, 'known defect')} of the tracker ${count === 1 ? 'is' : 'are'} not in the export`,
    ) ??
    over(
      changed,
      known,
      '--max-changes',
      limits.maxChanges,
      (count) => `${counted(count, 'known defect')} would change`,
    )
  );
}

function over(
  count: number,
  known: number,
  option: string,
  given: string | undefined,
  told: (count: number) => string,
): Refused | undefined {
  if (given === undefined) return undefined;
  const [, number = '', percent] = /^(\d{1,9})(%?)$/.exec(given) ?? [];
  if (number === '' || (percent && Number(number) > 100))
    throw new Refusal(2, `${option} takes a number such as 12, or a share such as 5%, not "${given}".`);
  const most = percent ? Math.floor((known * Number(number)) / 100) : Number(number);
  if (count <= most) return undefined;
  return {
    refused: `${told(count)}, and ${option} ${given} allows ${most}.`,
    hint: 'Look at the plan without that limit; the export may not be whole.',
  };
}

/** Options that change what an import writes, beside the export and the content. */
type Deciding = {
  profile?: string;
  sheet?: string;
  dates?: string[];
  exported?: string;
  firstSeen?: boolean;
  takeOver?: string[];
  without?: string[];
  encoding?: string;
};

/** What a plan hangs on, as one SHA-256: the bytes of the export, every file of the content, and the options. */
export function digestOfPlan(sha256: string, { files }: Sources, options: Deciding): string {
  const { profile, sheet, dates, exported, firstSeen, takeOver, without, encoding } = options;
  const deciding = { profile, sheet, dates, exported, firstSeen, takeOver, without, encoding };
  const hash = createHash('sha256').update(`${sha256}\n${JSON.stringify(deciding)}\n`);
  for (const { path, bytes } of files.toSorted((a, b) => compareText(a.path, b.path)))
    hash.update(`${JSON.stringify(path)} ${createHash('sha256').update(bytes).digest('hex')}\n`);
  return hash.digest('hex');
}

/** Throws a Refusal where options contradict each other, or have a value that nothing can be made of. */
export function mustFit(options: Deciding & { check?: boolean; write?: boolean }): void {
  if (options.check && options.write)
    throw new Refusal(2, '--check says what would change and --write changes it: give one of them.');
  if (options.encoding !== undefined && !isEncoding(options.encoding))
    throw new Refusal(2, `"${options.encoding}" is not an encoding: name one such as utf-8 or windows-1252.`);
  for (const form of options.dates ?? []) {
    const fault = faultOfForm(form);
    if (fault) throw new Refusal(2, `The form "${form}" ${fault}.`);
  }
  const unknown = options.without?.find((field) => !optionalFields.some((known) => known === field));
  if (unknown !== undefined)
    throw new Refusal(2, `An import can do without ${optionalFields.join(', ')}, and not without "${unknown}".`);
}
