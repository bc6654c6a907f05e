import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256Of } from '../src/derive/canonical.ts';
import { evaluate } from '../src/pipeline.ts';
import { readDescription } from '../src/site/text/description.ts';
import { renderBody, renderMarkdown } from '../src/site/text/render-body.ts';
import { parseBody } from '../src/validate/body.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, fixtures, freeze, overlay, readTree, textOf } from './support/tree.ts';

/**
 * A frozen note is a file like any other: whoever changes it by hand is told where, and nothing of it reaches a page.
 */
const path = 'published/R04/final.json';
type Json = Record<string, unknown>;

/** Findings of the note with some of it replaced, as `rule: line of the file: message hint`. */
function found(change: (note: Json) => void): string[] {
  const file = JSON.parse(textOf(base().files.find((candidate) => candidate.path === path))) as { note: Json };
  change(file.note);
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const tree = overlay(base(), [{ path, bytes: encode(text) }]);
  const { diagnostics } = evaluate(tree, momentFor(tree));
  const own = diagnostics.filter(({ file: named }) => named === path);
  return own.map(
    ({ rule, line, message, hint }) => `${rule}: ${text.split('\n')[line - 1]?.trim()}: ${message} ${hint}`,
  );
}

const text = { type: 'text', value: 'a' };
const element = (name: string, attributes: Json = {}) => ({
  type: 'mdxJsxTextElement',
  name,
  attributes: Object.entries(attributes).map(([key, value]) => ({ type: 'mdxJsxAttribute', name: key, value })),
  children: [],
});

