import { describe, expect, test } from 'vitest';
import { actorAt, holdersOf } from '../src/derive/actors.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import type { ReleaseHistory } from '../src/derive/history.ts';
import { knownIssues, valueAt } from '../src/derive/known-issues.ts';
import { matrixAt } from '../src/derive/matrix.ts';
import { deadlinesOf } from '../src/derive/slots.ts';
import type { Defect } from '../src/model/defect.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

const london = 'Europe/London';
const catalogAt = (local: string, tree = base()): Catalog =>
  evaluate(tree, { instant: toInstant(local, london), isChosen: true }).catalog as Catalog;
const releaseAt = (id: string, local: string, tree = base()) =>
  catalogAt(local, tree).releases.find((release) => release.id === id) as ReleaseHistory;

/**
 * A regular release with items D-0090 and D-0099 in the gateway, and the log that is given; the state after all of it.
 */
function withLog(...lines: string[]): ReleaseHistory {
  const text = textOf(base().files.find(({ path }) => path === 'releases/R05.mdx'));
  const item = '  - {id: D-0099, kind: code, note: Filled., action: retest, fileFormat: none, components: [gateway]}\n';
  const log = lines.map((line) => `  - {${line}}\n`).join('');
  const file = text.replace('id: R05', 'id: R06').replace(/log:\n[\s\S]*$/, `${item}log:\n${log}---\n`);
  return releaseAt('R06', '2020-12-01T00:00', overlay(base(), [{ path: 'releases/R06.mdx', bytes: encode(file) }]));
}

describe('the state of each case after each of its lines', () => {
  const times = (count: number, state: string) => Array.from({ length: count }, () => state);
  const first = ['candidate', ...times(4, 'committed'), ...times(3, 'proving')];
  const attempt = [
    'failed committed',
    'failed committed',
    'failed proving',
    'failed proved',
    'failed proved',
    'failed proved',
    'failed cleared',
  ];
  const last = ['proved', 'proved', 'cleared', 'deployed'];
  test.each([
    ['B01', ['candidate', ...times(4, 'committed'), 'proving', 'proved', ...last, 'complete']],
    ['R01', [...first, ...last, 'complete']],
    ['E01', ['candidate', ...times(3, 'committed'), 'proving', ...times(2, 'proved'), ...last, 'complete']],
    ['R02', [...first, ...times(2, 'proving'), ...times(2, 'committed'), 'proving', ...last, 'complete']],
    ['R03', [...first, ...last, 'failed cleared', ...attempt, 'deployed', 'complete']],
    ['R04', [...first, ...last, 'complete']],
    ['R05', [...first, ...last, 'complete']],
    ['E02', ['candidate', 'closed']],
  ])('%s', (id, states) => {
    const whole = releaseAt(id, '2020-10-16T12:00');
    const found = whole.entries.map(({ counts }) => {
      const { state, nextAttempt } = evaluate(base(), { instant: counts, isChosen: true }).catalog?.releases.find(
        (release) => release.id === id,
      ) as ReleaseHistory;
      return nextAttempt ? `${state} ${nextAttempt}` : state;
    });
    expect(found).toEqual(states);
  });

  test('a deployment counts from its end, so that a release is not deployed while it runs', () => {
    expect(
      ['06:59', '07:00', '07:49', '07:50', '08:19', '08:20'].map(
        (time) => releaseAt('R01', `2020-09-10T${time}`).state,
      ),
    ).toEqual(['cleared', 'cleared', 'cleared', 'deployed', 'deployed', 'complete']);
  });

  test('before its first line a release is a draft', () =>
    expect(releaseAt('R01', '2020-09-03T13:59').state).toBe('draft'));
});

