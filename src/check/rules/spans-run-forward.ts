import type { Catalog } from '../../derive/catalog.ts';
import type { Path } from '../../diagnostic.ts';
import { endOfDay, toInstant } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const spansRunForward = defineRule({
  id: 'spans-run-forward',
  obligations: ['C-136'],
  summary: 'What lasts ends after it begins, and a window is agreed before it is over.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const { zone } = catalog.policy.programme;
    for (const span of [...spansOfLogs(catalog), ...spansOfPolicy(catalog), ...spansOfOthers(catalog)])
      yield* backwards(span, zone);
  },
});

/** Something that lasts: `days` where both ends are whole days, `mayBeEmpty` where it may end as it begins. */
type Span = {
  record: { file: string; id?: string };
  place: Path;
  what: string;
  from: string;
  until: string | undefined;
  days?: boolean;
  mayBeEmpty?: boolean;
  finding?: Partial<RuleFinding>;
};

function* backwards(
  { record, place, what, from, until, days, mayBeEmpty, finding }: Span,
  zone: string,
): Generator<RuleFinding> {
  if (until === undefined) return;
  const [start, end] = [toInstant(from, zone), days ? endOfDay(until, zone) : toInstant(until, zone)];
  if (start < end || (start === end && mayBeEmpty)) return;
  yield {
    at: at(record, ...place),
    message: from === until ? `${what} ends as it begins, ${from}.` : `${what} ends ${until}, and begins ${from}.`,
    hint: 'Correct the one of the two that is wrong.',
    ...finding,
  };
}

function* spansOfLogs({ releases }: Catalog): Generator<Span> {
  for (const { record, id: release } of releases) {
    for (const [index, line] of record.log.entries()) {
      const shared = { record, place: ['log', index, 'until'], finding: { release } };
      if (line.did === 'deploy')
        yield { ...shared, what: 'The deployment', from: line.at, until: line.until, mayBeEmpty: true };
      if ((line.did !== 'request' && line.did !== 'review') || line.from === undefined) continue;
      yield { ...shared, what: 'The window', from: line.from, until: line.until };
      yield { ...shared, ...whenAsked(line.at, line.from, line.until, release) };
    }
  }
}

/** A window that is over by the time of its line; one that ends before it begins is enough of a finding. */
function whenAsked(
  said: string,
  from: string,
  until: string | undefined,
  release: string,
): Pick<Span, 'what' | 'from' | 'until' | 'finding'> {
  return {
    what: 'The window',
    from: said,
    until: until !== undefined && from < until ? until : undefined,
    finding: {
      release,
      message: `The window ends ${until}, and it was agreed only ${said}.`,
      hint: 'Correct the time that is wrong: a window lies ahead when it is agreed.',
    },
  };
}

function* spansOfPolicy({ policy: { programme, people, schedule } }: Catalog): Generator<Span> {
  for (const [index, { name, from, to, testingFrom }] of programme.phases.entries()) {
    const shared = { record: { file: 'programme.yaml' }, days: true };
    yield { ...shared, place: ['phases', index, 'to'], what: name, from, until: to };
    const testing = { ...shared, place: ['phases', index, 'testingFrom'], what: `Testing in ${name}` };
    const day = testingFrom.slice(0, 10);
    const finding = {
      message: `Testing in ${name} begins ${testingFrom}, and the phase is from ${from} to ${to}.`,
    };
    if (from > to) continue;
    yield { ...testing, from, until: day, finding };
    yield { ...testing, from: testingFrom, until: to, finding };
  }
  for (const [index, { from, to }] of people.assignments.entries()) {
    const place = ['assignments', index, 'to'];
    yield { record: { file: 'people.yaml' }, place, what: 'The assignment', from, until: to };
  }
  for (const [index, { from, until }] of schedule.outages.entries()) {
    const place = ['outages', index, 'until'];
    yield { record: { file: 'schedule.yaml' }, place, what: 'The outage', from, until };
  }
  for (const [index, { from, until }] of schedule.closed.entries()) {
    const place = ['closed', index, 'until'];
    yield { record: { file: 'schedule.yaml' }, place, what: 'The closed period', from, until };
  }
}

function* spansOfOthers({ waivers, defects }: Catalog): Generator<Span> {
  for (const waiver of waivers) {
    const finding = { message: `The waiver expired on ${waiver.expires}, and was granted only ${waiver.at}.` };
    const span = { record: waiver, place: ['expires'], what: 'The waiver', days: true, finding };
    yield { ...span, from: waiver.at, until: waiver.expires };
  }
  // What a tracker says is not for those who write records to correct: it blocks nothing.
  for (const defect of defects) {
    const { tracker } = defect;
    for (const field of ['assigned', 'resolved', 'closed'] as const) {
      const finding = {
        message: `${defect.id} was ${field} ${tracker[field]}, and raised only ${tracker.raised}.`,
        hint: 'Have the tracker corrected, and import it again.',
        level: 'warning' as const,
        item: defect.id,
      };
      const isDay = !tracker[field]?.includes('T');
      const from = isDay ? tracker.raised.slice(0, 10) : tracker.raised;
      const span = { record: defect, place: ['tracker', field], what: 'It', days: isDay, mayBeEmpty: !isDay, finding };
      yield { ...span, from, until: tracker[field] };
    }
  }
}
