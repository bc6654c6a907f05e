import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dutiesOf } from '../src/check/duties.ts';
import { isOverdue } from '../src/check/duty.ts';
import { gatesOfRelease, nextOpenSlot } from '../src/derive/gates.ts';
import type { ReleaseHistory } from '../src/derive/history.ts';
import { isComplete } from '../src/derive/release-state.ts';
import { deadlinesOf } from '../src/derive/slots.ts';
import { environmentsBefore } from '../src/derive/route.ts';
import { slotDays } from '../src/derive/slot-days.ts';
import { inTermsOf, terms } from '../src/model/terms.ts';
import { catalogOf as catalogAt, evaluate } from '../src/pipeline.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { momentFor } from './support/marks.ts';
import { factsOf } from '../src/site/project/facts.ts';
import { homePage } from '../src/site/project/pages/home.ts';
import type { Sources } from '../src/load/read-content.ts';
import { changed as changedTree, freeze, readTree } from './support/tree.ts';

/**
 * Programmes that differ from the sample in shape, not only in names. Each is content alone, has its notes frozen, and
 * is spoiled here in one place at a time.
 */
const folder = (name: string) => readTree(fileURLToPath(new URL(`programmes/${name}`, import.meta.url)));
const programmes = {
  orchard: folder('orchard'),
  signal: folder('signal'),
  observatory: folder('observatory'),
  almanac: folder('almanac'),
};
type Name = keyof typeof programmes;

/** One of them with texts replaced in its files. */
const changed = (name: Name, ...changes: [path: string, from: string, to: string][]) =>
  changedTree(programmes[name], ...changes);

/** A tree at the moment of its own. */
const catalogOf = (sources: Sources): Catalog => catalogAt(sources, momentFor(sources)) as Catalog;

/** What is wrong with a tree: file, rule and message. */
function found(sources: Sources): string[] {
  return evaluate(sources, momentFor(sources))
    .diagnostics.filter(({ level }) => level !== 'waived')
    .map(({ file, rule, message }) => `${file} ${rule}: ${message}`);
}

describe.each(Object.keys(programmes) as Name[])('%s', (name) => {
  test('breaks no rule, now and after each line of its logs', () => {
    expect(found(programmes[name])).toEqual([]);
    const { releases, policy } = catalogOf(programmes[name]);
    const moments = releases.flatMap(({ entries }) => entries.map(({ counts }) => counts));
    expect(moments.length).toBeGreaterThan(25);
    expect(policy.programme.phases.length).toBeGreaterThan(0);
    for (const instant of moments) {
      const { diagnostics } = evaluate(programmes[name], { instant, isChosen: true });
      // A slot whose decision is still to come may be owed for a day.
      expect(
        diagnostics.filter(({ level }) => level === 'error'),
        instant,
      ).toEqual([]);
    }
  });

  test('has three releases that are complete', () => {
    const { releases } = catalogOf(programmes[name]);
    expect(releases.filter(({ now, policy }) => isComplete(now, policy)).length).toBeGreaterThanOrEqual(
      name === 'almanac' ? 2 : 3,
    );
  });
});