describe('bundle, contents and versions', () => {
  test.each([
    ['R02', '2020-09-10T14:00', { live: ['D-0057', 'D-0060'], bundle: [], contents: [], versions: {} }],
    [
      'R02',
      '2020-09-10T16:00',
      { live: ['D-0057', 'D-0060'], bundle: ['D-0057', 'D-0060'], contents: [], versions: {} },
    ],
    [
      'R02',
      '2020-09-11T11:00',
      { bundle: ['D-0057', 'D-0060'], contents: ['D-0057', 'D-0060'], versions: { 'uk-link': '4.14.0' }, proved: [] },
    ],
    // A withdrawn item stays in what is deployed until it is delivered without.
    [
      'R02',
      '2020-09-16T10:00',
      {
        live: ['D-0060'],
        bundle: ['D-0060'],
        contents: ['D-0057', 'D-0060'],
        versions: { 'uk-link': '4.14.0' },
        proved: [],
      },
    ],
    [
      'R02',
      '2020-09-16T12:00',
      { bundle: ['D-0060'], contents: ['D-0060'], versions: { 'uk-link': '4.14.1' }, proved: [] },
    ],
    ['R02', '2020-09-16T17:00', { proved: ['D-0060'], approvalValid: false, noteCurrent: false }],
    ['R02', '2020-09-16T17:10', { approvalValid: true, noteCurrent: false }],
    ['R02', '2020-09-16T17:30', { approvalValid: true, noteCurrent: true }],
    // A new version renews evidence, approval and note.
    [
      'R03',
      '2020-09-24T08:20',
      { proved: ['D-0057'], approvalValid: true, noteCurrent: true, versions: { 'uk-link': '4.15.0' } },
    ],
    [
      'R03',
      '2020-09-24T10:00',
      { proved: [], approvalValid: false, noteCurrent: false, versions: { 'uk-link': '4.15.1' } },
    ],
    ['R03', '2020-09-24T13:00', { proved: ['D-0057'], approvalValid: false, noteCurrent: false }],
    ['R03', '2020-09-24T13:20', { approvalValid: true, noteCurrent: false }],
    ['R03', '2020-09-24T13:40', { approvalValid: true, noteCurrent: true }],
    ['E01', '2020-09-12T09:40', { live: ['D-0071'], bundle: [] }],
    ['E01', '2020-09-12T10:30', { bundle: ['D-0071'] }],
    ['E02', '2020-10-16T12:00', { live: ['D-0090'], bundle: [] }],
  ])('%s at %s', (id, local, expected) => expect(releaseAt(id, local).now).toMatchObject(expected));

  const propose = 'at: 2020-10-08T14:00, did: propose, by: ad, items: [D-0090, D-0099]';
  const agree = 'at: 2020-10-08T16:00, did: agree, by: [bk, ad]';
  const deliver = 'at: 2020-10-09T11:00, did: deliver, by: bk, versions: {gateway: "2.10"}';
  const proving = 'at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: succeeded';
  const passed = 'at: 2020-10-13T15:00, did: test, in: qas2, by: ft, outcome: passed';
  const approve = 'at: 2020-10-13T16:00, did: approve, by: cr, decision: approved';
  test.each([
    [
      'one manager alone commits nothing',
      [propose, 'at: 2020-10-08T16:00, did: agree, by: bk'],
      'candidate',
      { bundle: [] },
    ],
    [
      'the two managers may agree one after the other',
      [propose, 'at: 2020-10-08T16:00, did: agree, by: bk', 'at: 2020-10-08T17:00, did: agree, by: ad'],
      'committed',
      { bundle: ['D-0090', 'D-0099'] },
    ],
    [
      'agreed is what both name',
      [
        propose,
        'at: 2020-10-08T16:00, did: agree, by: bk',
        'at: 2020-10-08T17:00, did: agree, by: ad, items: [D-0090]',
      ],
      'committed',
      { bundle: ['D-0090'] },
    ],
    [
      'a party commits nothing',
      [propose, 'at: 2020-10-08T16:00, did: agree, by: programme'],
      'candidate',
      { bundle: [] },
    ],
    [
      'what is proposed later is not agreed by that',
      [
        'at: 2020-10-08T14:00, did: propose, by: ad, items: [D-0090]',
        agree,
        'at: 2020-10-08T17:00, did: propose, by: ad, items: [D-0099]',
      ],
      'committed',
      { bundle: ['D-0090'] },
    ],
    [
      'when everything is withdrawn the release is closed',
      [
        propose,
        agree,
        'at: 2020-10-08T17:00, did: withdraw, by: cr, items: [D-0090, D-0099], reason: No, target: none',
      ],
      'closed',
      { bundle: [], live: [] },
    ],
    [
      'what is proposed again is a candidate, and has to be agreed again',
      [
        propose,
        agree,
        'at: 2020-10-08T17:00, did: withdraw, by: cr, items: [D-0090, D-0099], reason: No, target: none',
        'at: 2020-10-08T18:00, did: propose, by: ad, items: [D-0090]',
      ],
      'candidate',
      { bundle: [], live: ['D-0090'], withdrawn: { 'D-0099': { index: 2 } } },
    ],
    [
      'a component leaves with the version none',
      [
        propose,
        agree,
        'at: 2020-10-09T11:00, did: deliver, by: bk, versions: {gateway: "2.10", des: "7.2.0"}',
        'at: 2020-10-09T12:00, did: deliver, by: bk, versions: {des: none}',
      ],
      'committed',
      { versions: { gateway: '2.10' } },
    ],
    [
      'a failed deployment does not arrive',
      [
        propose,
        agree,
        deliver,
        'at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: failed, error: No space',
      ],
      'committed',
      { proved: [] },
    ],
    [
      'a test before the deployment proves nothing',
      [propose, agree, deliver, 'at: 2020-10-12T11:00, did: test, in: qas2, by: ft, outcome: passed', proving],
      'proving',
      { proved: [] },
    ],
    [
      'each item is proved by its own last test',
      [
        propose,
        agree,
        deliver,
        proving,
        passed,
        'at: 2020-10-13T15:30, did: test, in: qas2, by: ft, items: [D-0099], outcome: failed, error: Empty',
      ],
      'proving',
      { proved: ['D-0090'] },
    ],
    [
      'a correction without a version renews nothing',
      [
        propose,
        agree,
        deliver,
        proving,
        passed,
        approve,
        'at: 2020-10-13T17:00, did: deliver, by: bk, what: Restarted',
      ],
      'proved',
      { approvalValid: true, contentChange: { index: 2 } },
    ],
    [
      'a new request asks for a new approval',
      [
        propose,
        agree,
        deliver,
        proving,
        passed,
        approve,
        'at: 2020-10-13T17:00, did: request, by: em, from: 2020-10-14T07:00, until: 2020-10-14T09:00, effect: none',
      ],
      'proved',
      { approvalValid: false },
    ],
    [
      'a withdrawal asks for a new approval',
      [
        propose,
        agree,
        deliver,
        proving,
        passed,
        approve,
        'at: 2020-10-13T17:00, did: withdraw, by: cr, items: [D-0099], reason: No, target: none',
      ],
      'proved',
      { approvalValid: false, bundle: ['D-0090'], contents: ['D-0090', 'D-0099'] },
    ],
    [
      'a rejection ends an approval',
      [
        propose,
        agree,
        deliver,
        proving,
        passed,
        approve,
        'at: 2020-10-13T17:00, did: approve, by: cr, decision: rejected',
      ],
      'proved',
      { approvalValid: false },
    ],
    [
      'a replaced line does not count',
      [
        propose,
        agree,
        deliver,
        'at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: failed, error: Slip',
        'at: 2020-10-12T12:00, did: deploy, to: qas2, by: em, outcome: succeeded, replaces: 4',
      ],
      'proving',
      {},
    ],
  ])('%s', (_, log, state, expected) => {
    const release = withLog(...log);
    expect(release.state).toBe(state);
    expect(release.now).toMatchObject(expected);
  });
});

