import { describe, expect, test } from 'vitest';
import type { Catalog } from '../src/derive/catalog.ts';
import { toInstant } from '../src/model/time.ts';
import { evaluate } from '../src/pipeline.ts';
import { renderBody, renderMarkdown } from '../src/site/text/render-body.ts';
import { type Facts, factsOf } from '../src/site/project/facts.ts';
import { parseBody } from '../src/validate/body.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

/**
 * What is public is an allow-list; each of its limits is tried by itself, on the base programme with some files
 * changed.
 */
type Change = [path: string, from: string | RegExp, to: string];

function siteOf(at: string, ...changes: Change[]): Facts & { messages: (string | undefined)[] } {
  const files = new Map(base().files.map((file) => [file.path, textOf(file)]));
  for (const [path, from, to] of changes) {
    const before = files.get(path) ?? '';
    const after = before.replace(from, to);
    if (after === before) throw new Error(`nothing to change in ${path}: ${String(from)}`);
    files.set(path, after);
  }
  const tree = overlay(
    base(),
    [...files].map(([path, text]) => ({ path, bytes: encode(text) })),
  );
  const { catalog, diagnostics } = evaluate(tree, { instant: toInstant(at, 'Europe/London'), isChosen: true });
  return { ...factsOf(catalog as Catalog, diagnostics), messages: diagnostics.map(({ message }) => message) };
}

const now = '2020-10-16T12:00';
const classify = (...paths: string[]): Change => [
  'programme.yaml',
  /(marking: .*\n)/,
  `$1  confidential: [${paths.join(', ')}]\n`,
];
const person: Change = [
  'people.yaml',
  '{id: bk, initials: BK, unit: Development}',
  '{id: bk, initials: BK, unit: Development, name: Brindle Kestrel, git: brindle.k}',
];

describe('the words of a finding', () => {
  const unknown = (severity: string): Change => ['defects/D-0099.md', 'severity: S3', `severity: ${severity}`];
  const published = (site: Facts & { messages: (string | undefined)[] }, word: string) => ({
    found: site.messages.some((message) => message?.includes(word)),
    shown: JSON.stringify(site.findings).includes(word),
    place: site.findings.some(({ file, line }) => file === 'defects/D-0099.md' && line === 6),
  });

  test('are public where a rule made them out of what is public', () => {
    expect(published(siteOf(now, unknown('Otherwise')), 'Otherwise')).toEqual({
      found: true,
      shown: true,
      place: true,
    });
  });

  test('are not where reading made them, which quotes a file as it was typed', () => {
    expect(
      published(siteOf(now, ['defects/D-0099.md', 'severity: S3', 'severity: "Otherwise than it is"']), 'Otherwise'),
    ).toEqual({ found: true, shown: false, place: true });
  });

  test('are not where they hold a value that is confidential, but with permission', () => {
    expect(
      published(siteOf(now, unknown('Otherwise'), classify('defect.tracker.severity')), 'Otherwise'),
    ).toMatchObject({ found: true, shown: false, place: true });
    const permission: Change = [
      'programme.yaml',
      /(confidential: .*\n)/,
      '$1  permission: {by: The owner, date: 2020-08-01, ref: A letter}\n',
    ];
    expect(
      published(siteOf(now, unknown('Otherwise'), classify('defect.tracker.severity'), permission), 'Otherwise'),
    ).toMatchObject({ found: true, shown: true });
  });

  test.each(['Brindle Kestrel', 'brindle.k', 'bk'])('are not where they name a person: %s', (words) => {
    const severity = words.replace(' ', '-');
    const own: Change = ['people.yaml', person[1], person[2].replace('Brindle Kestrel', 'Brindle-Kestrel')];
    expect(published(siteOf(now, unknown(severity), own), severity)).toMatchObject({
      found: true,
      shown: false,
      place: true,
    });
  });
});