describe('days', () => {
  const phase = { id: 'p', from: '2032-11-01', to: '2032-12-05' };
  const daysOf = (slot: string) => {
    const catalog = catalogOf(
      changed('orchard', [
        'schedule.yaml',
        'slot: {days: [tuesday, thursday], every: 2, from: 2032-11-02, time: "18:00"}',
        slot,
      ]),
    );
    return slotDays(phase, catalog.periods);
  };
  test.each([
    ['slot: {day: friday}', ['2032-11-05', '2032-11-12', '2032-11-19', '2032-11-26', '2032-12-03']],
    [
      'slot: {days: [monday, friday], every: 2, from: 2032-11-05}',
      ['2032-11-05', '2032-11-15', '2032-11-19', '2032-11-29', '2032-12-03'],
    ],
    ['slot: {day: wednesday, every: 3, from: 2032-11-10}', ['2032-11-10', '2032-12-01']],
    ['slot: {days: [saturday, sunday], every: 4}', ['2032-11-27', '2032-11-28']],
    ['', []],
  ])('%s', (slot, expected) => expect(daysOf(slot)).toEqual(expected));

  test('deadlines in days and in weeks before, and at an hour of the day itself', () => {
    const { policy } = catalogOf(programmes.orchard);
    expect(deadlinesOf('2032-11-18', 'summer', policy)).toEqual({
      provisional: '2032-11-14T03:00:00Z',
      tested: '2032-11-18T15:00:00Z',
    });
    // Lord Howe goes back by half an hour on the first of April.
    expect(deadlinesOf('2035-04-01', 'autumn', catalogOf(programmes.almanac).policy)).toEqual({
      provisional: '2035-03-23T06:00:00Z',
    });
  });

  test('a second phase does not begin the weeks anew', () => {
    const { periods } = catalogOf(
      changed(
        'almanac',
        ['schedule.yaml', ', from: 2035-03-18', ''],
        [
          'programme.yaml',
          'external: true}\n',
          'external: true}\n  - {id: winter, name: Winter, from: 2035-05-07, to: 2035-07-01, testingFrom: 2035-05-08T08:00, external: true}\n',
        ],
      ),
    );
    expect(slotDays({ id: 'autumn', from: '2035-03-01', to: '2035-04-02' }, periods)).toEqual([
      '2035-03-04',
      '2035-03-18',
      '2035-04-01',
    ]);
    expect(slotDays({ id: 'winter', from: '2035-05-07', to: '2035-06-12' }, periods)).toEqual([
      '2035-05-13',
      '2035-05-27',
      '2035-06-10',
    ]);
  });
});

