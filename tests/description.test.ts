import fc from 'fast-check';
import { fromHtml } from 'hast-util-from-html';
import { beforeAll, describe, expect, test } from 'vitest';
import { visible } from '../src/model/visible.ts';
import { type Description, readDescription } from '../src/site/text/description.ts';
import { renderBody } from '../src/site/text/render-body.ts';
import { leastCpuOf } from './support/cpu.ts';

/**
 * What a tracker's text looks like on a page: in each of its formats as it was meant, and whatever it holds as nothing
 * but text.
 */
const seed = 20200910;
const formats = ['plain', 'html', 'jira-wiki', 'markdown'] as const;
type Format = Description['format'];

describe('each format is shown as it was meant', () => {
  test.each<[Format, string, string]>([
    ['plain', 'One\nline\n\n  Two  spaces', '<p class="typed">One<br>line</p><p class="typed">  Two  spaces</p>'],
    [
      'plain',
      '# no *heading* _here_\n- no list\n<b>&amp;</b>',
      '<p class="typed"># no *heading* _here_<br>- no list<br>&#x3C;b>&#x26;amp;&#x3C;/b></p>',
    ],
    ['plain', '', ''],
    [
      'markdown',
      '# A\n\n**b** `c` <b>d</b>\n\n- e',
      '<h3 id="in-a">A</h3><p><strong>b</strong> <code>c</code> &#x3C;b>d&#x3C;/b></p><ul><li>e</li></ul>',
    ],
    ['markdown', '[ERROR]: failed', '<p>[ERROR]: failed</p>'],
    ['markdown', '```ERROR: it failed\nat x\n```', '<pre><code>ERROR: it failedat x</code></pre>'],
    ['markdown', '[a][ref] ![alt](x.png)\n\n[ref]: https://a.example', '<p><a href="https://a.example">a</a> alt</p>'],
    [
      'markdown',
      '[a](javascript:alert(1)) #\n\n#\n\n[](https://a.example)',
      '<p>[a](javascript:alert(1)) #</p><p><a href="https://a.example">https://a.example</a></p>',
    ],
    [
      'html',
      'No tag &lt;b&gt; &amp; a\n\nparagraph',
      '<p class="typed">No tag &#x3C;b> &#x26; a</p><p class="typed">paragraph</p>',
    ],
    ['html', '<div>a</div><div>b <b>c</b></div>', '<p>a</p><p>b <strong>c</strong></p>'],
    [
      'html',
      '<p>The <MPRN> of <a@b.example></MPRN></p><o:p></o:p>',
      '<p>The &#x3C;MPRN> of &#x3C;a@b.example>&#x3C;/MPRN></p>',
    ],
    [
      'html',
      '<p>List<? extends T> <![CDATA[x]]> <http://a.example></p><?xml:namespace prefix="o" />',
      '<p>List&#x3C;? extends T> &#x3C;![CDATA[x]]> &#x3C;http://a.example></p>',
    ],
    ['html', 'a<script>x()</script><style>p{}</style><!-- c --><img src=x alt="A screen">b', '<p>a A screen b</p>'],
    [
      'html',
      '<a href="https://a.example" onclick="x()">a</a> <a href="javascript:x()">b</a>',
      '<p><a href="https://a.example">a</a> b</p>',
    ],
    [
      'html',
      '<p>a</p><input value="typed"><input type="hidden" value="secret"><select><option>one<option>two</select>',
      '<p>a</p><p>typed</p><p>one</p><p>two</p>',
    ],
    [
      'html',
      '<table><tr><th>H<tr><td colspan="99999999">1</table>',
      '<section class="scroll" tabindex="0" aria-label="T"><table><thead><tr><th scope="col">H</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></section>',
    ],
    [
      'html',
      '<table><tr><td>outer<table><tr><td>inner</table></table>',
      '<p>outer</p><section class="scroll" tabindex="0" aria-label="T"><table><tbody><tr><td>inner</td></tr></tbody></table></section>',
    ],
    ['html', 'x <b and no end', '<p class="typed">x &#x3C;b and no end</p>'],
    ['html', 'x <!-- and no end', '<p class="typed">x &#x3C;!-- and no end</p>'],
    ['html', '<script>and no end', '<p class="typed">&#x3C;script>and no end</p>'],
    ['html', '<b>a</b>&#x202e;b', '<p><strong>a</strong>⟨U+202E⟩b</p>'],
    [
      'jira-wiki',
      'h4. A\n*b* _c_ {{d_e*}} {color:red}f{color}',
      '<h3 id="in-a">A</h3><p><strong>b</strong> <em>c</em> <code>d_e*</code> f</p>',
    ],
    [
      'jira-wiki',
      '* a\n** b\n*# c\n# d\ne',
      '<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li></ul><ol><li>d<br>e</li></ol>',
    ],
    [
      'jira-wiki',
      '||H||I||\n|1|[a|https://a.example]|\n| |{{b|c}}|',
      '<section class="scroll" tabindex="0" aria-label="T"><table><thead><tr><th scope="col">H</th><th scope="col">I</th></tr></thead><tbody><tr><td>1</td><td><a href="https://a.example">a</a></td></tr><tr><td></td><td><code>b|c</code></td></tr></tbody></table></section>',
    ],
    [
      'jira-wiki',
      'a {code:title=T|x=y}\n*b*\n  c\n{code} d',
      '<p>a</p><p><strong>T</strong></p><pre><code>*b*  c</code></pre><p>d</p>',
    ],
    [
      'jira-wiki',
      '{quote}a{panel:title=T}b{panel}{quote}\nbq. c\n----',
      '<blockquote><p>a</p><blockquote><p><strong>T</strong></p><p>b</p></blockquote></blockquote><blockquote><p>c</p></blockquote><hr>',
    ],
    ['jira-wiki', '{noformat}{code}{noformat}', '<pre><code>{code}</code></pre>'],
    [
      'jira-wiki',
      'a\\\\\nb \\*c* C:\\dir \\\\server [~jo] !s.png|width=1!',
      '<p>a<br>b *c* C:\\dir \\\\server [~jo] s.png</p>',
    ],
    [
      'jira-wiki',
      'snake_case_name a*b*c *.jar *x {code}y [b|http://c] h2.0 {x} [d] 5 * 6 * 7',
      '<p>snake_case_name a*b*c *.jar *x {code}y [b|http://c] h2.0 {x} [d] 5 * 6 * 7</p>',
    ],
    [
      'jira-wiki',
      '[a|javascript:x()] [https://a.example] [b|mailto:b@c.example]',
      '<p>[a|javascript:x()] <a href="https://a.example">https://a.example</a> <a href="mailto:b@c.example">b</a></p>',
    ],
  ])('%s: %j', (format, text, expected) => expect(shown(format, text).replace(/\n/g, '')).toBe(expected));

  test('no heading is more than one level below the one before, and none has the id of another', () => {
    const html = shown('html', '<h1>a</h1><h5>b</h5><h2>a</h2><h2>a 2</h2><h3></h3>');
    expect([...html.matchAll(/<h(\d) id="([^"]*)"/g)].map(([, level, id]) => `${level} ${id}`)).toEqual([
      '3 in-a',
      '4 in-b',
      '4 in-a-2',
      '4 in-a-2-2',
    ]);
  });
});

