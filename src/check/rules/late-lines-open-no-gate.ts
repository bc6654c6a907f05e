import type { Catalog } from '../../derive/catalog.ts';
import { isFor } from '../../derive/environments.ts';
import { noteOfLine } from '../../derive/publications.ts';
import { lateLinesOf } from '../../derive/late-lines.ts';
import type { LogLine } from '../../model/log.ts';
import { toInstant } from '../../model/time.ts';
import type { ReleaseRecord } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const lateLinesOpenNoGate = defineRule({
  id: 'late-lines-open-no-gate',
  obligations: ['C-138'],
  summary:
    'A line recorded late, or dated back by a correction, opens no gate that was passed before it was written, and contradicts no note published since.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const { zone } = catalog.policy.programme;
    for (const { record } of catalog.releases) {
      const late = lateLinesOf(record.log, zone).map(({ index, at: from }) => ({ index, from, until: undefined }));
      for (const { index, from, until } of [...late, ...datedBack(record.log, zone)]) {
        const passed = firstBetween(record, index, from, until, catalog);
        if (passed) yield finding(record, index, passed);
      }
    }
  },
});

type Moved = { index: number; from: string; until: string | undefined };
type Passed = { index: number; isContradiction: boolean };

/** A correction that gives a line an earlier time than it had. */
function datedBack(log: readonly LogLine[], zone: string): Moved[] {
  return log.flatMap((line, index): Moved[] => {
    const target = line.replaces === undefined ? undefined : log[line.replaces - 1];
    if (target?.did !== line.did) return [];
    const [from, until] = [toInstant(line.at, zone), toInstant(target.at, zone)];
    return from < until ? [{ index, from, until }] : [];
  });
}

/** The first line above that is of later, and either needed this one or says something else. */
function firstBetween(
  record: ReleaseRecord,
  index: number,
  from: string,
  until: string | undefined,
  catalog: Catalog,
): Passed | undefined {
  const own = record.log[index] as LogLine;
  for (const [place, line] of record.log.slice(0, index).entries()) {
    const moment = toInstant(line.at, catalog.policy.programme.zone);
    if (moment <= from || (until !== undefined && moment >= until)) continue;
    if (isGateOf(own, line, catalog)) return { index: place, isContradiction: false };
    if (line.did === 'publish' && contradicts(own, place, record, catalog))
      return { index: place, isContradiction: true };
  }
  return undefined;
}

function isGateOf(own: LogLine, later: LogLine, { policy, offices }: Catalog): boolean {
  const isMarket = later.did === 'deploy' && isFor(policy, 'market', later.to);
  const isConfirmed = later.did === 'publish' && later.note !== 'provisional';
  switch (own.did) {
    case 'agree':
      return isMarket || (later.did === 'publish' && ![own.by].flat().every((id) => offices.parties.has(id)));
    case 'review':
      return (
        own.decision === 'approved' && (isConfirmed || (later.did === 'deploy' && isFor(policy, 'proving', later.to)))
      );
    case 'request':
      return isMarket || later.did === 'publish';
    case 'approve':
      return own.decision === 'approved' && (isMarket || isConfirmed);
    case 'test':
      return own.outcome === 'passed' && isFor(policy, 'proving', own.in) && (isMarket || isConfirmed);
    default:
      return false;
  }
}

/** What the note says of an item or a version, and the late line says otherwise. */
function contradicts(own: LogLine, publication: number, record: ReleaseRecord, catalog: Catalog): boolean {
  const frozen = noteOfLine(catalog, record, publication)?.note;
  if (!frozen) return false;
  if (own.did === 'withdraw') return own.items.some((item) => frozen.items.some(({ id }) => id === item));
  if (own.did !== 'deliver') return false;
  return Object.entries(own.versions ?? {}).some(
    ([id, version]) => (frozen.versions.find(({ component }) => component === id)?.to ?? 'none') !== version,
  );
}

function finding(record: ReleaseRecord, index: number, passed: Passed): RuleFinding {
  const own = record.log[index] as LogLine;
  const later = record.log[passed.index] as LogLine;
  const what = later.did === 'publish' ? `the ${later.note} note of ${later.at}` : `the deployment of ${later.at}`;
  return {
    at: at(record, 'log', index, 'at'),
    message: passed.isContradiction
      ? `This "${own.did}" line of ${own.at} stands below ${what}, and contradicts it.`
      : `This "${own.did}" line of ${own.at} stands below ${what}, which had to have it before.`,
    hint: passed.isContradiction
      ? 'Record it with the time at which it took effect, and publish an erratum.'
      : 'Record when it was really done; what went on without it needs a waiver, or the step done again.',
    related: [{ at: at(record, 'log', passed.index), message: 'the line that was there before it' }],
    release: record.id,
  };
}
