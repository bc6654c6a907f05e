import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { withChanges } from '../../src/author/publish-note.ts';
import { rules } from '../../src/check/registry.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { flaggedIn, rowsWith } from '../../src/import/plan.ts';
import { countsOf, emptyTree, importInto, planFrom, reasonsIn, recordsOf, remarksIn } from '../support/importing.ts';
import { readTree, textOf } from '../support/tree.ts';

/** A tracker of few words, so that each test shows all that matters to it. */
const profile = `title: A test
system: Test
zone: Europe/London
dates: [yyyy-MM-dd HH:mm]
fields:
  id: {columns: [Id]}
  key: {columns: [Key]}
  title: {columns: [Title]}
  status: {columns: [Status], map: {New: new, Fixed: fixed, Again: reopened, Shut: closed}}
  severity: {columns: [Severity], map: {High: S2, Low: S4, Stop: S1}}
  raised: {columns: [Raised]}
  team: {columns: [Team]}
  component: {columns: [Part]}
  description: {columns: [Text], format: plain}
keep: [{column: Labels, separator: ";"}, {column: Seen, volatile: true}]
`;
const header = 'Id,Title,Status,Severity,Raised';
const one = '7,It fails,New,High,2020-09-01 10:00';
const csv = (...rows: string[]) => `${[header, ...rows].join('\n')}\n`;
const tree = () => emptyTree({ 'profiles/test.yaml': profile });
const only = { profile: 'test' };
const file = (sources: Sources, path = 'defects/D-0001.md') =>
  textOf(sources.files.find((candidate) => candidate.path === path));
const edit = (sources: Sources, change: (text: string) => string) =>
  withChanges(sources, [{ path: 'defects/D-0001.md', text: change(file(sources)), before: undefined }]);
const trackerOf = (sources: Sources) => recordsOf(sources).defects[0]?.tracker;

describe('a defect that is new', () => {
  test('is written as a record of its own, with where it came from', async () => {
    const { after } = await importInto(csv(one), tree(), only);
    expect(file(after).replace(/[0-9a-f]{64}/, '<sha256>')).toMatchInlineSnapshot(`
      "---
      id: D-0001
      tracker:
        key: "7"
        title: It fails
        severity: S2
        status: new
        raised: 2020-09-01T10:00
        source: {system: Test, id: "7", profile: test, file: export, row: 2, sha256: <sha256>}
      ---
      "
    `);
  });

  test('takes the next number of the kind that most defects have', async () => {
    const { plan } = await importInto(
      csv(one),
      emptyTree({
        'profiles/test.yaml': profile,
        'defects/F-017.md': '---\nid: F-017\ntracker: {key: x, title: x, status: new, raised: 2020-09-01}\n---\n',
      }),
      only,
    );
    expect(rowsWith(plan, 'create')[0]?.id).toBe('F-018');
  });
});