describe('the body of a frozen note has the closed form of any other body', () => {
  test.each<[string, unknown, string]>([
    [
      'the name of an element',
      { type: 'paragraph', children: [], data: { hName: 'meta' } },
      'record-fits-schema: "data": {: "data" is not a field of an entry of "children". The fields here are type, children.',
    ],
    [
      'a field of no node',
      { ...text, onClick: 'x' },
      'record-fits-schema: "onClick": "x": "onClick" is not a field of an entry of "children". The fields here are type, value.',
    ],
    [
      'HTML',
      { type: 'html', value: '<script>' },
      'record-fits-schema: "type": "html",: "type" is "html". It is one of text, inlineCode,',
    ],
    [
      'an element of a page',
      { type: 'element', tagName: 'script', children: [] },
      'record-fits-schema: "type": "element",: "type" is "element". It is one of text,',
    ],
    [
      'a text that is none',
      { type: 'text', value: { type: 'text' } },
      'record-fits-schema: "value": {: "value" is a record, not text. Write text.',
    ],
    [
      'children that are no list',
      { type: 'paragraph', children: 'a' },
      'record-fits-schema: "children": "a": "children" is the text "a", not a list.',
    ],
    [
      'a child that is none',
      { type: 'paragraph', children: [null] },
      'record-fits-schema: null: Number 1 of "children" has no value.',
    ],
    [
      'a heading of level one',
      { type: 'heading', depth: 1, children: [] },
      'record-fits-schema: "depth": 1,: "depth" is "1". It is one of 2, 3, 4, 5, 6.',
    ],
    [
      'an order of no column',
      { type: 'table', align: ['left" onclick="x'], children: [{ type: 'tableRow', children: [] }] },
      'record-fits-schema: "left\\" onclick=\\"x": Number 1 of "align" is "left" onclick="x". It is one of left, center, right.',
    ],
    [
      'a table of no rows',
      { type: 'table', children: [] },
      'record-fits-schema: "children": []: "children" is an empty list. List one at least.',
    ],
    [
      'a list that begins nowhere',
      { type: 'list', ordered: true, start: -1, children: [] },
      'record-fits-schema: "start": -1,: "start" is too small: "-1". It is 0 or more.',
    ],
    [
      'a list of words',
      { type: 'list', children: [text] },
      'record-fits-schema: "type": "text",: "type" is "text". It is listItem.',
    ],
    [
      'an address that runs',
      { type: 'link', url: 'javascript:alert(1)', children: [text] },
      'body-closed-form: "type": "link",: The link "javascript:alert(1)" is neither https nor mailto.',
    ],
    [
      'an address that runs, defined elsewhere',
      { type: 'definition', identifier: 'a', url: 'data:text/html,x' },
      'body-closed-form: "type": "definition",: The link "data:text/html,x" is neither https nor mailto.',
    ],
    [
      'a component of no list',
      element('script', { src: 'x' }),
      'body-closed-form: "type": "mdxJsxTextElement",: <script> is not a component of a body.',
    ],
    [
      'a component that every object has',
      element('constructor'),
      'body-closed-form: "type": "mdxJsxTextElement",: <constructor> is not a component of a body.',
    ],
    [
      'an attribute of no list',
      element('Steps', { class: 'x' }),
      'body-closed-form: "type": "mdxJsxTextElement",: <Steps> has no attribute "class". <Steps> takes no attributes.',
    ],
    [
      'an attribute written twice',
      {
        ...element('Defect', { id: 'D-0001' }),
        attributes: ['D-0001', '../x'].map((value) => ({ type: 'mdxJsxAttribute', name: 'id', value })),
      },
      'body-closed-form: "type": "mdxJsxTextElement",: <Defect> has the attribute "id" twice. Keep one of the two.',
    ],
    [
      'an attribute that would be run',
      { ...element('Defect'), attributes: [{ type: 'mdxJsxExpressionAttribute', value: '...x' }] },
      'record-fits-schema: "type": "mdxJsxExpressionAttribute",: "type" is "mdxJsxExpressionAttribute". It is mdxJsxAttribute.',
    ],
    [
      'an id that is a path',
      element('Defect', { id: '../../search' }),
      'body-closed-form: "type": "mdxJsxTextElement",: "../../search" is not an id of a defect.',
    ],
    [
      'an id of a component that is a path',
      element('Component', { id: '..' }),
      'body-closed-form: "type": "mdxJsxTextElement",: ".." is not an id of a component.',
    ],
  ])('%s', (_, node, expected) => {
    const all = found(
      (note) => void (note['body'] = { type: 'root', children: [{ type: 'blockquote', children: [node] }] }),
    );
    expect(
      all.find((one) => one.startsWith(expected)),
      all.join('\n'),
    ).toBeDefined();
  });

  test('what is in order has no finding but that of its digest', () => {
    const cell = { type: 'tableCell', children: [text, element('Defect', { id: 'D-0001' })] };
    const children = [
      { type: 'table', align: [null, 'right'], children: [{ type: 'tableRow', children: [cell, cell] }] },
      {
        type: 'list',
        ordered: true,
        start: 3,
        spread: false,
        children: [{ type: 'listItem', checked: true, spread: false, children: [text] }],
      },
    ];
    expect(
      found((note) => void (note['body'] = { type: 'root', children })).filter(
        (one) => !one.startsWith('published-note-unchanged'),
      ),
    ).toEqual([]);
  });
});

test('what has a finding in the body of a release is never frozen', () => {
  const { body, findings } = parseBody(
    'x',
    'a [b](javascript:c) ![d](e) {f} <g>h</g> i\n\n# j\n\n<Callout kind="k">\n\nl\n\n</Callout>',
    0,
  );
  expect(findings).toHaveLength(6);
  expect(body.tree).toEqual({
    type: 'root',
    children: [{ type: 'paragraph', children: ['a ', ' ', ' ', ' ', ' i'].map((value) => ({ type: 'text', value })) }],
  });
});

