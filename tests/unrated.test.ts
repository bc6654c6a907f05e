import { describe, expect, test } from 'vitest';
import { publishedNote, type PublishedNote } from '../src/model/published-note.ts';
import { notRated, valueAt } from '../src/derive/known-issues.ts';
import type { Defect } from '../src/model/defect.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { type Facts, factsOf } from '../src/site/project/facts.ts';
import { searchRecords } from '../src/site/project/search-records.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, fixtures, freeze, overlay, readTree, textOf } from './support/tree.ts';

/** A defect of which the tracker says neither severity nor component, with all that an import may bring. */
const unrated = `---
id: D-0500
tracker:
  key: "500"
  title: An answer is late
  status: closed
  raised: 2020-09-04T08:00
  resolved: 2020-09-20
  closed: 2020-09-30T23:30
  team: Core
  assigned: 2020-09-04
  description: {format: html, text: "<p>It came <b>late</b>.</p>"}
  other:
    - {column: OtherColumn, values: [OtherValue]}
  history:
    - {at: 2020-09-20T10:00, field: status, from: open, to: fixed}
    - {at: 2020-09-30T23:00, field: status, from: fixed, to: closed}
summary: An answer comes late.
impact: [supplier]
---
`;
const file = { path: 'defects/D-0500.md', bytes: encode(unrated) };

describe('the severity at a moment', () => {
  const defectWith = (severity: string | undefined, ...history: [string, string, string][]) =>
    ({
      tracker: {
        severity,
        status: 'open',
        history: history.map(([at, from, to]) => ({ at, field: 'severity', from, to })),
      },
    }) as unknown as Defect;
  test.each<[string, Defect, string | undefined]>([
    ['none, and none since', defectWith(undefined), undefined],
    ['not rated at the moment, rated since', defectWith('S2', ['2020-09-10', notRated, 'S2']), undefined],
    ['rated at the moment, lowered since', defectWith('S3', ['2020-09-10', 'S1', 'S3']), 'S1'],
    ['rated at the moment, taken back since', defectWith(undefined, ['2020-09-10', 'S1', notRated]), 'S1'],
    [
      'taken back before the moment, given again since',
      defectWith('S2', ['2020-09-01', 'S1', notRated], ['2020-09-10', notRated, 'S2']),
      undefined,
    ],
    ['rated before the moment', defectWith('S2', ['2020-09-01', notRated, 'S2']), 'S2'],
  ])('%s', (_, defect, expected) =>
    expect(valueAt(defect, 'severity', '2020-09-05T00:00:00Z', 'Europe/London')).toBe(expected),
  );
});

test(
  'a note counts it among the known issues, without a severity or component, and stays valid',
  { timeout: 60_000 },
  () => {
    const tree = freeze(overlay(readTree(`${fixtures}base`), [file]));
    const notes = tree.files
      .filter(({ path }) => path.startsWith('published/'))
      .map((note) => JSON.parse(textOf(note)) as PublishedNote);
    const told = notes.filter(({ note }) => note.knownIssues.some(({ id }) => id === 'D-0500'));
    expect(told.length).toBeGreaterThan(0);
    for (const note of told) expect(publishedNote.safeParse(note).error).toBeUndefined();
    expect(told[0]?.note.knownIssues.find(({ id }) => id === 'D-0500')).toEqual({
      id: 'D-0500',
      title: 'An answer is late',
      summary: 'An answer comes late.',
      impact: [{ id: 'supplier', name: 'Supplier' }],
      raised: '2020-09-04',
    });
    expect(JSON.stringify(notes)).not.toMatch(/OtherColumn|OtherValue/);
    expect(
      evaluate(tree, momentFor(tree))
        .diagnostics.filter(({ file: path }) => path.startsWith('published/') || path.startsWith('releases/'))
        .filter(({ level }) => level === 'error'),
    ).toEqual([]);
  },
);

describe('on the pages', () => {
  test('it has no severity and no component; its life has the days of the tracker, in order of time', () => {
    const defect = defectIn(factsIn());
    expect(defect).toMatchObject({
      severity: undefined,
      components: [],
      description: { format: 'html', text: '<p>It came <b>late</b>.</p>' },
    });
    expect(
      defect?.life.map((event) =>
        event.did === 'changed' ? `${event.field} ${event.from} ${event.to}` : `${event.did} ${event.day}`,
      ),
    ).toEqual([
      'raised 2020-09-04',
      'status Open Fixed',
      'resolved 2020-09-20',
      'status Fixed Closed',
      'closed 2020-09-30',
    ]);
  });

  test('what is later than the moment of looking has not happened', () => {
    expect(defectIn(factsIn(undefined, '2020-09-25T12:00'))?.life.at(-1)).toEqual({
      did: 'resolved',
      day: '2020-09-20',
    });
  });

  test('the search finds it by its description, and tells that it is not rated', () => {
    const record = searchRecords(factsIn()).find(({ id }) => id === 'D-0500');
    expect(record).toMatchObject({ severity: 'Not rated yet', components: ['Not known yet'] });
    expect(record?.content).toContain('It came late');
    expect(record?.content).not.toContain('<b>');
  });

  test('columns that no field takes are in no part of what is public', () =>
    expect(JSON.stringify([factsIn(), searchRecords(factsIn())])).not.toMatch(/OtherColumn|OtherValue/));
});

describe('what the programme classes as confidential', () => {
  test('the description, resolved and closed go', () => {
    const facts = factsIn(['defect.tracker.description', 'defect.tracker.resolved', 'defect.tracker.closed']);
    expect(JSON.stringify([facts, searchRecords(facts)])).not.toMatch(/It came/);
    expect(defectIn(facts)?.life.map(({ did }) => did)).toEqual(['raised', 'changed', 'changed']);
  });

  test('a severity or component that is withheld is not said to be missing', () => {
    const facts = factsIn(['defect.tracker.severity', 'defect.tracker.component']);
    expect(new Set(facts.defects.flatMap(({ severity, components }) => [severity, components[0]?.name]))).toEqual(
      new Set(['Withheld']),
    );
  });
});

function factsIn(confidential: string[] = [], at?: string): Facts {
  const programme = textOf(base().files.find(({ path }) => path === 'programme.yaml')).replace(
    /(marking: .*\n)/,
    `$1  confidential: [${confidential.join(', ')}]\n`,
  );
  const tree = overlay(base(), [file, { path: 'programme.yaml', bytes: encode(programme) }]);
  const moment = momentFor(tree);
  const { catalog, diagnostics } = evaluate(
    tree,
    at ? { instant: toInstant(at, 'Europe/London'), isChosen: true } : moment,
  );
  if (!catalog) throw new Error('the programme cannot be read');
  return factsOf(catalog, diagnostics);
}

function defectIn({ defects }: Facts): Facts['defects'][number] | undefined {
  return defects.find(({ id }) => id === 'D-0500');
}