describe('the matrix', () => {
  const cell = (local: string, environment: string, component: string) => {
    const { events, policy, releases } = catalogAt(local);
    const { state, version, attempted } = matrixAt(events, policy, releases, toInstant(local, london)).find(
      (found) => found.environment === environment && found.component === component,
    ) as ReturnType<typeof matrixAt>[number];
    return [state, version, attempted].filter(Boolean).join(' ');
  };
  test.each([
    ['2020-08-27T15:59', 'dev1', 'uk-link', 'empty'],
    ['2020-08-27T16:00', 'dev1', 'uk-link', 'deployed 4.12.0'],
    ['2020-08-27T16:00', 'mt', 'uk-link', 'empty'],
    ['2020-09-03T10:29', 'mt', 'uk-link', 'empty'],
    ['2020-09-03T10:30', 'mt', 'uk-link', 'deployed 4.12.0'],
    ['2020-09-03T11:30', 'mt', 'uk-link', 'passed 4.12.0'],
    ['2020-09-03T11:30', 'mt', 'stub', 'absent'],
    ['2020-09-03T11:30', 'qas2', 'stub', 'passed 2020.08'],
    ['2020-09-16T09:29', 'qas2', 'uk-link', 'deployed 4.14.0'],
    ['2020-09-16T09:30', 'qas2', 'uk-link', 'deployed 4.14.0'],
    ['2020-09-16T17:00', 'qas2', 'uk-link', 'passed 4.14.1'],
    ['2020-09-24T07:50', 'mt', 'uk-link', 'deployed 4.15.0'],
    ['2020-09-24T08:20', 'mt', 'uk-link', 'rejected 4.15.0'],
    ['2020-09-24T15:40', 'mt', 'uk-link', 'deployed 4.15.1'],
    ['2020-09-24T16:10', 'mt', 'uk-link', 'passed 4.15.1'],
    ['2020-10-16T12:00', 'mt', 'gateway', 'passed 2.10'],
    ['2020-10-16T12:00', 'mt', 'des', 'passed 7.1.0'],
    // What is delivered last is in Dev1, although an older one is in MT.
    ['2020-09-12T17:40', 'dev1', 'uk-link', 'deployed 4.13.1'],
    ['2020-09-12T17:40', 'mt', 'uk-link', 'deployed 4.13.1'],
  ])('%s %s %s: %s', (local, environment, component, expected) =>
    expect(cell(local, environment, component)).toBe(expected),
  );
});

