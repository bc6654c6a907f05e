import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isAbsent } from '../src/derive/snapshot.ts';
import type { Sources } from '../src/load/read-content.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { factsOf } from '../src/site/project/facts.ts';
import { snapshotsOf } from '../src/site/project/matrix.ts';
import { changed, readTree } from './support/tree.ts';

/**
 * The programme `canal` changed its plan in the middle of its first season: from Thursdays to Tuesdays, without a
 * provisional note, with another role that agrees, approves and publishes, and with a second critical severity.
 */
const zone = 'Europe/Dublin';
const canal = readTree(fileURLToPath(new URL('programmes/canal', import.meta.url)));
const end = '2032-03-26T12:00';

const look = (tree: Sources, at = end, plan?: string) =>
  evaluate(tree, { instant: toInstant(at, zone), isChosen: true }, { plan });
const catalogOf = (tree: Sources, at?: string, plan?: string) => {
  const { catalog } = look(tree, at, plan);
  if (!catalog) throw new Error('the programme cannot be read');
  return catalog;
};
/** The rules that find something in one file. */
const rulesIn = (tree: Sources, path: string) =>
  look(tree)
    .diagnostics.filter(({ file }) => file === path)
    .map(({ rule }) => rule);
const found = (tree: Sources, at?: string, plan?: string) =>
  look(tree, at, plan).diagnostics.map(({ file, line, rule }) => `${file}:${line} ${rule}`);

describe('a plan that changes', () => {
  test('turns no history red, whenever it is looked at', () => {
    const moments = [
      '2032-02-06',
      '2032-02-13',
      '2032-02-16',
      '2032-02-18T13:00',
      '2032-02-20T12:00',
      '2032-02-28',
      end,
    ];
    for (const moment of moments) expect(found(canal, moment), moment).toEqual([]);
  });
  test('moves the slots from its first day on, and leaves one that was agreed before', () => {
    expect(
      catalogOf(canal)
        .slots.map(({ date, outcome }) => `${date} ${outcome}`)
        .slice(0, 7),
    ).toEqual([
      '2032-02-05 released',
      '2032-02-12 none',
      '2032-02-17 none',
      '2032-02-19 released',
      '2032-02-24 released',
      '2032-03-30 planned',
      '2032-04-06 open',
    ]);
  });
  test('gives each release the steps and deadlines under which it was agreed', () => {
    const stepsOf = Object.fromEntries(
      catalogOf(canal).releases.map(({ id, type }) => [
        id,
        type.steps.flat().some(({ target }) => target === 'provisional'),
      ]),
    );
    expect(stepsOf).toMatchObject({ R01: true, R02: true, R03: false, R04: false });
    const late = changed(canal, [
      'releases/R02.mdx',
      '2032-02-17T10:00, did: publish',
      '2032-02-18T08:00, did: publish',
    ]);
    expect(rulesIn(late, 'releases/R02.mdx')).toContain('provisional-note-on-time');
  });
  test.each<[string, [string, string, string], string]>([
    [
      'who approves before it',
      ['R01', '11:00, did: approve, by: ca', '11:00, did: approve, by: pi'],
      'approver-is-entitled',
    ],
    ['who approves after it', ['R02', 'did: approve, by: pi', 'did: approve, by: ca'], 'approver-is-entitled'],
    ['who agrees after it', ['R03', 'by: [ke, pi, council]', 'by: [ke, ma, council]'], 'acting-role-is-entitled'],
    ['a slot of the version before it', ['R03', 'slot: 2032-02-24', 'slot: 2032-02-26'], 'regular-release-on-slot'],
    [
      'a critical severity that is none yet',
      ['E01', /2032-02-20T(0\d)/g as never, '2032-02-13T$1'],
      'emergency-stops-testing',
    ],
    [
      'a retired component',
      ['R03', 'versions: {gate: "1.2"}', 'versions: {gate: "1.2", paper: "1.1"}'],
      'named-while-in-use',
    ],
  ])('judges each line by its day: %s', (_, [release, from, to], expected) =>
    expect(rulesIn(changed(canal, [`releases/${release}.mdx`, from, to]), `releases/${release}.mdx`)).toContain(
      expected,
    ),
  );
  test('is read to the end by --plan: from its first day on, or throughout when that is still to come', () => {
    expect(found(canal, end, 'V2')).toEqual([]);
    expect(found(canal, end, 'V1')).toContain('releases/R04.mdx:7 regular-release-on-slot');
    expect(found(canal, '2032-02-06', 'V2')).toContain('releases/R01.mdx:7 regular-release-on-slot');
  });
  test('that names a version which the history does not have says so', () => {
    const wrong = changed(canal, ['schedule.yaml', 'from: V2, every', 'from: V3, every']);
    expect(look(wrong).diagnostics.find(({ rule }) => rule === 'references-resolve')).toMatchObject({
      file: 'schedule.yaml',
      line: 3,
      message: 'There is no version of the plan "V3".',
    });
  });
});

