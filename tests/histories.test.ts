import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogLine } from '../src/model/log.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { type Draft, type History, legalHistory, treeOf, type Week } from './support/history.ts';

/**
 * Random legal histories have no findings; broken in one way, they have the finding of that way, and only what follows
 * from it.
 */
const seed = 20200910;
const week = fc.record<Week>({
  kind: fc.constantFrom('ordinary', 'ordinary', 'dropped', 'failed', 'none', 'moved'),
  emergency: fc.constant(false),
});
const weeks = fc.tuple(week, week, week, fc.boolean()).map(([first, second, third, isEmergency]): Week[] => [
  { ...first, kind: first.kind === 'none' ? 'ordinary' : first.kind },
  { ...second, emergency: isEmergency },
  { ...third, kind: third.kind === 'none' ? 'ordinary' : third.kind },
]);

function rulesFound(history: History): string[] {
  const { diagnostics } = evaluate(treeOf(history), {
    instant: toInstant(history.asOf, 'Europe/London'),
    isChosen: true,
  });
  return [...new Set(diagnostics.filter(({ file }) => !file.startsWith('plan/')).map(({ rule }) => rule))];
}

test('a legal history has no findings', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(weeks, (given) => {
      expect(rulesFound(legalHistory(given))).toEqual([]);
    }),
    { seed, numRuns: 25 },
  );
});

/** One way to break a release, the rule that has to find it, and the rules that may fire because of it. */
type Break = {
  name: string;
  applies: (release: Draft) => boolean;
  change: (release: Draft, history: History) => void;
  finds: string;
  follows: string[];
};

const isRegular = ({ type }: Draft) => type === 'regular';
const isEmergency = ({ type }: Draft) => type === 'emergency';
const first = (release: Draft, match: (line: LogLine) => boolean) =>
  release.log.find(match) as LogLine & Record<string, unknown>;
const remove = (release: Draft, match: (line: LogLine) => boolean) => {
  release.log = release.log.filter((line) => !match(line));
};
const to = (environment: string) => (line: LogLine) => line.did === 'deploy' && line.to === environment;
const testedIn = (environment: string) => (line: LogLine) => line.did === 'test' && line.in === environment;
const unfinished = ['steps-in-order', 'note-is-complete', 'final-note-confirmed'];