describe('whatever it holds, it is text', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '</script><img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><a xlink:href="javascript:alert(1)">x</a></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<a href="java&#115;cript:alert(1)">x</a>',
    '<base href="https://evil.example/">x',
    '<form action=x><button formaction="javascript:alert(1)">x</button></form>',
    '<p style="background:url(x)" id="main" class="skip">x</p>',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    '{expression}',
    '---js\nprocess.exit(1)\n---',
    "import x from 'y'\n\nexport const z = 1",
    '{{ tag }} {% tag %} <%= tag %>',
    '[x](javascript:alert(1)) ![x](javascript:alert(1))',
    '<Callout kind="warning">x</Callout>',
    '`${x}` $(x)',
    'a\u0000b\u0007c\u001B[31md\u0085e',
    'invoice\u202Exslx.exe',
    '\u2066a\u2069\uFEFF',
    'lone \uD800 surrogate',
    'x'.repeat(75_000),
    '<b>'.repeat(25_000),
    '<div>'.repeat(10_000) + 'deep',
    '> '.repeat(10_000) + 'deep',
    '* '.repeat(100) + 'deep',
  ];
  test.each(formats)('%s: nothing runs, nothing is fetched, nothing takes a name of the page', (format) => {
    for (const text of hostile) {
      for (const { tagName, properties } of elementsOf(shown(format, text))) {
        expect(tagName).toMatch(
          /^(?:p|br|hr|a|strong|em|del|code|pre|ul|ol|li|blockquote|h[3-6]|div|table|thead|tbody|tr|th|td)$/,
        );
        const { href, id, className, ...others } = properties;
        if (href !== undefined) expect(href).toMatch(/^(?:https:|mailto:)/);
        if (id !== undefined) expect(id).toMatch(/^in-/);
        if (className !== undefined)
          expect(['typed', 'scroll', 'contains-task-list', 'task-list-item', 'align-right']).toContain(
            [className].flat()[0],
          );
        expect(
          Object.keys(others).filter((name) => !['scope', 'tabIndex', 'role', 'ariaLabel', 'start'].includes(name)),
        ).toEqual([]);
      }
    }
  });

  test.each(['plain', 'jira-wiki'] as const)('%s: every one of them stands there word for word', (format) => {
    for (const text of hostile.filter((one) => format === 'plain' || !/[!*[\\]/.test(one)))
      expect(squeezed(textOf(shown(format, text))).replaceAll('{{tag}}', 'tag')).toBe(
        squeezed(writtenOut(text)).replaceAll('{{tag}}', 'tag'),
      );
  });

  test('plain text is shown as it is, sign for sign', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.string({ unit: 'binary' }),
          fc.constantFrom('\n', '\n\n', ' ', '<', '&', '*', '_', '`', '#', '{', '|', '[x](y)', '\r\n', '\t'),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text,
        (given) => void expect(squeezed(textOf(shown('plain', given)))).toBe(squeezed(writtenOut(given))),
      ),
      { seed, numRuns: 1000 },
    );
  });

  test.each<[Format, string[]]>([
    [
      'jira-wiki',
      [
        '*',
        '_',
        '{{',
        '}}',
        '{code}',
        '{code:java}',
        '{noformat}',
        '{quote}',
        '{panel:title=x}',
        '{panel}',
        '{color:red}',
        '{color}',
        '[',
        ']',
        '|',
        '||',
        '\n',
        '\n\n',
        '\nh1. ',
        '\n* ',
        '\n## ',
        '\n|',
        '|\n',
        '\nbq. ',
        '!',
        '\\',
        ' ',
        '----',
        '(',
      ],
    ],
    [
      'html',
      [
        '<b>',
        '</b>',
        '<p>',
        '</p>',
        '<div>',
        '</div>',
        '<ul>',
        '<li>',
        '<table>',
        '<tr>',
        '<td>',
        '</table>',
        '<br>',
        '<a href="https://a.example">',
        '</a>',
        '<pre>',
        '</pre>',
        '<svg>',
        '</svg>',
        '<select><option>',
        '</select>',
        '<textarea>',
        '</textarea>',
        '<h1>',
        '</h1>',
        '<x>',
        '<iframe>',
        '</iframe>',
        '<title>',
        '<i>',
        '</i>',
        '<caption>',
        '<button>',
        '<nobr>',
        '<',
        '&',
        ' ',
        '\n',
      ],
    ],
    [
      'markdown',
      [
        '*',
        '_',
        '**',
        '`',
        '```\n',
        '[',
        ']',
        '](https://a.example)',
        '|',
        '\n',
        '\n\n',
        '\n# ',
        '\n- ',
        '\n> ',
        '\n1. ',
        '\n    ',
        '<b>',
        '<!--',
        '\n|-|\n',
        '~~x~~',
        '\\',
        ': ',
        '!',
        '[^',
        ' ',
        '\n[',
      ],
    ],
  ])('%s: no word of it is ever lost', (format, marks) => {
    const parts = fc.array(
      fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...marks) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 99 }).map((number) => `w${number}w`) },
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(parts, (given) => {
        const text = given.join('');
        const page = shown(format, text);
        expect(page.match(/w\d+w/g)?.length ?? 0).toBeGreaterThanOrEqual(text.match(/w\d+w/g)?.length ?? 0);
      }),
      { seed, numRuns: 1500 },
    );
  });
});