describe('one thing wrong at a time', () => {
  test.each<[string, Name, [string, string, string][], string | RegExp]>([
    [
      'a deployment before the hour of its slot',
      'orchard',
      [['releases/P01.mdx', 'at: 2032-11-19T00:30', 'at: 2032-11-18T17:59']],
      'started before 18:00',
    ],
    [
      'a slot in a closed period',
      'orchard',
      [['releases/P02.mdx', 'slot: 2033-01-11', 'slot: 2032-12-28']],
      '2032-12-28 is in a closed period: The harvest',
    ],
    [
      'a day of the wrong week',
      'orchard',
      [['releases/P02.mdx', 'slot: 2033-01-11', 'slot: 2033-01-18']],
      'on a Tuesday or Thursday every 2 weeks, from 2032-11-02 on',
    ],
    [
      'a deployment in a closed period',
      'orchard',
      [['schedule.yaml', ', except: [standard]', '']],
      'started in a closed period',
    ],
    [
      'a closed period that ends before it begins',
      'orchard',
      [['schedule.yaml', 'until: 2033-01-10', 'until: 2032-12-01']],
      'spans-run-forward',
    ],
    [
      'a type that is not known in a closed period',
      'orchard',
      [['schedule.yaml', 'except: [standard]', 'except: [standart]']],
      'Did you mean|There is no release type',
    ],
    [
      'a slot that moves into a closed period',
      'orchard',
      [['schedule.yaml', '2032-12-02, none: true', '2032-12-02, movedTo: 2032-12-20']],
      'which is in a closed period',
    ],
    [
      'a type whose steps have an approval, without it',
      'orchard',
      [
        [
          'programme.yaml',
          'steps: [propose, agree, deliver, deploy shed, test shed, publish final',
          'steps: [propose, agree, deliver, deploy shed, test shed, approve, publish final',
        ],
      ],
      'The deployment to Field has no approval',
    ],
    [
      'a type whose steps have a review, without it',
      'orchard',
      [
        [
          'programme.yaml',
          'steps: [propose, agree, deliver, deploy shed, test shed, publish final',
          'steps: [propose, agree, deliver, review, deploy shed, test shed, publish final',
        ],
      ],
      'No release review was held',
    ],
    [
      'a type whose steps have a request, without it',
      'orchard',
      [
        [
          'programme.yaml',
          'steps: [propose, agree, deliver, deploy shed, test shed, publish final',
          'steps: [propose, agree, deliver, deploy shed, test shed, request, publish final',
        ],
      ],
      'was not requested before',
    ],
    [
      'a type with slots in a schedule without',
      'signal',
      [
        [
          'programme.yaml',
          'daily: {kind: regular, meaning: What goes out on any day, usesSlot: false',
          'daily: {kind: regular, meaning: What goes out on any day, usesSlot: true',
        ],
      ],
      'the schedule has none',
    ],
    [
      'one approval of two',
      'signal',
      [['releases/N02.mdx', 'approve, by: [filip, gita]', 'approve, by: filip']],
      'has 1 of the 2 approvals',
    ],
    [
      'one approval of two, the other by a maker',
      'signal',
      [['releases/N02.mdx', 'approve, by: [filip, gita]', 'approve, by: [filip, workshop]']],
      'has 1 of the 2 approvals',
    ],
    [
      'the same approval twice',
      'signal',
      [['releases/N01.mdx', 'approve, by: gita', 'approve, by: ema']],
      'has 1 of the 2 approvals',
    ],
    [
      'more holders than the limit',
      'signal',
      [['programme.yaml', 'controller: 3', 'controller: 2']],
      '3 hold the role Controller',
    ],
    [
      'more than one holder, and no limit',
      'signal',
      [['programme.yaml', ', holders: {controller: 3}', '']],
      'Two people hold the role Controller',
    ],
    [
      'a team acts in the role of another',
      'signal',
      [['releases/N02.mdx', 'in: bench, by: bench-team', 'in: bench, by: workshop']],
      'belongs to Tester',
    ],
    [
      'a party without a role acts',
      'signal',
      [['releases/N02.mdx', 'agree, by: workshop', 'propose, items: [F-2], by: drivers']],
      'belongs to Maker',
    ],
    [
      'the lead of the other phase approves',
      'observatory',
      [['releases/S01.mdx', 'approve, by: jon', 'approve, by: ila']],
      'was neither Lead nor',
    ],
    [
      'a branch is left out',
      'observatory',
      [['releases/N01.mdx', 'deploy, to: load', 'deploy, to: function']],
      'had not been deployed to Load',
    ],
    [
      'a branch was not passed',
      'observatory',
      [['releases/N01.mdx', 'test, in: load', 'test, in: function']],
      'had not passed a test in Load',
    ],
    [
      'an environment that comes after itself',
      'observatory',
      [['environments.yaml', 'after: [desk]', 'after: [load]']],
      'comes after itself',
    ],
    [
      'an environment that comes after a later one',
      'observatory',
      [['environments.yaml', 'after: [desk]', 'after: [south-dome]']],
      'listed below it',
    ],
    [
      'the slot of one phase, which the release of another fills',
      'observatory',
      [
        [
          'schedule.yaml',
          '{date: 2034-02-22, phase: south, none: true, reason: The dome is painted, by: jon, at: 2034-02-16T10:00}',
          '{date: 2034-03-08, phase: south, none: true, reason: The dome is painted, by: jon, at: 2034-02-16T10:00}',
        ],
      ],
      'The slot of 2034-02-22 passed',
    ],
    [
      'a moved slot of a phase that has none on that day',
      'observatory',
      [['schedule.yaml', 'date: 2034-02-22, phase: south', 'date: 2034-02-13, phase: north']],
      'There is no slot on 2034-02-13',
    ],
    [
      'a phase that nobody knows',
      'observatory',
      [['people.yaml', 'phase: south', 'phase: sauth']],
      'There is no phase "sauth"',
    ],
    [
      'an environment that the phase does not use',
      'observatory',
      [['releases/N01.mdx', 'deploy, to: north-dome', 'deploy, to: south-dome']],
      'which does not use Southern dome',
    ],
    [
      'a former id that is an id',
      'observatory',
      [['components.yaml', 'formerly: [glass]', 'formerly: [glass, sky]']],
      'The id "sky" is taken already',
    ],
    [
      'more approvals than holders',
      'observatory',
      [['raci.yaml', 'informedBySite', 'quorum: {approve: 2}\ninformedBySite']],
      'at most 1 may hold',
    ],
    [
      'a window that passed without a deployment',
      'signal',
      [
        [
          'releases/N03.mdx',
          '\n---\n\nIt is',
          '\n  - {at: 2033-03-10T08:20, did: request, by: workshop, from: 2033-03-10T10:00, until: 2033-03-10T11:00, effect: none}\n---\n\nIt is',
        ],
      ],
      'The window of N03 passed, and nothing was deployed in it',
    ],
    [
      'a type that is tested nowhere before participants',
      'observatory',
      [
        [
          'programme.yaml',
          'review, deploy function, test function, request, approve, publish final, [deploy north',
          'review, deploy function, request, approve, publish final, [deploy north',
        ],
      ],
      'test it nowhere before participants do',
    ],
    [
      'a phase without an environment for its participants',
      'observatory',
      [['programme.yaml', 'load, south-dome]', 'load]']],
      'uses no environment with the use "market"',
    ],
    [
      'holders of a role that nobody knows',
      'signal',
      [['programme.yaml', 'controller: 3', 'controler: 3']],
      'There is no role "controler"',
    ],
    [
      'a version of the plan that nobody knows',
      'observatory',
      [['schedule.yaml', '- {day: wednesday}', '- {from: V9, day: wednesday}']],
      'There is no version of the plan "V9"',
    ],
    [
      'an older text as a version',
      'observatory',
      [['releases/N01.mdx', 'glass: "7.12"', 'glass: "7.11 SP3"']],
      '7.11 SP3',
    ],
    [
      'a printing that is told too late',
      'almanac',
      [['releases/P01.mdx', 'at: 2035-03-22T16:45', 'at: 2035-03-23T17:00']],
      'The early note was published after its deadline',
    ],
  ])('%s', (_, name, changes, expected) => {
    expect(found(changed(name, ...changes)).join('\n')).toMatch(
      typeof expected === 'string' ? new RegExp(expected.replace(/[[\]()]/g, '\\$&')) : expected,
    );
  });
});

