import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderBody, renderMarkdown } from '../src/site/text/render-body.ts';
import { faultsOf } from './support/allowed-page.ts';

/** What a tree from a file may bring about; what may leave the renderer at all is listed in support/allowed-page.ts. */
const render = (tree: unknown) => renderBody(tree, { base: '/site' });
const text = (value: string) => ({ type: 'text', value });
const root = (...children: unknown[]) => ({ type: 'root', children });

describe('a tree made to do harm becomes a page that does none', () => {
  const script = { hName: 'script', hProperties: { src: '/site/_astro/x.js' }, hChildren: [text('alert(1)')] };
  test.each<[string, unknown, string]>([
    [
      'a page that leads away',
      root({
        type: 'paragraph',
        children: [text('a')],
        data: { hName: 'meta', hProperties: { httpEquiv: 'refresh', content: '0;url=https://evil.example' } },
      }),
      '<p>a</p>',
    ],
    ['a script of this origin', root({ type: 'paragraph', children: [text('a')], data: script }), '<p>a</p>'],
    [
      'a script in the place of a text',
      root({ type: 'paragraph', children: [{ ...text('a'), data: script }] }),
      '<p>a</p>',
    ],
    [
      'a frame',
      root({
        type: 'blockquote',
        children: [],
        data: { hName: 'iframe', hProperties: { src: 'https://evil.example', srcDoc: '<script>' } },
      }),
      '<blockquote></blockquote>',
    ],
    ['an address that runs', root({ type: 'link', url: 'javascript:alert(1)', children: [text('a')] }), 'a'],
    [
      'an address that runs, by its properties',
      root({
        type: 'link',
        url: 'https://a.example',
        children: [text('a')],
        data: { hProperties: { href: 'javascript:alert(1)', onClick: 'alert(1)', target: '_top' } },
      }),
      '<a href="https://a.example">a</a>',
    ],
    ['an address without a scheme', root({ type: 'link', url: '//evil.example', children: [text('a')] }), 'a'],
    [
      'an address by a definition',
      root(
        { type: 'linkReference', identifier: 'a', children: [text('a')] },
        { type: 'definition', identifier: 'a', url: 'data:text/html,x', title: 'x' },
      ),
      'a',
    ],
    [
      'a record by a path',
      root({
        type: 'mdxJsxTextElement',
        name: 'Defect',
        attributes: [{ type: 'mdxJsxAttribute', name: 'id', value: '../../search' }],
        children: [],
      }),
      '../../search',
    ],
    [
      'a component of no list',
      root({
        type: 'mdxJsxFlowElement',
        name: 'constructor',
        attributes: [{ name: 'id', value: 'D-1' }],
        children: [text('a')],
      }),
      'a',
    ],
    [
      'a callout of no kind',
      root({
        type: 'mdxJsxFlowElement',
        name: 'Callout',
        attributes: [{ name: 'kind', value: 'constructor' }],
        children: [],
      }),
      '<div class="callout callout-information"><p class="callout-label">Information</p></div>',
    ],
    [
      'HTML as it is',
      root(
        { type: 'html', value: '<script>alert(1)</script>' },
        { type: 'raw', value: '<b>' },
        { type: 'element', tagName: 'script', properties: {}, children: [text('x')] },
      ),
      '&#x3C;script>alert(1)&#x3C;/script>&#x3C;b><div>x</div>',
    ],
    [
      'a class',
      root(
        { type: 'code', lang: 'x nowrap" onclick="alert(1)', value: 'a' },
        { type: 'table', align: ['x" y="'], children: [] },
      ),
      '<pre><code>a</code></pre><section class="scroll" tabindex="0" aria-label="Table"><table></table></section>',
    ],
    [
      'a number that is none',
      root(
        { type: 'list', ordered: true, start: -1, children: [text('a')] },
        { type: 'list', ordered: true, start: 'javascript:', children: [] },
        { type: 'heading', depth: '1><script', children: [text('a')] },
      ),
      '<ol>a</ol><ol></ol>a',
    ],
  ])('%s', (_, tree, html) => {
    expect(render(tree).replaceAll('\n', '')).toBe(html);
    expect(faultsOf(render(tree))).toEqual([]);
  });

  const types = [
    'root',
    'paragraph',
    'text',
    'heading',
    'link',
    'linkReference',
    'definition',
    'html',
    'code',
    'inlineCode',
    'list',
    'listItem',
    'table',
    'tableRow',
    'tableCell',
    'image',
    'imageReference',
    'footnoteReference',
    'footnoteDefinition',
    'mdxJsxFlowElement',
    'mdxJsxTextElement',
    'mdxFlowExpression',
    'mdxjsEsm',
    'blockquote',
    'break',
    'thematicBreak',
    'emphasis',
    'delete',
    'typed',
    'element',
    'raw',
    'comment',
    'doctype',
    'yaml',
    'toString',
    '__proto__',
  ];
  const hostile = fc.oneof(
    fc.constantFrom<unknown>(
      'javascript:alert(1)',
      'https://a.example/"onload="x',
      'mailto:a@b.example',
      '//evil.example',
      '/site/defects/D-1/',
      '#live',
      'data:text/html,<script>',
      'D-0001',
      '../../x',
      'core',
      'script',
      'iframe',
      'main',
      'Callout',
      'Steps',
      'Defect',
      'Component',
      'kind',
      'id',
      'warning',
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'left',
      '',
      1,
      2,
      6,
      -1,
      1e9,
      1.5,
      true,
      null,
      {},
      [],
      { length: 1e9 },
    ),
    fc.string(),
  );
  const { node } = fc.letrec((tie) => ({
    node: fc.oneof({ maxDepth: 5 }, hostile, tie('whole'), tie('whole')),
    whole: fc.record(
      {
        type: fc.constantFrom(...types),
        children: fc.oneof(
          { weight: 5, arbitrary: fc.array(tie('node'), { maxLength: 4 }) },
          { weight: 1, arbitrary: hostile },
        ),
        ...Object.fromEntries(
          [
            'value',
            'url',
            'title',
            'alt',
            'lang',
            'meta',
            'identifier',
            'label',
            'depth',
            'start',
            'ordered',
            'checked',
            'spread',
            'align',
            'name',
          ].map((key) => [key, hostile]),
        ),
        attributes: fc.oneof(
          hostile,
          fc.array(fc.record({ type: fc.constantFrom('mdxJsxAttribute', 'x'), name: hostile, value: hostile }), {
            maxLength: 3,
          }),
        ),
        data: fc.record(
          {
            hName: hostile,
            hProperties: fc.dictionary(
              fc.constantFrom('href', 'id', 'className', 'onClick', 'style', 'src', 'httpEquiv'),
              hostile,
            ),
            hChildren: fc.array(tie('node'), { maxLength: 2 }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['type'] },
    ),
  }));
  test('any of 3,000 random ones', () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 6 }), fc.boolean(), (children, isRoot) => {
        expect(faultsOf(render(isRoot ? root(...children) : children[0]))).toEqual([]);
      }),
      { seed: 20201008, numRuns: 3_000 },
    );
  });

  test('one that is nested without end ends', () => {
    let deep: unknown = text('a');
    for (let level = 0; level < 100_000; level += 1) deep = { type: 'blockquote', children: [deep] };
    expect(faultsOf(render(root(deep)))).toEqual([]);
  });
});

