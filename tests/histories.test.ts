import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogLine } from '../src/model/log.ts';
import { addDays, toInstant } from '../src/model/time.ts';
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
  change: (release: Draft, history: History & { pick: number }) => void;
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
const withdrew = ({ did }: LogLine) => did === 'withdraw';
const withdraws = (release: Draft) => release.log.some(withdrew);
const earlier = (at: string) => `${at.slice(0, 11)}00:30`;
const exception = ({ slot }: Draft, what: string) =>
  `{date: ${slot as string}, ${what}, reason: Closed, by: cr, at: ${addDays(slot as string, -6)}T10:00}`;
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
  {
    name: 'a line stands there twice',
    applies: () => true,
    change: (release, { pick }) => {
      const index = pick % release.log.length;
      release.log.splice(index, 0, { ...(release.log[index] as LogLine) });
    },
    finds: 'no-line-twice',
    follows: ['published-note-unchanged'],
  },
  {
    name: 'a deployment that ends before it begins',
    applies: () => true,
    change: (release) => Object.assign(first(release, to('mt')), { until: earlier(first(release, to('mt')).at) }),
    finds: 'spans-run-forward',
    follows: [],
  },
  {
    name: 'a window that ends before it begins',
    applies: () => true,
    change: (release) => {
      const asked = first(release, ({ did }) => did === 'request');
      [asked['from'], asked['until']] = [asked['until'], asked['from']];
    },
    finds: 'spans-run-forward',
    follows: ['deployment-is-planned'],
  },
  {
    name: 'a window on another day than the slot',
    applies: isRegular,
    change: (release) => {
      const asked = first(release, ({ did }) => did === 'request');
      for (const end of ['from', 'until'])
        asked[end] = `${addDays(release.slot as string, 9)}${String(asked[end]).slice(10)}`;
    },
    finds: 'window-is-on-the-slot',
    follows: [],
  },
  {
    name: 'a target that is no slot',
    applies: withdraws,
    change: (release) => Object.assign(first(release, withdrew), { target: addDays(release.slot as string, 6) }),
    finds: 'withdrawn-items-have-a-target',
    follows: [],
  },
  {
    name: 'a target that is past',
    applies: withdraws,
    change: (release) => Object.assign(first(release, withdrew), { target: addDays(release.slot as string, -7) }),
    finds: 'withdrawn-items-have-a-target',
    follows: ['promised-item-is-taken-up'],
  },
  {
    name: 'a slot that moves to its own day',
    applies: isRegular,
    change: (release, history) => {
      history.slots = history.slots.filter((slot) => !slot.includes(`date: ${release.slot as string}`));
      history.slots.push(exception(release, `movedTo: ${release.slot as string}`));
    },
    finds: 'slot-exceptions-fit',
    follows: ['regular-release-on-slot', 'window-is-on-the-slot'],
  },
  {
    name: 'a slot that moves to that of the next week',
    applies: isRegular,
    change: (release, history) => {
      history.slots = history.slots.filter((slot) => !slot.includes(`date: ${release.slot as string}`));
      history.slots.push(exception(release, `movedTo: ${addDays(release.slot as string, 21)}`));
    },
    finds: 'slot-exceptions-fit',
    follows: ['regular-release-on-slot', 'window-is-on-the-slot'],
  },
  {
    name: 'an exception of a day that is no slot',
    applies: isRegular,
    change: (release, history) =>
      history.slots.push(
        `{date: ${addDays(release.slot as string, 1)}, none: true, reason: Audit, by: cr, at: ${addDays(release.slot as string, -6)}T10:00}`,
      ),
    finds: 'slot-exceptions-fit',
    follows: [],
  },
  {
    name: 'an id twice in a list',
    applies: () => true,
    change: (release, { pick }) => {
      const lists = release.log.flatMap((line) =>
        Object.entries(line).flatMap(([field, value]) => (Array.isArray(value) ? [{ line, field, value }] : [])),
      );
      const { line, field, value } = lists[pick % lists.length] as (typeof lists)[number];
      Object.assign(line, { [field]: [...(value as string[]), value[0] as string] });
    },
    finds: 'lists-name-each-once',
    follows: [],
  },
  {
    name: 'a defect that is raised only afterwards',
    applies: () => true,
    change: (release, history) =>
      edit(
        history,
        release.items[0] as string,
        /raised: [^,]+,/,
        `raised: ${release.log[0]?.at.slice(0, 10) as string}T23:00,`,
      ),
    finds: 'items-were-raised-first',
    follows: ['emergency-keeps-its-severity', 'defect-is-assigned', 'spans-run-forward'],
  },
  {
    name: 'a success that tells of an error',
    applies: () => true,
    change: (release, { pick }) => {
      const good = release.log.filter((line) => 'outcome' in line && line.outcome !== 'failed');
      Object.assign(good[pick % good.length] as LogLine, { error: 'A job stops' });
    },
    finds: 'outcomes-match-errors',
    follows: [],
  },
  {
    name: 'a delivery without the component of its items',
    applies: () => true,
    change: (release, history) => edit(history, release.items[0] as string, 'component: uk-link', 'component: gateway'),
    finds: 'deliveries-bring-components',
    follows: [],
  },
  {
    name: 'a correction of a line of another kind',
    applies: () => true,
    change: (release) => {
      const index = release.log.findIndex(({ did }) => did === 'approve');
      Object.assign(release.log[index] as LogLine, { replaces: index });
    },
    finds: 'corrections-fit-their-line',
    follows: [],
  },
  {
    name: 'an approval recorded after the note and dated back',
    applies: () => true,
    change: (release) => {
      const approval = first(release, ({ did }) => did === 'approve');
      remove(release, (line) => line === approval);
      release.log.splice(
        release.log.findIndex((line) => line.did === 'publish' && line.note === 'final') + 1,
        0,
        approval,
      );
    },
    finds: 'late-lines-open-no-gate',
    follows: ['note-is-complete'],
  },
  {
    name: 'a provisional note of an emergency',
    applies: isEmergency,
    change: (release) => {
      const index = release.log.findIndex(({ did }) => did === 'publish');
      const note = release.log[index] as LogLine;
      release.log.splice(index, 0, { ...note, note: 'provisional' } as LogLine);
    },
    finds: 'notes-are-steps',
    follows: [],
  },
  {
    name: 'an emergency review without a reason',
    applies: isEmergency,
    change: (release) => delete first(release, ({ did }) => did === 'review')['reason'],
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
        change(candidates[pick % candidates.length] as Draft, Object.assign(history, { pick }));
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