test.each([
  ['for every release', '', true],
  ['for its type', ', types: [cycle]', true],
  ['for another type', ', types: [light]', false],
  ['for its phase', ', phases: [north]', true],
  ['for another phase', ', phases: [south]', false],
])('an obligation that holds %s', (_, limit, isFound) => {
  const tree = changed(
    'observatory',
    ['plan/obligations.yaml', 'clause: "1", from: "1",', `clause: "1", from: "1"${limit},`],
    ['releases/N01.mdx', 'did: approve, by: ila, decision: approved', 'did: contact, by: ila, about: The clouds'],
  );
  expect(found(tree).some((line) => line.includes('has no approval'))).toBe(isFound);
});

test('a route with branches', () => {
  const { environments } = catalogOf(programmes.observatory).policy;
  const before = (id: string) => environmentsBefore(environments, id).map((environment) => environment.id);
  expect(['desk', 'function', 'load', 'north-dome', 'south-dome'].map(before)).toEqual([
    [],
    ['desk'],
    ['desk'],
    ['desk', 'function', 'load'],
    ['desk', 'function', 'load'],
  ]);
});

test('what a component was called before has one history with what it is called now', () => {
  const { events, releases } = catalogOf(programmes.observatory);
  expect(new Set(events.flatMap(({ versions }) => Object.keys(versions)))).toEqual(new Set(['mirror', 'sky']));
  expect(releases.find(({ id }) => id === 'N01')?.now.versions).toEqual({ mirror: '7.12' });
});

test('with two market-facing environments each has its own deployment and its own test', () => {
  const two = changed(
    'signal',
    [
      'environments.yaml',
      '- {id: line,',
      '- {id: yard, name: Yard, purpose: Where shunters try it, use: market}\n- {id: line,',
    ],
    ['components.yaml', 'lines: [main]}', 'lines: [main], absentFrom: [{environment: yard, until: 2033-03-10}]}'],
    [
      'programme.yaml',
      'deploy line, test line]}\n  daily',
      'deploy yard, test yard, deploy line, test line]}\n  daily',
    ],
    ['programme.yaml', 'deploy line, test line]}\n  stop', 'deploy yard, test yard, deploy line, test line]}\n  stop'],
    [
      'programme.yaml',
      'deploy line, test line]}\naudience',
      'deploy yard, test yard, deploy line, test line]}\naudience',
    ],
    [
      'releases/N03.mdx',
      'agree, by: workshop}\n',
      `agree, by: workshop}
  - {at: 2033-03-10T08:20, did: deliver, by: workshop, versions: {lever: "2033.3.10"}}
  - {at: 2033-03-10T08:30, did: review, by: ema, decision: approved}
  - {at: 2033-03-10T09:00, did: deploy, to: bench, by: workshop, outcome: succeeded}
  - {at: 2033-03-10T10:00, did: test, in: bench, by: bench-team, outcome: passed}
  - {at: 2033-03-10T11:00, did: request, by: workshop, from: 2033-03-10T13:00, until: 2033-03-12T13:00, effect: none}
  - {at: 2033-03-10T11:10, did: approve, by: [ema, gita], decision: approved}
  - {at: 2033-03-10T12:00, did: publish, note: final, by: ema, sha256: pending, informed: [drivers]}
  - {at: 2033-03-10T13:00, did: deploy, to: yard, by: workshop, until: 2033-03-10T14:00, outcome: succeeded, informed: [drivers]}
  - {at: 2033-03-10T14:30, did: test, in: yard, by: bench-team, outcome: passed, informed: [drivers]}
`,
    ],
  );
  const catalog = catalogOf(freeze(two));
  const release = catalog.releases.find(({ id }) => id === 'N03');
  expect(release?.state).toBe('deployed');
  const owed = dutiesOf(catalog).filter((duty) => duty.release === 'N03');
  expect(owed.map(({ what }) => what)).toEqual(['Deployment to Hill line of N03', 'Bell test in Hill line of N03']);
  expect(owed.filter((duty) => isOverdue(duty, catalog.asOf))).toEqual([]);
});