describe('what a text calls its parts takes no name of the page', () => {
  test('headings', () => {
    expect(renderMarkdown('## Live\n\n## Evidence\n\n## Live', { base: '/' })).toBe(
      '<h2 id="text-live">Live</h2>\n<h2 id="text-evidence">Evidence</h2>\n<h2 id="text-live-2">Live</h2>',
    );
  });

  test('footnotes, whatever they are called, and a heading that is called like one', () => {
    const html = renderMarkdown('## fn 1\n\na[^main] b[^é]\n\n[^main]: c\n[^é]: d', { base: '/' });
    expect([...html.matchAll(/ (?:id|href)="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'text-fn-1',
      '#text--fn-1',
      'text--fnref-1',
      '#text--fn-2',
      'text--fnref-2',
      'text--notes',
      'text--fn-1',
      '#text--fnref-1',
      'text--fn-2',
      '#text--fnref-2',
    ]);
  });
});

test('a table loses no cell, however long its rows are', () => {
  const html = renderMarkdown('|a|\n|-:|\n|b|c|\n|', { base: '/' });
  expect(html.replaceAll('\n', '')).toContain(
    '<thead><tr><th scope="col" class="align-right">a</th><th scope="col"></th></tr></thead><tbody><tr><td class="align-right">b</td><td>c</td></tr>',
  );
});
