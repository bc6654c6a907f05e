import { describe, expect, test } from 'vitest';
import { splitFrontMatter } from '../src/load/front-matter.ts';
import { parseYaml } from '../src/load/yaml.ts';
import { lineKinds, logLine } from '../src/model/log.ts';
import { recordKinds } from '../src/validate/record-kinds.ts';
import { base, textOf } from './support/tree.ts';

/** A record of the base programme with one field at a path set to a value; `undefined` removes the field. */
function accepts(path: string, field: string, value: unknown): boolean {
  const kind = recordKinds.find((candidate) => candidate.path.test(path));
  const text = textOf(base().files.find((file) => file.path === path));
  const split = kind?.format === 'front-matter' ? splitFrontMatter(path, text) : { yaml: text };
  const parsed = parseYaml(path, 'yaml' in split ? split.yaml : '', 0);
  const record = structuredClone('value' in parsed ? parsed.value : undefined) as Record<string, unknown>;
  const parts = field.split('.');
  let holder = record;
  for (const part of parts.slice(0, -1)) holder = holder[part] as Record<string, unknown>;
  const last = parts.at(-1) as string;
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return kind?.schema.safeParse(record).success ?? false;
}

const gone = undefined;
describe.each([
  [
    'programme.yaml',
    [
      ['zone', ['UTC', 'Asia/Tokyo'], ['Mars/Base', '', gone]],
      ['asOf', [gone, '2020-10-16T12:00'], ['2020-10-16', 'now', 20201016]],
      ['limits.slotDays', [0, 7], [-1, 1.5, '1', gone]],
      ['limits.holders', [gone, { 'release-manager': 2 }], [{ 'release-manager': 0 }, 2]],
      ['terms', [gone, {}, { smokeTest: 'sanity check' }], [{ smokeTest: '' }, { smoke: 'x' }]],
      ['phases.0.environments', [gone, ['mt']], [[], 'mt']],
      ['limits.emergencyShare', [0, 0.5, 1], [1.1, -0.1]],
      [
        'types.regular.steps',
        [['propose'], ['deploy qas1', ['test qas2', 'approve']]],
        [[], ['dance'], [[]], ['deploy qas1 twice']],
      ],
      ['types.regular.kind', [gone, 'baseline', 'emergency'], ['weekly']],
      ['phases.0.testingFrom', ['2020-09-03T13:00'], ['2020-09-03', gone]],
      ['severities', [[{ id: 'A', meaning: 'Worst' }]], [[], [{ id: 'A' }], [{ id: 'A b', meaning: 'x' }]]],
      ['fuels', [[{ id: 'water', name: 'Water' }], [], gone], ['gas']],
      ['colour', [gone], ['blue']],
    ],
  ],
  [
    'environments.yaml',
    [
      ['0.use', ['delivery', 'through', 'proving', 'market', 'production'], ['test', gone]],
      ['0.after', [gone, ['dev1']], [[], 'dev1']],
      ['0.id', ['dev-1', 'DEV.1', '1st'], ['dev 1', '../dev', '-dev', '', 'x'.repeat(65)]],
      ['0.purpose', ['x'], ['', '  ', gone]],
    ],
  ],
  [
    'components.yaml',
    [
      ['0.scheme', ['semver', 'dotted', 'date', 'listed', 'text'], ['calver', gone]],
      ['0.lines', [['main']], [[], gone, 'cssc']],
      ['0.versions', [gone, ['a', 'b'], ['7.11 SP3']], [[1.1], ['a '], [' a'], ['a\nb']]],
      ['0.formerly', [gone, ['old']], [['an old one'], 'old']],
    ],
  ],
  [
    'people.yaml',
    [
      ['assignments.0.from', ['2020-08-01', '2020-08-01T09:00'], ['August', gone, '2020-08-32']],
      ['assignments.0.person', ['cr'], [gone, 'c r']],
      ['assignments.0.party', [gone], ['programme']],
      ['assignments.0.phase', [gone, 'CCMT'], ['a phase']],
      ['assignments.0.to', [gone, '2020-10-01'], ['never']],
      ['delegations.0.until', ['2020-10-09T23:59'], [gone, '']],
      ['delegations.0.kinds', [['approve']], [[], gone, 'approve']],
      ['delegations', [gone, []], [null]],
      ['people.0.name', [gone, 'A Name'], ['', 7]],
    ],
  ],
  [
    'raci.yaml',
    [
      ['kinds', [{ propose: 'P1', approve: ['release-manager'] }], [gone, { propose: 1 }]],
      ['quorum', [gone, { approve: 2 }], [{ approve: 0 }, { dance: 2 }, 2]],
      ['processes.0.letters', [{ 'release-manager': 'R/A' }, {}], [gone, { 'release-manager': 1 }]],
    ],
  ],
  [
    'schedule.yaml',
    [
      ['slot.every', [1, 2, gone], [0, 1.5, 'weekly']],
      ['slot.day', ['monday', 'sunday'], ['Thursday', 'thu', 4, gone]],
      ['slot.days', [gone], [['tuesday']]],
      [
        'slot',
        [
          gone,
          { days: ['tuesday', 'friday'], time: '18:00' },
          { day: 'monday', every: 2, from: '2020-09-07' },
          [{ day: 'monday' }, { phase: 'CCMT', days: ['friday'] }],
        ],
        [
          {},
          { days: [] },
          { day: 'monday', from: 'V1' },
          { day: 'monday', phase: 'CCMT' },
          { day: 'monday', days: ['friday'] },
          { day: 'monday', time: '6pm' },
          [],
        ],
      ],
      [
        'closed',
        [gone, [{ from: '2020-12-01', until: '2021-01-04T09:00', reason: 'Freeze', by: 'cr', at: '2020-10-01T09:00' }]],
        [[{ from: '2020-12-01', until: '2021-01-04', by: 'cr', at: '2020-10-01T09:00' }], [{}]],
      ],
      [
        'deadlines.provisional',
        [gone, { day: 'tuesday', time: '18:00' }, { day: 'friday', weeks: 2 }, { daysBefore: 0, time: '09:00' }],
        [{ day: 'tuesday', time: '24:00' }, { daysBefore: -1 }, { day: 'tuesday', daysBefore: 2 }, 'tuesday', {}],
      ],
      ['slots.0.movedTo', [gone, '2020-10-02'], ['friday', '2020-02-30']],
      ['pattern.0.marks', [{}, { monday: 'daily', friday: 'release' }], [{ funday: 'daily' }, { monday: 'x' }]],
      [
        'outages',
        [
          gone,
          [{ environment: 'mt', from: '2020-09-01T10:00', until: '2020-09-01T11:00', effect: 'Down', reason: 'Power' }],
        ],
        [[{ environment: 'mt' }]],
      ],
    ],
  ],
  [
    'plan/plan.md',
    [
      ['header.version', ['0.3', 'final'], [0.3, '0 3', gone]],
      ['history', [[{ version: '1', status: 'Final', date: '2020-06-19', authors: ['A'], summary: 'x' }]], [[], gone]],
      ['approvers.0.outcome', [gone, 3], ['1', 1.5]],
    ],
  ],
  [
    'plan/obligations.yaml',
    [
      ['0.id', ['C-042', 'XY-001'], ['C42', 'c-042', 'C-0042']],
      ['0.level', ['error', 'warning', 'information', gone], ['fatal']],
      ['0.from', ['0.3'], [0.3, gone]],
    ],
  ],
  [
    'releases/R05.mdx',
    [
      ['id', ['R05', 'E123', 'CUT-7', 'AUX1'], ['r05', 'R', '05', 'R05b', 'COM1', 'LPT9', '../R05', 'R-123456789']],
      ['slot', [gone, '2020-10-15'], ['2020-10-15T07:00', '2020-06-31', 'Thursday']],
      ['items.0.kind', ['code', 'configuration', 'both', 'document'], ['data', gone]],
      ['items.0.note', ['x'], ['', ' ', gone]],
      [
        'bau',
        [gone, { des: { drop: '2020.10', decision: 'merged', reason: 'x' } }],
        [{ des: 'merged' }, { des: { drop: '2020.10', decision: 'maybe', reason: 'x' } }],
      ],
      ['log', [gone, []], [null, {}, [{ did: 'sleep' }]]],
      ['state', [gone], ['complete']],
      ['version', [gone], ['2.10']],
    ],
  ],
  [
    'defects/D-0099.md',
    [
      ['tracker.raised', ['2020-09-20', '2020-09-20T10:00'], ['20/09/2020', '2020-06-31', gone]],
      [
        'tracker.history',
        [gone, [{ at: '2020-09-21', field: 'status', from: 'open', to: 'fixed' }]],
        [[{ at: '2020-09-21', field: 'colour', from: 'a', to: 'b' }]],
      ],
      ['tracker.title', ['{not} <run>', ''], [gone, 7]],
      ['tracker', [], [gone, 'none']],
      ['plannedFor', [gone], ['R05']],
      ['impact', [gone, []], ['supplier', [1]]],
    ],
  ],
  [
    'changes/CH-0001.md',
    [
      ['components', [['des'], [], gone], ['des', [1]]],
      ['title', ['x'], ['', gone]],
    ],
  ],
  [
    'waivers/W-0001.md',
    [
      ['expires', ['2020-10-08'], ['2020-10-08T10:00', gone, 'never']],
      ['reason', ['x'], ['', gone]],
      ['release', [gone, 'R04'], ['r4', '']],
    ],
  ],
] as [string, [string, unknown[], unknown[]][]][])('%s', (path, fields) => {
  test.each(fields)('%s', (field, good, bad) => {
    expect(
      good.filter((value) => !accepts(path, field, value)),
      'refused although good',
    ).toEqual([]);
    expect(
      bad.filter((value) => accepts(path, field, value)),
      'accepted although bad',
    ).toEqual([]);
  });
});