describe('slots', () => {
  const outcomes = (local: string, tree = base()) =>
    Object.fromEntries(catalogAt(local, tree).slots.map(({ date, outcome }) => [date, outcome]));
  test('every slot has become something', () => {
    expect(outcomes('2020-10-16T12:00')).toEqual({
      '2020-09-10': 'released',
      '2020-09-17': 'released',
      '2020-09-24': 'released',
      '2020-10-01': 'none',
      '2020-10-08': 'released',
      '2020-10-15': 'released',
    });
  });
  test('what is to come is planned with candidates, else open', () => {
    expect(outcomes('2020-09-10T15:00')).toMatchObject({
      '2020-09-10': 'released',
      '2020-09-17': 'planned',
      '2020-09-24': 'open',
    });
  });
  test('a slot is missed when the days of its limit have passed', () => {
    const text = textOf(base().files.find(({ path }) => path === 'releases/R04.mdx'));
    const tree = overlay(base(), [
      { path: 'releases/R04.mdx', bytes: encode(text.replace(/ {2}- \{at: 2020-10-08T0[\s\S]*?---/, '---')) },
    ]);
    expect([
      outcomes('2020-10-09T23:59', tree)['2020-10-08'],
      outcomes('2020-10-10T00:00', tree)['2020-10-08'],
    ]).toEqual(['planned', 'missed']);
  });
  test('there is none before the baseline is complete', () => expect(catalogAt('2020-09-03T11:29').slots).toEqual([]));

  const { policy } = catalogAt('2020-10-16T12:00');
  const schedule = (change: object) => ({ ...policy, schedule: { ...policy.schedule, ...change } });
  const moved = (movedTo: string) =>
    schedule({ slots: [{ date: '2020-10-15', movedTo, reason: 'Why', by: 'cr', at: '2020-10-01T10:00' }] });
  const timed = schedule({ deadlines: { provisional: { day: 'tuesday', time: '18:00' }, final: { day: 'thursday' } } });
  test.each([
    ['a Thursday', '2020-10-08', policy, { provisional: '2020-10-06T23:00:00Z', tested: '2020-10-07T23:00:00Z' }],
    [
      'a slot moved to Wednesday',
      '2020-10-15',
      moved('2020-10-14'),
      { provisional: '2020-10-12T23:00:00Z', tested: '2020-10-13T23:00:00Z' },
    ],
    [
      'a slot moved to Friday',
      '2020-10-15',
      moved('2020-10-16'),
      { provisional: '2020-10-13T23:00:00Z', tested: '2020-10-14T23:00:00Z' },
    ],
    ['in winter time', '2020-10-29', policy, { provisional: '2020-10-28T00:00:00Z', tested: '2020-10-29T00:00:00Z' }],
    [
      'a Monday: the Tuesday before is six days earlier',
      '2020-10-12',
      policy,
      { provisional: '2020-10-06T23:00:00Z', tested: '2020-10-07T23:00:00Z' },
    ],
    [
      'an hour; the day of the slot itself is a week back',
      '2020-10-15',
      { ...timed, schedule: { ...timed.schedule, slots: [] } },
      { provisional: '2020-10-13T17:00:00Z', final: '2020-10-08T23:00:00Z' },
    ],
  ])('deadlines of %s', (_, date, given, expected) => expect(deadlinesOf(date, undefined, given)).toEqual(expected));
});

describe('what an emergency owes', () => {
  test.each([
    ['2020-09-12T17:39', []],
    ['2020-09-12T17:40', [{ emergency: 'E01', items: ['D-0071'], missing: ['D-0071'] }]],
    ['2020-09-16T17:29', [{ emergency: 'E01', items: ['D-0071'], missing: ['D-0071'] }]],
    ['2020-09-16T17:30', [{ emergency: 'E01', debtor: 'R02', items: ['D-0071'], missing: [] }]],
    ['2020-10-16T12:00', [{ emergency: 'E01', debtor: 'R02', items: ['D-0071'], missing: [] }]],
  ])('at %s', (local, expected) => {
    const found = catalogAt(local).carryForward;
    expect(found).toMatchObject(expected);
    expect(found.map(({ debtor }) => debtor)).toEqual(
      expected.map((entry) => ('debtor' in entry ? entry.debtor : undefined)),
    );
  });
  test('the note that pays it says so', () => {
    const note = catalogAt('2020-10-16T12:00').published.find(
      ({ release, stage }) => release === 'R02' && stage === 'final',
    )?.note;
    expect(note?.relisted.map(({ release, items }) => [release, items.map(({ id }) => id)])).toEqual([
      ['E01', ['D-0071']],
    ]);
    expect(note?.dropped).toEqual([
      { id: 'D-0057', title: 'Valid dates are rejected', reason: 'Failed in QAS2', target: '2020-09-24' },
    ]);
  });
});

describe('known issues', () => {
  const issuesAt = (local: string) =>
    knownIssues(catalogAt(local), toInstant(local, london), []).map(({ defect, planned }) =>
      [defect.id, planned ?? 'not planned'].join(' '),
    );
  test.each([
    ['2020-09-03T11:00', []],
    ['2020-09-09T12:00', ['D-0057 not planned']],
    ['2020-09-10T14:00', ['D-0057 R02']],
    ['2020-09-25T12:00', ['D-0099 not planned']],
    ['2020-10-09T12:00', ['D-0090 R05', 'D-0099 not planned']],
    ['2020-10-16T12:00', ['D-0099 not planned']],
  ])('at %s', (local, expected) => expect(issuesAt(local)).toEqual(expected));

  test('severity and status are those of the moment', () => {
    const history = [
      { at: '2020-09-14', field: 'severity', from: 'S2', to: 'S3' },
      { at: '2020-09-12T12:00', field: 'severity', from: 'S1', to: 'S2' },
    ];
    const defect = { tracker: { severity: 'S3', status: 'open', history } } as unknown as Defect;
    const at = (local: string) => valueAt(defect, 'severity', toInstant(local, london), london);
    expect(['2020-09-12T11:59', '2020-09-12T12:00', '2020-09-13T23:59', '2020-09-14T00:00'].map(at)).toEqual([
      'S1',
      'S2',
      'S2',
      'S3',
    ]);
    expect(valueAt(defect, 'status', '2020-01-01T00:00:00Z', london)).toBe('open');
  });
});

describe('who acts', () => {
  const { offices } = catalogAt('2020-10-16T12:00');
  const rolesOf = (id: string, local: string, kind: string, as?: string) =>
    actorAt(offices, id, { at: toInstant(local, london), kind, as }).roles.map(({ role, delegateOf }) =>
      delegateOf ? `${role} for ${delegateOf}` : role,
    );
  test.each([
    ['cr', '2020-10-07T16:00', 'approve', ['release-manager']],
    ['gs', '2020-10-04T23:59', 'approve', []],
    ['gs', '2020-10-05T00:00', 'approve', ['release-manager for cr']],
    ['gs', '2020-10-09T23:58', 'approve', ['release-manager for cr']],
    ['gs', '2020-10-09T23:59', 'approve', []],
    ['gs', '2020-10-07T16:00', 'withdraw', []],
    ['programme', '2020-10-07T16:00', 'approve', []],
    ['nobody', '2020-10-07T16:00', 'approve', []],
    ['cr', '2020-07-31T23:59', 'approve', []],
    ['cr', '2020-08-01T00:00', 'approve', ['release-manager']],
  ])('%s at %s for %s: %j', (id, local, kind, expected) => expect(rolesOf(id, local, kind)).toEqual(expected));

  test('as names one of two roles, and an office ends before the moment it names', () => {
    const change = {
      from: '2020-07-31T23:00:00Z',
      until: '2020-09-30T23:00:00Z',
      role: 'test-manager',
      holder: 'cr',
      phase: undefined,
    };
    const two = { ...offices, assignments: [...offices.assignments, change] };
    const at = (local: string, as?: string) =>
      actorAt(two, 'cr', { at: toInstant(local, london), kind: 'test', as }).roles.map(({ role }) => role);
    expect([at('2020-09-30T23:59'), at('2020-10-01T00:00'), at('2020-09-30T23:59', 'test-manager')]).toEqual([
      ['release-manager', 'test-manager'],
      ['release-manager'],
      ['test-manager'],
    ]);
    expect(holdersOf(two, 'test-manager', toInstant('2020-09-30T23:59', london))).toEqual(['ft', 'cr']);
  });
});

test('in the night when the hour happens twice, offsets put the lines in order', () => {
  const release = withLog(
    'at: 2020-10-25T01:40+01:00, did: propose, by: ad, items: [D-0090]',
    'at: 2020-10-25T01:10+00:00, did: agree, by: [bk, ad]',
  );
  expect(release.entries.map(({ at, line }) => `${at} ${line.did}`)).toEqual([
    '2020-10-25T00:40:00Z propose',
    '2020-10-25T01:10:00Z agree',
  ]);
  expect(release.state).toBe('committed');
});