describe('a defect that is known', () => {
  test('keeps every byte that people own, comments and line ends too; severity and status leave a line of history', async () => {
    const first = await importInto(csv(one), tree(), only);
    const kept = edit(first.after, (text) =>
      text
        .replace('  severity: S2', '  severity: S2 # ask again')
        .replace(
          /---\n$/,
          'summary: "It fails"   # ours\nimpact: [ supplier,shipper ]\n# the end\n---\n\nWhat *we* found.\n',
        )
        .replaceAll('\n', '\r\n'),
    );
    const { plan, after } = await importInto(csv('7,It fails,Fixed,Low,2020-09-01 10:00'), kept, {
      ...only,
      exportedAt: '2020-10-01T08:30:00Z',
    });
    expect(rowsWith(plan, 'update')[0]?.changes).toEqual([
      { field: 'status', from: 'new', to: 'fixed' },
      { field: 'severity', from: 'S2', to: 'S4' },
    ]);
    const text = file(after);
    expect(text.replace(/[0-9a-f]{64}/, '<sha256>').replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "---
      id: D-0001
      tracker:
        key: "7"
        title: It fails
        severity: S4 # ask again
        status: fixed
        raised: 2020-09-01T10:00
        history:
          - {at: 2020-10-01T09:30, field: severity, from: S2, to: S4}
          - {at: 2020-10-01T09:30, field: status, from: new, to: fixed}
        source: {system: Test, id: "7", profile: test, file: export, row: 2, sha256: <sha256>}
      summary: "It fails"   # ours
      impact: [ supplier,shipper ]
      # the end
      ---

      What *we* found.
      "
    `);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    expect((await importInto(csv('7,It fails,Fixed,Low,2020-09-01 10:00'), after, only)).after).toEqual(after);
  });

  test('that only moved to another row or file is not touched', async () => {
    const { after } = await importInto(csv(one, '8,Other,New,Low,2020-09-02 10:00'), tree(), only);
    const next = await importInto(csv('8,Other,New,Low,2020-09-02 10:00', one), after, {
      ...only,
      file: 'next-week.csv',
    });
    expect(countsOf(next.plan)).toEqual({ read: 2, unchanged: 2 });
    expect(next.after).toEqual(after);
  });

  test('is told as reopened, and as of another severity', async () => {
    const { after } = await importInto(csv('7,It fails,Shut,High,2020-09-01 10:00'), tree(), only);
    const { plan } = await importInto(csv('7,It fails,Again,Stop,2020-09-01 10:00'), after, only);
    expect(rowsWith(plan, 'update')[0]).toMatchObject({ isReopened: true, isSeverityChanged: true });
  });

  test('loses no field of which the export has no column, and loses one whose cell is empty', async () => {
    const { after } = await importInto(
      'Id,Title,Status,Severity,Raised,Team\n7,It fails,New,High,2020-09-01 10:00,Core\n',
      tree(),
      only,
    );
    const without = await importInto('Id,Title,Status,Raised\n7,It fails again,New,2020-09-01 10:00\n', after, {
      ...only,
      without: ['severity', 'team'],
    });
    expect(trackerOf(without.after)).toMatchObject({ title: 'It fails again', severity: 'S2', team: 'Core' });
    const emptied = await importInto(
      'Id,Title,Status,Raised,Team\n7,It fails again,New,2020-09-01 10:00,\n',
      without.after,
      { ...only, without: ['severity'] },
    );
    expect(trackerOf(emptied.after)?.team).toBeUndefined();
  });

  test('keeps sets as sets, and what is volatile until something else changes', async () => {
    const rows = (labels: string, seen: string, title = 'It fails') =>
      `${header},Labels,Seen\n7,${title},New,High,2020-09-01 10:00,${labels},${seen}\n`;
    const { after } = await importInto(rows('a; b', '1'), tree(), only);
    expect(countsOf((await importInto(rows('b;a', '2'), after, only)).plan)).toMatchObject({ unchanged: 1 });
    const changed = await importInto(rows('b;a', '2', 'It fails twice'), after, only);
    expect(trackerOf(changed.after)?.other).toEqual([
      { column: 'Labels', values: ['a', 'b'] },
      { column: 'Seen', values: ['2'] },
    ]);
    expect(rowsWith(changed.plan, 'update')[0]?.changes).toEqual([
      { field: 'title', from: 'It fails', to: 'It fails twice' },
    ]);
  });

  test('stays when the export does not name it any more, and that is told', async () => {
    const { after } = await importInto(csv(one, '8,Other,New,Low,2020-09-02 10:00'), tree(), only);
    const next = await importInto(csv(one), after, only);
    expect(next.plan.absent).toEqual(['D-0002']);
    expect(next.after).toEqual(after);
  });
});

describe('a tracker block that somebody edited', () => {
  const moved = csv('7,It fails,Fixed,High,2020-09-01 10:00');

  test('is left alone and its row is set aside, until the import may take it over', async () => {
    const { after } = await importInto(csv(one), tree(), only);
    const edited = edit(after, (text) => text.replace('severity: S2', 'severity: S3'));
    const { plan, after: kept } = await importInto(moved, edited, only);
    expect(kept).toEqual(edited);
    expect(reasonsIn(plan)).toEqual([
      'row 2: D-0001 is left as it is, because its tracker block was edited by hand after the last import: status is "new" there and "fixed" here, severity is "S3" there and "S2" here',
    ]);
    expect(rowsWith(plan, 'conflict')).toHaveLength(1);
    const taken = await importInto(moved, edited, { ...only, takeOver: ['D-0001'] });
    expect(trackerOf(taken.after)).toMatchObject({ severity: 'S2', status: 'fixed' });
    expect(countsOf((await importInto(moved, taken.after, only)).plan)).toMatchObject({ unchanged: 1 });
  });

  test('may say in the history why something changed', async () => {
    const first = await importInto(csv(one), tree(), only);
    const { after } = await importInto(csv('7,It fails,New,Low,2020-09-01 10:00'), first.after, {
      ...only,
      exportedAt: '2020-10-01T08:30:00Z',
    });
    const explained = edit(after, (text) => text.replace('to: S4}', 'to: S4, explained: A way round was found}'));
    const next = await importInto(csv('7,It fails,Fixed,Low,2020-09-01 10:00'), explained, only);
    expect(reasonsIn(next.plan)).toEqual([]);
    expect(file(next.after)).toContain('to: S4, explained: A way round was found}');
  });

  test('may hold fields that the export never had', async () => {
    const bare = 'Id,Title,Status,Raised\n7,It fails,New,2020-09-01 10:00\n';
    const { after } = await importInto(bare, tree(), only);
    const rated = edit(after, (text) => text.replace('  status: new', '  severity: S3\n  status: new'));
    const next = await importInto(bare.replace('New', 'Fixed'), rated, only);
    expect(reasonsIn(next.plan)).toEqual([]);
    expect(trackerOf(next.after)).toMatchObject({ severity: 'S3', status: 'fixed' });
    const later = await importInto(bare.replace('New', 'Shut'), next.after, only);
    expect(trackerOf(later.after)).toMatchObject({ severity: 'S3', status: 'closed' });
  });

  test('is known by its number when a person wrote the record before any import', async () => {
    const byHand = emptyTree({
      'profiles/test.yaml': profile,
      'defects/D-0001.md':
        '---\nid: D-0001\ntracker: {key: K-1, title: It fails, severity: S2, status: new, component: core, raised: 2020-09-01T10:00} # by telephone\nsummary: Ours\n---\n',
    });
    const row = (status: string) =>
      `Id,Key,Title,Status,Severity,Raised\n7,K-1,It fails,${status},High,2020-09-01 10:00\n`;
    expect(countsOf((await importInto(row('New'), byHand, only)).plan)).toMatchObject({ unchanged: 1 });
    const { plan } = await importInto(row('Fixed'), byHand, only);
    expect(reasonsIn(plan)[0]).toContain(
      'D-0001 is left as it is, because its tracker block was written by hand, not by an import',
    );
    const taken = await importInto(row('Fixed'), byHand, { ...only, takeOver: ['all'] });
    expect(trackerOf(taken.after)).toMatchObject({ component: 'core', status: 'fixed', source: { id: '7' } });
    expect(file(taken.after)).toContain('summary: Ours\n---\n');
  });

  test('that has the number of another defect of the same tracker is no new one', async () => {
    const keyed = (id: string) => `Id,Key,Title,Status,Severity,Raised\n${id},K-1,It fails,New,High,2020-09-01 10:00\n`;
    const { after } = await importInto(keyed('7'), tree(), only);
    const { plan } = await importInto(keyed('K-1'), after, only);
    expect(reasonsIn(plan)).toEqual([
      'row 2: D-0001 has the number K-1 too, and another id in the tracker: 7 there and K-1 here',
    ]);
  });

  test('is not set back by an older export', async () => {
    const first = await importInto(csv(one), tree(), only);
    const { after } = await importInto(moved, first.after, { ...only, exportedAt: '2020-10-01T08:30:00Z' });
    const { plan } = await importInto(csv(one), after, { ...only, exportedAt: '2020-09-20T08:30:00Z' });
    expect(reasonsIn(plan)[0]).toContain('because it has changed later than this export of 2020-09-20T09:30');
  });
});

describe('several rows of one defect', () => {
  test('that are equal count once, that differ are all set aside', async () => {
    const { plan } = await importInto(
      csv(one, one, '8,Other,New,Low,2020-09-02 10:00', '8,Other,Fixed,Low,2020-09-02 10:00'),
      tree(),
      only,
    );
    expect(countsOf(plan)).toEqual({ read: 4, created: 1, collapsed: 1, quarantined: 2 });
    expect(reasonsIn(plan)).toEqual([
      'row 4: the rows 4, 5 are of one defect, 8, and differ in status',
      'row 5: the rows 4, 5 are of one defect, 8, and differ in status',
    ]);
  });

  test('are its history where the export has one row a change', async () => {
    const perChange = emptyTree({ 'profiles/test.yaml': `${profile}history: {by: When}\n` });
    const rows = (more = '') =>
      `${header},When\n7,It fails,Fixed,High,2020-09-01 10:00,2020-09-05 12:00\n7,It fails,New,High,2020-09-01 10:00,2020-09-01 10:00\n7,It fails,New,Stop,2020-09-01 10:00,2020-09-03 09:00\n${more}`;
    const { plan, after } = await importInto(rows(), perChange, only);
    expect(countsOf(plan)).toEqual({ read: 3, created: 1, collapsed: 2 });
    expect(trackerOf(after)).toMatchObject({
      status: 'fixed',
      severity: 'S2',
      history: [
        { at: '2020-09-03T09:00', field: 'severity', from: 'S2', to: 'S1' },
        { at: '2020-09-05T12:00', field: 'severity', from: 'S1', to: 'S2' },
        { at: '2020-09-05T12:00', field: 'status', from: 'new', to: 'fixed' },
      ],
    });
    const next = await importInto(rows('7,It fails,Again,High,2020-09-01 10:00,2020-09-08 08:00\n'), after, only);
    expect(rowsWith(next.plan, 'update')[0]).toMatchObject({ isReopened: true });
    expect(trackerOf(next.after)?.history).toHaveLength(4);
    expect(
      (await importInto(rows('7,It fails,Again,High,2020-09-01 10:00,2020-09-08 08:00\n'), next.after, only)).after,
    ).toEqual(next.after);
  });
});

test('a value that is in no map sets its row aside with the address of its cell, and the others go in', async () => {
  const { plan } = await importInto(csv(one, '8,Other,Somehow,Sev 2,2020-09-02 10:00'), tree(), only);
  expect(countsOf(plan)).toEqual({ read: 2, created: 1, quarantined: 1 });
  expect(reasonsIn(plan)).toEqual([
    'C3 (Status): "Somehow" is not in the map of profile test',
    'D3 (Severity): "Sev 2" is not in the map of profile test',
  ]);
});

test('a component that is none of ours is kept, and told', async () => {
  const { plan } = await importInto(
    `${header},Part\n7,It fails,New,High,2020-09-01 10:00,Data enquiry\n8,Other,New,Low,2020-09-02 10:00,Moon\n`,
    tree(),
    only,
  );
  expect(rowsWith(plan, 'create').map(({ tracker }) => [tracker.component, tracker.other])).toEqual([
    ['enquiry', undefined],
    [undefined, [{ column: 'Part', values: ['Moon'] }]],
  ]);
  expect(remarksIn(plan)).toEqual([
    '1 defect names a component that is none of ours (Moon): add it to the map of profile test.',
  ]);
});

describe('text that means harm', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '{process.exit(1)}',
    '---js\nprocess.exit(1)\n---',
    "import x from 'y'",
    '{{ 7*7 }} {% raw %}',
    '---\nid: D-9999\n---',
    'a\u0000b\u001b[2J',
    'invoice\u202Exslx.exe',
    '../../x',
    'CON',
    '#!/bin/sh',
    '%TAG ! x',
    '- a\n- b: &x *x',
    'x'.repeat(75_000),
  ];

  test('is kept as the text that it is', async () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const rows = hostile.map(
      (text, index) =>
        `${quoted(index % 2 === 0 ? String(index) : text)},${quoted(text)},New,High,2020-09-01 10:00,${quoted(text)}`,
    );
    const { plan, after } = await importInto(`${header},Text\n${rows.join('\n')}\n`, tree(), only);
    expect(reasonsIn(plan)).toEqual([]);
    const paths = after.files.map(({ path }) => path).filter((path) => path.startsWith('defects/'));
    expect(paths).toEqual(hostile.map((_, index) => `defects/D-${String(index + 1).padStart(4, '0')}.md`));
    const shown = (text: string) =>
      text.replaceAll('\u0000', '⟨U+0000⟩').replaceAll('\u001b', '⟨U+001B⟩').replaceAll('\u202e', '⟨U+202E⟩');
    expect(recordsOf(after).defects.map(({ tracker }) => tracker.description?.text)).toEqual(hostile.map(shown));
    expect(flaggedIn(plan).map(({ index }) => index - 1)).toEqual([6, 7]);
    expect((await importInto(`${header},Text\n${rows.join('\n')}\n`, after, only)).after).toEqual(after);
  });

  test('does no harm as a heading either', async () => {
    const { plan } = await importInto(
      `${header},__proto__,constructor,Id\n7,It fails,New,High,2020-09-01 10:00,a,b,7\n`,
      tree(),
      only,
    );
    expect(rowsWith(plan, 'create')[0]?.tracker.other).toEqual([
      { column: '__proto__', values: ['a'] },
      { column: 'constructor', values: ['b'] },
    ]);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

test('what contradicts what was published is known to the rules themselves', () => {
  expect(rules.filter(({ about }) => about === 'tracker').map(({ id }) => id)).toEqual([
    'emergency-keeps-its-severity',
    'published-fix-stays-fixed',
    'fixed-defect-was-released',
  ]);
});

test('the contradictions with what was published are told, once', async () => {
  const before = await planFrom(csv('7,It fails,Fixed,High,2020-09-20 10:00'), tree(), only);
  expect('refused' in before ? before : before.alarms.map(({ rule, item }) => [rule, item])).toEqual([
    ['fixed-defect-was-released', 'D-0001'],
  ]);
  const { after } = await importInto(csv('7,It fails,Fixed,High,2020-09-20 10:00'), tree(), only);
  expect((await importInto(csv('7,It fails,Fixed,High,2020-09-20 10:00'), after, only)).plan.alarms).toEqual([]);
});

test('what it means for releases on the way is told', async () => {
  const sample = readTree(fileURLToPath(new URL('../../content', import.meta.url)));
  const list =
    "Summary,Issue key,Issue id,Status,Priority,Resolution,Assignee Id,Created,Status Category\nRead again,CCMT-1047,9047,Closed,High,Won't Do,1,01/Nov/20 9:00 AM,Done\nNothing goes,CCMT-2001,9201,To Do,Blocker,,1,17/Nov/20 9:00 AM,To Do\n";
  const plan = await planFrom(list, sample, { takeOver: ['D-0047'] });
  expect('refused' in plan ? plan : plan.effects.map(({ message }) => message)).toEqual([
    'R10, planned for 2020-11-19, holds D-0047, whose status goes from ready to rejected.',
    'D-0067 is S1 and open, and no release plans it.',
  ]);
});

test('another programme has its own words, zone and numbers', async () => {
  const ticketing = readTree(fileURLToPath(new URL('../programmes/ticketing', import.meta.url)));
  const list = (state: string) =>
    `No;What;State;How bad;Where;Seen\n12;The till hums;${state};some wait;the till;9.3.2031 9:05\n13;No ticket;aground;nobody sails;Seat map;10.3.2031 8:00\n14;A wish;aground;?;;11.3.2031 8:00\n`;
  const { plan, after } = await importInto(list('aground'), ticketing, { exportedAt: '2031-03-22T13:00:00Z' });
  expect(plan.profile).toBe('harbour-desk');
  expect(
    rowsWith(plan, 'create').map(({ id, tracker }) => [
      id,
      tracker.status,
      tracker.severity,
      tracker.component,
      tracker.raised,
    ]),
  ).toEqual([
    ['F-9', 'raised', 'Sev3', 'till', '2031-03-09T09:05'],
    ['F-10', 'raised', 'Sev1', 'seatmap', '2031-03-10T08:00'],
    ['F-11', 'raised', undefined, undefined, '2031-03-11T08:00'],
  ]);
  const next = await importInto(list('afloat'), after, { exportedAt: '2031-03-23T13:00:00Z' });
  expect(textOf(next.after.files.find(({ path }) => path === 'defects/F-9.md'))).toContain(
    '- {at: 2031-03-23T09:00, field: status, from: raised, to: done}',
  );
});