describe('people', () => {
  test('stand on the site by initials and role, never by name, account or id', () => {
    const site = siteOf(
      now,
      person,
      [
        'releases/R05.mdx',
        'consulted: [test-manager], informed: [ccmtwg]',
        'consulted: [test-manager, bk], informed: [ccmtwg, bk]',
      ],
      ['plan/plan.md', 'unit: Test, reviewed', 'unit: Test, person: bk, reviewed'],
      ['plan/plan.md', 'unit: Releases, outcome', 'unit: Releases, person: Perdita Nobody, outcome'],
    );
    const text = JSON.stringify(site);
    expect(text).not.toMatch(/Brindle|Kestrel|brindle\.k|Perdita|"bk"/);
    expect(text).toContain('"initials":"BK"');
    expect(site.plan.reviewers[0]).toEqual({ role: 'Test Manager', unit: 'Test', initials: 'BK', isReviewed: true });
    expect(site.plan.approvers[0]?.initials).toBeUndefined();
    expect(site.releases.find(({ id }) => id === 'R05')?.log[1]).toMatchObject({
      consulted: ['Test Manager'],
      informed: ['Market trials working group'],
    });
  });

  test('whether anybody works on a defect is told by its path only where that may be known', () => {
    const pathOf = (site: Facts) =>
      site.defects.find(({ id }) => id === 'D-0099')?.path.gates.map(({ gate, isMet }) => [gate, isMet]);
    const hidden = siteOf(now, classify('defect.tracker.team'));
    expect(pathOf(hidden)?.filter(([gate]) => gate === 'Raised')).toEqual([['Raised', true]]);
    expect(JSON.stringify(pathOf(hidden))).not.toMatch(/assign|team/i);
    expect(JSON.stringify(pathOf(siteOf(now)))).toMatch(/assign|team/i);
  });
});

test('what is later than the moment that was chosen is nowhere', () => {
  const early = siteOf('2020-10-05T12:00');
  expect(early.releases.find(({ id }) => id === 'R04')?.log.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(early.releases.map(({ id }) => id)).not.toContain('R05');
  expect(early.notes.filter(({ publishedAt }) => publishedAt.local > '2020-10-05T12:00')).toEqual([]);
  expect(early.notes.some(({ release }) => release === 'R04')).toBe(false);
  expect(siteOf(now).notes.some(({ release }) => release === 'R04')).toBe(true);
  expect(early.waivers).toEqual([]);
  expect(siteOf(now).waivers.map(({ id }) => id)).toEqual(['W-0001']);
  const raised = siteOf('2020-09-19T12:00').defects.map(({ id }) => id);
  expect(raised).not.toContain('D-0099');
  expect(siteOf(now).defects.map(({ id }) => id)).toContain('D-0099');
});

test('the environment that is out of scope is on no page', () => {
  const site = siteOf(now);
  expect(site.environments.map(({ id }) => id)).toEqual(['dev1', 'qas1', 'qas2', 'mt']);
  expect(site.matrix.now.some(({ environment }) => environment === 'live')).toBe(false);
});

test('HTML in plain Markdown is text, a link leads only where it may, and what a reference hides is written out', () => {
  const html = (markdown: string) => renderMarkdown(markdown, { base: '/' });
  expect(html('<script>a()</script> <b onclick="a()">x</b>')).not.toMatch(/<(?:script|b)/);
  expect(html('<script>a()</script>')).toBe('&#x3C;script>a()&#x3C;/script>');
  expect(html('[a](javascript:b) [c](http://x.example/) [d][e]\n\n[e]: data:text/html,x')).not.toContain('href');
  expect(html('[a](https://x.example/)')).toContain('href="https://x.example/"');
  expect(html('![a](https://x.example/a.png)')).toBe('<p>a</p>');
  expect(html('a&#x202E;b [c](https://x.example/&#x202E;d "e&rlm;f")')).not.toMatch(/[\u200f\u202e]/);
  expect(html('a&#x202E;b')).toBe('<p>a⟨U+202E⟩b</p>');
});

test('an id cannot lead out of the folder of its pages', () => {
  const { tree } = parseBody('x.mdx', '<Defect id="../../x?y#z"/>', 0).body;
  expect(renderBody(tree, { base: '/' })).toBe('../../x?y#z');
});