describe('75,000 characters made to take long', () => {
  /** What ordinary Markdown of that length takes. What grows with the square of its length takes far longer. */
  let ordinary: number;
  beforeAll(async () => {
    const text = 'A registration with a *late* date is rejected, see `ABC-12`.\n\n'.repeat(75_000 / 60 / 5);
    ordinary = await leastCpuOf(() => {
      for (let part = 0; part < 5; part += 1) readDescription({ format: 'markdown', text });
    });
  });
  const timeToRead = (format: Format, mark: string) =>
    leastCpuOf(() => readDescription({ format, text: mark.repeat(75_000 / mark.length) }));

  const marks = [
    '*',
    '_',
    '_a',
    '*a ',
    '*_a',
    '{code}',
    '{code:',
    '{code}{quote}',
    '{panel:a|',
    '{color',
    '{{',
    '{{a',
    '[',
    '[a|',
    '[a|https://x] ',
    '|',
    '|a',
    '|a|\n',
    '|[',
    '|{{',
    '!',
    '!a.',
    '\\',
    '* a\n',
    '----\n',
    '\n',
    ' ',
  ];
  test.each(marks)('jira-wiki of nothing but %j takes no longer than a few ordinary texts', async (mark) =>
    expect(await timeToRead('jira-wiki', mark)).toBeLessThan(3 * ordinary),
  );

  const tags = [
    '<a>',
    '<b>',
    '<a></a>',
    '<span></span>',
    '<p>',
    '<td>',
    '<table>',
    '<b<a>',
    '<!--',
    '</p>',
    '<ul><li>',
    '<b><p></b></p>',
    '<',
    '&',
  ];
  test.each(tags)('html of nothing but %j does not hold up a build', async (tag) =>
    expect(await timeToRead('html', tag)).toBeLessThan(20 * ordinary),
  );

  test('markdown of deep lists in many lines does not either', async () =>
    expect(
      await leastCpuOf(() => readDescription({ format: 'markdown', text: `${'- '.repeat(38)}a\n`.repeat(900) })),
    ).toBeLessThan(20 * ordinary));

  test.each(formats)('%s of a million characters is shown as the text that it is, at once', async (format) => {
    const text = '<p>*a* '.repeat(150_000);
    expect(await leastCpuOf(() => readDescription({ format, text }))).toBeLessThan(20 * ordinary);
    expect(shown(format, '<p>*a*\n'.repeat(15_000))).toMatch(/^<p class="typed">&#x3C;p>\*a\*<br>/);
  });

  test.each(['*a_ ', '**a', '[a]', '[a](', '[^1]', '> ', '1. ', '- a\n', '|a\n', '`'])(
    'markdown of nothing but %j does not either',
    async (mark) => expect(await timeToRead('markdown', mark)).toBeLessThan(20 * ordinary),
  );

  test('a table of few signs does not ask for millions of cells', () => {
    expect(
      shown('markdown', `${'|a'.repeat(2_000)}|\n${'|-'.repeat(2_000)}|\n${'|\n|b'.repeat(500)}`).length,
    ).toBeLessThan(200_000);
    expect(
      shown('html', `<table><tr>${'<td>a'.repeat(5_000)}${'<tr><td rowspan=9999>b'.repeat(2_000)}</table>`).length,
    ).toBeLessThan(400_000);
  });
});

function shown(format: Format, text: string): string {
  return renderBody(readDescription({ format, text }), { base: '/', top: 3, prefix: 'in', name: 'T' });
}

type Node = { type: string; value?: string; tagName?: string; properties?: Record<string, unknown>; children?: Node[] };

function elementsOf(html: string): { tagName: string; properties: Record<string, unknown> }[] {
  const found: { tagName: string; properties: Record<string, unknown> }[] = [];
  const rest: Node[] = [fromHtml(html, { fragment: true })];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.type === 'element') found.push({ tagName: node.tagName as string, properties: node.properties ?? {} });
    rest.push(...(node.children ?? []));
  }
  return found;
}

function textOf(html: string): string {
  const walk = ({ value, children }: Node): string => value ?? (children ?? []).map(walk).join('');
  return walk(fromHtml(html, { fragment: true }));
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '');
}

/** What cannot be seen, by its number; which signs those are has a test of its own. */
function writtenOut(text: string): string {
  return visible(text.toWellFormed().replace(/\r\n?/g, '\n'));
}