describe('what comes and goes', () => {
  const { policy } = catalogOf(canal);
  test.each([
    ['paper', '2032-02-19T23:59', false],
    ['paper', '2032-02-20T00:00', true],
    ['app', '2032-03-14T23:59', true],
    ['app', '2032-03-15T00:00', false],
    ['nobody knows', end, false],
  ])('%s at %s is absent: %s', (component, at, expected) =>
    expect(isAbsent(policy, component, 'canal', toInstant(at, zone))).toBe(expected),
  );
  test('the matrix shows a component while it is in use', () => {
    const facts = factsOf(catalogOf(canal), []);
    const states = snapshotsOf(facts.matrix).map(
      ({ cells, moment }) =>
        `${moment.id} ${cells.find(({ component, environment }) => component === 'paper' && environment === 'canal')?.state}`,
    );
    expect(states).toContain('20320219T0700Z passed');
    expect(states).toContain('20320224T0700Z absent');
    expect(facts.matrix.now.find(({ component }) => component === 'paper')?.state).toBe('absent');
  });
  test('a release of the past stays complete when a component of it is retired, or taken out of the market', () => {
    const [before, after] = [
      catalogOf(canal),
      catalogOf(changed(canal, ['components.yaml', '{id: card,', '{until: 2032-03-26, id: card,'])),
    ];
    expect(after.releases.map(({ state }) => state)).toEqual(before.releases.map(({ state }) => state));
    const late = changed(canal, [
      'components.yaml',
      '{id: card,',
      '{absentFrom: [{environment: canal, from: 2032-03-26}], id: card,',
    ]);
    expect(found(late)).toEqual([]);
  });
});

describe('a phase that starts in the middle', () => {
  const begun = changed(
    {
      ...canal,
      files: canal.files.filter(({ path }) => !/^(?:releases|published)\/(?:B01|R01)[./]/.test(path)),
    },
    [
      'programme.yaml',
      'testingFrom: 2032-02-02T09:00,',
      `testingFrom: 2032-02-02T09:00, recordedFrom: 2032-02-16, earlier: [
        {id: B01, title: The first season, date: 2032-01-29, versions: {card: "1.0", gate: "1.0", paper: "1.0"}},
        {id: R01, date: 2032-02-05, versions: {card: "1.1"}, note: "https://old.example/R01"}],`,
    ],
  );
  test('checks, and its notes continue what was there', () => expect(found(begun)).toEqual([]));
  test('has slots from that day on', () =>
    expect(
      catalogOf(begun)
        .slots.map(({ date }) => date)
        .slice(0, 4),
    ).toEqual(['2032-02-17', '2032-02-19', '2032-02-24', '2032-03-30']));
  test('asks from that day on which version of each component is there', () => {
    const unknown = changed(begun, ['programme.yaml', ', paper: "1.0"', '']);
    expect(look(unknown, '2032-02-18').diagnostics.map(({ message }) => message)).toEqual([
      'Nothing says which version of Paper ticket is in Canal.',
    ]);
    expect(found(unknown)).toEqual([]);
  });
  test('does not go back behind what was there', () => {
    const older = changed(begun, ['releases/R02.mdx', 'card: "1.2"', 'card: "1.0"']);
    expect(rulesIn(older, 'releases/R02.mdx')).toContain('no-older-version');
  });
  test('shows the releases before it', () => {
    const { programme, matrix } = factsOf(catalogOf(begun), []);
    expect(programme.earlier).toEqual([
      {
        phase: 'Winter season',
        recordedFrom: '2032-02-16',
        releases: [
          {
            id: 'R01',
            title: undefined,
            date: '2032-02-05',
            versions: [{ name: 'Toll card', version: '1.1' }],
            note: 'https://old.example/R01',
          },
          {
            id: 'B01',
            title: 'The first season',
            date: '2032-01-29',
            versions: [
              { name: 'Toll card', version: '1.0' },
              { name: 'Lock gate', version: '1.0' },
              { name: 'Paper ticket', version: '1.0' },
            ],
            note: undefined,
          },
        ],
      },
    ]);
    expect(
      matrix.moments[0]?.cells.find(({ component, environment }) => component === 'card' && environment === 'canal'),
    ).toMatchObject({
      state: 'passed',
      version: '1.0',
      release: { id: 'B01' },
    });
  });
});
