import { describe, expect, test } from 'vitest';
import { parseBody } from '../src/validate/body.ts';

const found = (body: string) =>
  parseBody('x.mdx', body, 10).findings.map(
    ({ rule, at, message }) =>
      `${rule} ${'position' in at ? `${at.position.line}:${at.position.column}` : ''} ${message}`,
  );

describe('nothing in a body can be run or leads elsewhere than it says', () => {
  test.each([
    ['an import', 'import x from "y"\n', '11:1 A body imports and exports nothing.'],
    ['an export', 'export const x = 1\n', '11:1 A body imports and exports nothing.'],
    ['an expression alone', '{process.exit(1)}\n', '11:1 The expression {process.exit(1)} would be run.'],
    ['in a paragraph', 'a {b} c\n', '11:3 The expression {b} would be run.'],
    ['in a heading', '## a {b}\n', '11:6 The expression {b} would be run.'],
    ['in a list', '- a {b}\n', '11:5 The expression {b} would be run.'],
    ['in a quotation', '> a {b}\n', '11:5 The expression {b} would be run.'],
    ['in a table', '| a |\n|---|\n| {b} |\n', '13:3 The expression {b} would be run.'],
    ['in a footnote', 'a[^1]\n\n[^1]: {b}\n', '13:7 The expression {b} would be run.'],
    ['in the text of a link', '[a {b}](https://x.example/)\n', '11:4 The expression {b} would be run.'],
    ['in an attribute', '<Defect id={evil()}/>\n', '11:1 The attribute "id" of <Defect> is not text.'],
    ['in an attribute without a value', '<Defect id/>\n', '11:1 The attribute "id" of <Defect> is not text.'],
    ['spread over attributes', '<Defect {...evil}/>\n', '11:1 <Defect> spreads an expression over its attributes.'],
    ['an attribute that runs', '<Defect id="D-1" onclick="evil()"/>\n', '11:1 <Defect> has no attribute "onclick".'],
    ['a style', '<Callout kind="warning" style="x">a</Callout>\n', '11:1 <Callout> has no attribute "style".'],
    ['a kind that is none', '<Callout kind="evil">a</Callout>\n', '11:1 "evil" is not a value of "kind".'],
    ['a script', '<script>evil()</script>\n', '11:1 <script> is not a component of a body.'],
    ['an element', 'a <iframe src="x"/> b\n', '11:3 <iframe> is not a component of a body.'],
    ['a name with a dot', '<Defect.evil id="D-1"/>\n', '11:1 <Defect.evil> is not a component of a body.'],
    ['a fragment', '<>a</>\n', '11:1 <> is not a component of a body.'],
    ['a picture', '![a](https://x.example/a.png)\n', '11:1 Images are not shown in a note.'],
    ['a picture by reference', '![a][b]\n\n[b]: https://x.example/a.png\n', '11:1 Images are not shown in a note.'],
    [
      'a link that runs',
      '[a](javascript:evil%28%29)\n',
      '11:1 The link "javascript:evil%28%29" is neither https nor mailto.',
    ],
    [
      'a link that runs, written with references',
      '[a](java&#115;cript:evil)\n',
      '11:1 The link "javascript:evil" is neither https nor mailto.',
    ],
    [
      'a link in capitals that runs',
      '[a](JaVaScRiPt:evil)\n',
      '11:1 The link "JaVaScRiPt:evil" is neither https nor mailto.',
    ],
    [
      'a link that only ends as one that is allowed',
      '[a](javascript:evil//https://x.example/)\n',
      '11:1 The link "javascript:evil//https://x.example/" is neither https nor mailto.',
    ],
    [
      'a link without encryption',
      '[a](http://x.example/)\n',
      '11:1 The link "http://x.example/" is neither https nor mailto.',
    ],
    [
      'a link that takes the scheme of the page',
      '[a](//x.example/)\n',
      '11:1 The link "//x.example/" is neither https nor mailto.',
    ],
    ['a link to data', '[a](data:text/html,x)\n', '11:1 The link "data:text/html,x" is neither https nor mailto.'],
    [
      'a definition that runs',
      '[a][b]\n\n[b]: javascript:evil\n',
      '13:1 The link "javascript:evil" is neither https nor mailto.',
    ],
    [
      'an address that becomes a link by itself',
      'see http://x.example/ there\n',
      '11:5 The link "http://x.example/" is neither https nor mailto.',
    ],
    ['a title of level one', '# a\n', '11:1 The title of the note is its only heading of level one.'],
  ])('%s', (_, body, expected) => expect(found(body)).toEqual([`body-closed-form ${expected}`]));
});

test.each([
  '`{a}`',
  '```js\n{a}\nimport x from "y"\n```',
  '\\{a}',
  '[a](https://x.example/)',
  '[a](MAILTO:a@x.example)',
  'see https://x.example/ there',
  '<Callout kind="information">a</Callout>',
  '<Defect id="D-1"/>',
  '~~a~~',
  '- [x] a',
  'a[^1]\n\n[^1]: b',
])('%j is text', (body) => expect(found(`${body}\n`)).toEqual([]));

test('the tree holds nothing that a renderer could obey', () => {
  const { tree } = parseBody('x.mdx', '- [x] a <Defect id="D-1"/> {b}\n\n| a |\n|---|\n| b |\n', 0).body;
  const keys = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    if (!Array.isArray(value)) for (const key of Object.keys(value)) keys.add(key);
    for (const entry of Object.values(value)) walk(entry);
  };
  walk(tree);
  expect(keys).not.toContain('data');
  expect(keys).not.toContain('position');
});