describe('the eleven kinds of line', () => {
  const shared = { at: '2020-10-08T14:00', by: 'cr' };
  const least: Record<string, object> = {
    propose: { items: ['D-0090'] },
    agree: {},
    deliver: {},
    review: { decision: 'approved' },
    request: { from: '2020-10-14T07:00', until: '2020-10-14T09:00', effect: 'none' },
    approve: { decision: 'rejected' },
    deploy: { to: 'mt', outcome: 'failed' },
    test: { in: 'mt', outcome: 'passed' },
    withdraw: { items: ['D-0090'], reason: 'x', target: 'none' },
    publish: { note: 'final', sha256: 'x' },
    contact: { about: 'x' },
  };
  test('there are just these', () => expect([...lineKinds].sort()).toEqual(Object.keys(least).sort()));

  test.each(lineKinds)('%s needs each of its fields, and has no others', (did) => {
    const line: Record<string, unknown> = { ...shared, did, ...least[did] };
    expect(logLine.safeParse(line).success).toBe(true);
    for (const field of Object.keys(line))
      expect(logLine.safeParse({ ...line, [field]: undefined }).success, `without ${field}`).toBe(false);
    expect(logLine.safeParse({ ...line, who: 'cr' }).success).toBe(false);
    expect(
      logLine.safeParse({
        ...line,
        by: ['cr', 'em'],
        as: 'test-manager',
        consulted: ['si'],
        informed: ['si'],
        ref: 'Minutes',
        replaces: 1,
      }).success,
    ).toBe(true);
    for (const bad of [{ by: [] }, { by: 'C R' }, { at: '2020-10-08' }, { replaces: 0 }, { informed: 'si' }])
      expect(logLine.safeParse({ ...line, ...bad }).success, JSON.stringify(bad)).toBe(false);
  });
});