test.each<[string, (note: Json) => void, string]>([
  ['an id that is a path', (note) => void (note['release'] = '../../R04'), '"release", "../../R04", is not an id.'],
  [
    'an id that is a name of the page',
    (note) => void (((note['items'] as Json[])[0] as Json)['id'] = 'live'),
    '"id", "live", is not an id.',
  ],
  [
    'a component that is a path',
    (note) => void (((note['versions'] as Json[])[0] as Json)['component'] = '..'),
    '"component", "..", is not a name.',
  ],
  [
    'a word of no list',
    (note) => void (((note['items'] as Json[])[0] as Json)['kind'] = 'constructor'),
    '"kind" is "constructor".',
  ],
  ['a day that is none', (note) => void (note['nextSlot'] = '1<b>x'), '"nextSlot", "1<b>x", is not a day.'],
  [
    'a moment that is none',
    (note) => void (note['publishedAt'] = '2020-10-08'),
    '"publishedAt", "2020-10-08", is not a moment.',
  ],
])('what becomes an address, an id, a class or a date has its form: %s', (_, change, expected) =>
  expect(found(change).join('\n')).toContain(expected),
);

describe('one tilde is a sign, two strike through', () => {
  const words = 'Seats 5~10 and rows 15~20, not ~~rows 5~10~~.';
  const release = 'releases/R05.mdx';

  test('in every body and description', () => {
    const html = '<p>Seats 5~10 and rows 15~20, not <del>rows 5~10</del>.</p>';
    const options = { base: '/' };
    expect(renderMarkdown(words, options)).toBe(html);
    expect(renderBody(parseBody('x', words, 0).body.tree, options)).toBe(html);
    expect(renderBody(readDescription({ format: 'markdown', text: words }), options)).toBe(html);
  });

  test('a note that was frozen when one tilde struck through is not changed by that', () => {
    const pending = readTree(join(fixtures, 'base'));
    const written = textOf(pending.files.find((candidate) => candidate.path === release));
    const frozen = freeze(overlay(pending, [{ path: release, bytes: encode(`${written}\n${words}\n`) }]));
    const path = 'published/R05/final.json';
    const file = JSON.parse(textOf(frozen.files.find((candidate) => candidate.path === path))) as {
      sha256: string;
      note: { body: unknown; changed: unknown[] };
    };
    const struck = (value: string) => ({ type: 'delete', children: [{ type: 'text', value }] });
    const given = (after: string) => ({
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'text', value: 'Seats 5' },
            struck('10 and rows 15'),
            { type: 'text', value: '20, not ' },
            struck('rows 5~10'),
            { type: 'text', value: after },
          ],
        },
      ],
    });
    const foundWith = (after: string) => {
      const changed = [{ part: 'release', what: 'The words of the release team' }];
      const { sha256, ...envelope } = {
        ...file,
        note: { ...file.note, body: given(after), changed: [...file.note.changed, ...changed] },
      };
      const forged = sha256Of(envelope);
      const sealed = [
        { path, bytes: encode(JSON.stringify({ ...envelope, sha256: forged })) },
        {
          path: release,
          bytes: encode(textOf(frozen.files.find((candidate) => candidate.path === release)).replace(sha256, forged)),
        },
      ];
      const tree = overlay(frozen, sealed);
      return evaluate(tree, momentFor(tree))
        .diagnostics.filter(({ level }) => level !== 'waived')
        .map(({ message }) => message);
    };
    expect(foundWith('.')).toEqual([]);
    expect(foundWith('!')).toEqual(['The text below the fields differs from the published note.']);
  });
});

