import { canonical } from '../../derive/canonical.ts';
import type { LineKind, LogLine } from '../../model/log.ts';
import type { ReleaseRecord } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const correctionsFitTheirLine = defineRule({
  id: 'corrections-fit-their-line',
  obligations: ['C-138'],
  summary:
    'A line replaces an earlier one of its own kind that nothing replaced before, and an erratum follows where a note stated the old one.',
  about: 'records',
  since: 2,
  *check({ releases }) {
    for (const { record, id: release } of releases) {
      for (const [index, line] of record.log.entries()) {
        if (line.replaces === undefined) continue;
        const fault =
          misfit(record.log, index, line.replaces) ??
          untold(record, index, line.replaces) ??
          unshown(record.log, index, line.replaces);
        if (fault) yield { at: at(record, 'log', index, 'replaces'), ...inPlace(fault, record), release };
      }
    }
  },
});

type Fault = { message: string; hint: string; other?: number; says?: string };

function inPlace({ message, hint, other, says }: Fault, record: ReleaseRecord): Omit<RuleFinding, 'at'> {
  if (other === undefined || says === undefined) return { message, hint };
  return { message, hint, related: [{ at: at(record, 'log', other), message: says }] };
}

function misfit(log: readonly LogLine[], index: number, number: number): Fault | undefined {
  const own = log[index] as LogLine;
  const target = log[number - 1];
  if (number >= index + 1 || target === undefined)
    return {
      message: `Line ${index + 1} replaces ${number === index + 1 ? 'itself' : `line ${number}, which is not before it`}.`,
      hint: 'Name the number of an earlier line, counted from 1.',
    };
  if (target.did !== own.did) {
    const near = log.findLastIndex(({ did }, place) => place < index && did === own.did);
    return {
      message: `Line ${index + 1} is a "${own.did}" line, and replaces line ${number}, a "${target.did}" line.`,
      hint:
        near === -1
          ? 'A line replaces one of its own kind: leave "replaces" out.'
          : `A line replaces one of its own kind: the last one before it is line ${near + 1}.`,
      other: number - 1,
      says: 'the line it names',
    };
  }
  const first = log.findIndex(({ replaces }) => replaces === number);
  return first === index
    ? undefined
    : {
        message: `Line ${number} was replaced by line ${first + 1} already.`,
        hint: `Name line ${first + 1}, which holds instead of it.`,
        other: first,
        says: 'the line that replaced it',
      };
}

/** What a confirmed note states of the log; what happened in the market-facing environment is never in one. */
const stated: readonly LineKind[] = ['propose', 'agree', 'withdraw', 'deliver', 'request', 'review', 'approve', 'test'];

/**
 * Replacing what a note published since has stated changes what readers were told; a provisional one says itself that
 * it may change.
 */
function untold({ log, id }: ReleaseRecord, index: number, number: number): Fault | undefined {
  const [own, target] = [log[index], log[number - 1]] as [LogLine, LogLine];
  if (readersSee(own) === readersSee(target)) return undefined;
  if (target.did === 'publish')
    return {
      message: `Line ${index + 1} changes what line ${number} says of a published note.`,
      hint: 'A note is never taken back: keep the line, and publish an erratum.',
      other: number - 1,
      says: 'the publication',
    };
  const note = log.findLastIndex((line, place) => place >= number && place < index && confirms(line));
  const isTold = log.some((line, place) => place > index && confirms(line));
  if (note === -1 || isTold || !stated.includes(own.did)) return undefined;
  return {
    message: `The note of line ${note + 1} states what line ${number} says, and line ${index + 1} changes it.`,
    hint: `Publish an erratum after this line: ccmt publish ${id} erratum --reason "…".`,
    other: note,
    says: 'the note',
  };
}

/** A refusal becomes an approval only where something shows that it never was one; a test may itself be wrong. */
function unshown(log: readonly LogLine[], index: number, number: number): Fault | undefined {
  const [own, target] = [log[index], log[number - 1]] as [LogLine, LogLine];
  if (!('decision' in own && 'decision' in target) || own.ref !== undefined) return undefined;
  if (target.decision !== 'rejected' || own.decision !== 'approved') return undefined;
  return {
    message: `Line ${index + 1} turns the "rejected" of line ${number} into "approved", and nothing shows why.`,
    hint: 'Add "ref" with what shows that it was written wrongly; what was decided again is a line of its own.',
    other: number - 1,
    says: 'the line it names',
  };
}

function confirms(line: LogLine): boolean {
  return line.did === 'publish' && line.note !== 'provisional';
}

/** A line without what no note states: who was told, and where it is written down. */
function readersSee(line: LogLine): string {
  const { informed: _, ref: _ref, replaces: _replaces, consulted, ...rest } = line;
  return canonical(line.did === 'review' ? { ...rest, consulted } : rest);
}