const breaks: Break[] = [
  {
    name: 'no approval',
    applies: () => true,
    change: (release) => remove(release, ({ did }) => did === 'approve'),
    finds: 'approved-before-market',
    follows: ['note-is-complete'],
  },
  {
    name: 'approved by somebody else',
    applies: () => true,
    change: (release) =>
      Object.assign(
        first(release, ({ did }) => did === 'approve'),
        { by: 'bk' },
      ),
    finds: 'approver-is-entitled',
    follows: [],
  },
  {
    name: 'no review',
    applies: isRegular,
    change: (release) => remove(release, ({ did }) => did === 'review'),
    finds: 'reviewed-before-proving',
    follows: [],
  },
  {
    name: 'QAS1 is skipped',
    applies: () => true,
    change: (release) => remove(release, to('qas1')),
    finds: 'promoted-in-order',
    follows: [],
  },
  {
    name: 'QAS2 is skipped',
    applies: () => true,
    change: (release) => remove(release, to('qas2')),
    finds: 'promoted-in-order',
    follows: [...unfinished, 'tested-before-market', 'tested-on-time', 'test-is-of-this-release'],
  },
  {
    name: 'no internal test',
    applies: () => true,
    change: (release) => remove(release, testedIn('qas2')),
    finds: 'tested-before-market',
    follows: [...unfinished, 'tested-on-time'],
  },
  {
    name: 'no provisional note',
    applies: isRegular,
    change: (release) => remove(release, (line) => line.did === 'publish' && line.note === 'provisional'),
    finds: 'provisional-note-on-time',
    follows: ['parties-are-consulted'],
  },
  {
    name: 'the provisional note is late',
    applies: (release) => isRegular(release) && release.log.every(({ did }) => did !== 'withdraw'),
    change: (release) =>
      move(release, (line) => line.did === 'publish' && line.note === 'provisional', testedIn('qas2')),
    finds: 'provisional-note-on-time',
    follows: ['steps-in-order'],
  },
  {
    name: 'no final note',
    applies: () => true,
    change: (release) => remove(release, (line) => line.did === 'publish' && line.note !== 'provisional'),
    finds: 'final-note-confirmed',
    follows: [
      'deployed-items-are-noted',
      'steps-in-order',
      'stakeholders-agreed',
      'emergency-listed-again',
      'parties-are-consulted',
    ],
  },
  {
    name: 'nobody asked for the deployment',
    applies: () => true,
    change: (release) => remove(release, ({ did }) => did === 'request'),
    finds: 'deployment-is-planned',
    follows: ['note-is-complete', 'approved-before-market'],
  },
  {
    name: 'participants were not told of completion',
    applies: () => true,
    change: (release) => delete first(release, to('mt'))['informed'],
    finds: 'raci-is-told',
    follows: [],
  },
  {
    name: 'the programme did not agree',
    applies: isRegular,
    change: (release) =>
      Object.assign(
        first(release, ({ did }) => did === 'agree'),
        { by: ['bk', 'ad'] },
      ),
    finds: 'schedule-is-agreed',
    follows: [],
  },
  {
    name: 'an item nobody knows',
    applies: () => true,
    change: (release) => release.items.push('D-9999'),
    finds: 'references-resolve',
    follows: ['items-match-log'],
  },
  {
    name: 'a failure without a word',
    applies: (release) => release.log.some((line) => 'outcome' in line && line.outcome === 'failed'),
    change: (release) => delete first(release, (line) => 'outcome' in line && line.outcome === 'failed')['error'],
    finds: 'failure-fixed-forward',
    follows: [],
  },
  {
    name: 'deployed again without a correction',
    applies: (release) =>
      release.log.some((line) => testedIn('mt')(line) && 'outcome' in line && line.outcome === 'failed'),
    change: uncorrected,
    finds: 'failure-fixed-forward',
    follows: ['deployment-holds-something', 'steps-in-order'],
  },
  {
    name: 'an older version comes back',
    applies: () => true,
    change: (release) =>
      Object.assign(
        first(release, ({ did }) => did === 'deliver'),
        { versions: { 'uk-link': '4.1.0' } },
      ),
    finds: 'no-older-version',
    follows: ['versions-fit-scheme', 'note-continues-the-last'],
  },
  {
    name: 'an emergency for what is not critical',
    applies: isEmergency,
    change: (release, history) => edit(history, release.items[0] as string, 'severity: S1', 'severity: S3'),
    finds: 'emergency-stops-testing',
    follows: ['passengers-are-justified'],
  },
  {
    name: 'an emergency for what stops nothing',
    applies: isEmergency,
    change: (release, history) => edit(history, release.items[0] as string, /stopsTestPhase: .*\n/, ''),
    finds: 'emergency-stops-testing',
    follows: [],
  },
  {
    name: 'an emergency without the stakeholders',
    applies: isEmergency,
    change: (release) => remove(release, ({ did }) => did === 'agree'),
    finds: 'stakeholders-agreed',
    follows: [],
  },
  {
    name: 'an emergency whose review decides nothing',
    applies: isEmergency,
    change: (release) => delete first(release, ({ did }) => did === 'review')['immediate'],
    finds: 'emergency-review-decides',
    follows: [],
  },
];

describe('a history broken in one way', () => {
  test.each(breaks)('$name: $finds', { timeout: 120_000 }, ({ applies, change, finds, follows }) => {
    let tried = 0;
    fc.assert(
      fc.property(weeks, fc.nat(), (given, pick) => {
        const history = legalHistory(given);
        const candidates = history.releases.filter(applies);
        fc.pre(candidates.length > 0);
        tried += 1;
        change(candidates[pick % candidates.length] as Draft, history);
        const found = rulesFound(history);
        expect(found).toContain(finds);
        expect(found.filter((rule) => rule !== finds && !follows.includes(rule))).toEqual([]);
      }),
      { seed, numRuns: 4 },
    );
    expect(tried).toBeGreaterThan(0);
  });
});

/** Moves the first line of one kind to just before the first of another. */
function move(release: Draft, from: (line: LogLine) => boolean, before: (line: LogLine) => boolean): void {
  const line = first(release, from);
  const target = first(release, before);
  remove(release, (other) => other === line);
  line.at = target.at;
  release.log.splice(release.log.indexOf(target), 0, line);
}

/** The correction and all it renewed are gone; the second deployment stays. */
function uncorrected(release: Draft): void {
  const failed = release.log.findIndex(
    (line) => testedIn('mt')(line) && 'outcome' in line && line.outcome === 'failed',
  );
  release.log = release.log.filter(
    (line, index) =>
      index <= failed || line.did === 'request' || line.did === 'approve' || to('mt')(line) || testedIn('mt')(line),
  );
}

function edit(history: History, id: string, from: string | RegExp, to_: string): void {
  history.defects[id] = (history.defects[id] as string).replace(from, to_);
}