test('the words of a programme take the place of the usual ones, and of nothing that only contains them', () => {
  const own = terms.parse({ smokeTest: 'evening check', slot: 'night', provisional: 'early' });
  expect(inTermsOf('A smoke test follows a slot; see no-silent-slot and smoke-test-completes.', own)).toBe(
    'An evening check follows a night; see no-silent-slot and smoke-test-completes.',
  );
  expect(inTermsOf('Slots and a provisional note.', own)).toBe('Nights and an early note.');
  expect(inTermsOf('A smoke test on a slot.', terms.parse({}))).toBe('A smoke test on a slot.');
});

describe('what pages say', () => {
  const homeOf = (name: Name) => homePage(factsOf(catalogOf(programmes[name]), []));
  test('each market-facing environment has the release that is there', () => {
    expect(homeOf('observatory').toDo.map(({ title, release }) => `${title}: ${release}`)).toEqual([
      'Now in Northern dome: N02',
      'Now in Southern dome: S01',
    ]);
  });

  test('a deployment after midnight in the window of its slot is a release on that slot', () => {
    const { slots } = catalogOf(programmes.orchard);
    expect(slots.filter(({ outcome }) => outcome === 'released').map(({ date }) => date)).toEqual(['2032-11-18']);
    expect(slots.filter(({ outcome }) => outcome === 'missed')).toEqual([]);
    expect(slots.filter(({ closed }) => closed !== undefined).map(({ date }) => date)).toEqual([
      '2032-12-14',
      '2032-12-16',
      '2032-12-28',
      '2032-12-30',
    ]);
  });

  test('phases side by side have slots of their own', () => {
    const { slots } = catalogOf(programmes.observatory);
    expect(
      slots
        .filter(({ date }) => date < '2034-03-01')
        .map(({ date, phase, outcome, releases }) => [date, phase, outcome, ...releases].join(' ')),
    ).toEqual([
      '2034-02-15 north released N01',
      '2034-02-20 south released S01',
      '2034-02-22 north released N02',
      '2034-02-22 south none',
    ]);
  });

  test('a release of documents alone goes through its environments', () => {
    const { releases } = factsOf(catalogOf(programmes.almanac), []);
    expect(releases.find(({ id }) => id === 'P01')?.progress.map(({ at }) => at?.local.slice(0, 10))).toEqual([
      '2035-03-21',
      '2035-03-21',
      '2035-04-01',
    ]);
    expect(releases.map(({ id, state }) => `${id} ${state}`)).toEqual(['B01 complete', 'P01 complete', 'P02 proved']);
  });
});

test('an approval that needs two says how many were given', () => {
  const catalog = catalogOf(
    changed('signal', [
      'releases/N01.mdx',
      '  - {at: 2033-03-04T11:20, did: approve, by: gita, decision: approved}\n',
      '',
    ]),
  );
  const release = catalog.releases.find(({ id }) => id === 'N01') as ReleaseHistory;
  const gate = gatesOfRelease(catalog, release).find((candidate) => candidate.gate === 'Approval');
  expect(gate).toMatchObject({ isMet: false, note: '1 of 2 approvals given' });
});

test('what is proposed now can reach the first slot whose day is not over, where no note comes before', () => {
  const at = (moment: string) =>
    nextOpenSlot(catalogAt(programmes.observatory, momentFor(programmes.observatory, moment)) as Catalog);
  expect(['2034-02-28T12:00', '2034-03-01T23:59', '2034-03-02T00:01'].map(at)).toEqual([
    '2034-03-01',
    '2034-03-01',
    '2034-03-06',
  ]);
});