describe('the log says the same as the notes it published', () => {
  const foundWith = (id: string, change: (log: string) => string) => {
    const file = `releases/${id}.mdx`;
    const before = textOf(base().files.find((candidate) => candidate.path === file));
    const after = change(before);
    expect(after).not.toBe(before);
    const tree = overlay(base(), [{ path: file, bytes: encode(after) }]);
    const own = evaluate(tree, momentFor(tree)).diagnostics.filter(({ rule }) => rule === 'published-note-unchanged');
    return own.map(({ line, message }) => `${after.split('\n')[line - 1]?.slice(4, 46).trim()}: ${message}`);
  };
  test.each<[string, string, (log: string) => string, string[]]>([
    [
      'a publication is moved by a minute',
      'R05',
      (log) => log.replace('2020-10-13T16:30', '2020-10-13T16:31'),
      [
        '{at: 2020-10-13T16:31, did: publish, note:: This line is not as it was when the final note of R05 was published.',
      ],
    ],
    [
      'a publication is moved where a later note has replaced it',
      'R05',
      (log) => log.replace('2020-10-12T16:00', '2020-10-12T15:59'),
      [
        '{at: 2020-10-12T15:59, did: publish, note:: This line is not as it was when the provisional note of R05 was published.',
      ],
    ],
    [
      'an erratum has another reason',
      'R03',
      (log) => log.replace('reason: New version', 'reason: Another version'),
      ['{at: 2020-09-24T13:40, did: publish, note:: This line is not as it was when erratum 1 of R03 was published.'],
    ],
    [
      'an erratum has no reason',
      'R03',
      (log) => log.replace('reason: New version, ', ''),
      ['{at: 2020-09-24T13:40, did: publish, note:: This line is not as it was when erratum 1 of R03 was published.'],
    ],
    [
      'a test is gone',
      'R03',
      (log) => log.replace(/\n.*2020-09-23T15:00.*/, ''),
      [
        '{at: 2020-09-23T16:00, did: approve, by: c: Line 9 of the log, as it was when the final note of R03 was published, is gone.',
      ],
    ],
    [
      'a test failed after all',
      'R03',
      (log) => log.replace(/(2020-09-23T15:00.*)passed/, '$1failed, error: It stops'),
      [
        '{at: 2020-09-23T15:00, did: test, in: qas2: This line is not as it was when the final note of R03 was published.',
      ],
    ],
    [
      'somebody else has approved, by the delegation of the week before',
      'R05',
      (log) => log.replace('did: approve, by: cr', 'did: approve, by: gs'),
      [
        '{at: 2020-10-13T16:00, did: approve, by: g: This line is not as it was when the final note of R05 was published.',
      ],
    ],
    [
      'the request is gone',
      'R05',
      (log) => log.replace(/\n.*did: request.*/, ''),
      [
        '{at: 2020-10-12T16:00, did: publish, note:: Line 7 of the log, as it was when the provisional note of R05 was published, is gone.',
      ],
    ],
  ])('%s', (_, id, change, expected) => expect(foundWith(id, change)).toEqual(expected));

  test('before the final note, too, and a correction of what a provisional one said is no contradiction', () => {
    const last = (log: string) => log.slice(0, log.indexOf('  - {at: 2020-10-13T15:00'));
    const open = (change: (log: string) => string) => {
      const tree = {
        ...base(),
        files: base().files.filter(({ path: other }) => other !== 'published/R05/final.json'),
      };
      const before = textOf(tree.files.find((candidate) => candidate.path === 'releases/R05.mdx'));
      const after = `${change(last(before))}---\n`;
      const changed = overlay(tree, [{ path: 'releases/R05.mdx', bytes: encode(after) }]);
      return evaluate(changed, momentFor(changed, '2020-10-13T12:00'))
        .diagnostics.filter(({ rule }) => rule === 'published-note-unchanged')
        .map(({ message }) => message);
    };
    expect(open((log) => log)).toEqual([]);
    expect(open((log) => log.replace('from: 2020-10-14T07:00', 'from: 2020-10-14T06:00'))).toEqual([
      'This line is not as it was when the provisional note of R05 was published.',
    ]);
    const corrected =
      '  - {at: 2020-10-12T13:00, did: request, by: em, from: 2020-10-14T06:00, until: 2020-10-14T09:00, effect: outage, replaces: 7}\n';
    expect(open((log) => `${log}${corrected}`)).toEqual([]);
  });
});

test('a note in the file of another one is told of as such', () => {
  const other = textOf(base().files.find((candidate) => candidate.path === 'published/R03/final.json'));
  const tree = overlay(base(), [{ path: 'published/R05/final.json', bytes: encode(other) }]);
  const own = evaluate(tree, momentFor(tree)).diagnostics.filter(({ file }) => file === 'published/R05/final.json');
  expect(own.map(({ message }) => message)).toEqual([
    'This is the final note of R03, in the file of the final note of R05.',
  ]);
});
