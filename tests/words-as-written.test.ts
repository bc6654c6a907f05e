import { expect, test } from 'vitest';
import { renderBody, renderMarkdown } from '../src/site/text/render-body.ts';
import { parseBody } from '../src/validate/body.ts';

/**
 * Signs that typographers replace: evidence is quoted as it was written, and a command is copied from a page as it has
 * to be typed.
 */
const written = 'He said "it\'s" -- and --drop D-0066... `"a" -- b...` (c) 1/2 ->';
const shown = 'He said "it\'s" -- and --drop D-0066... <code>"a" -- b...</code> (c) 1/2 ->';
const withoutReferences = (html: string) =>
  html.replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&#39;', "'");

test('in the body of a release and in plain Markdown', () => {
  const { body, findings } = parseBody('x.mdx', written, 0);
  expect(findings).toEqual([]);
  expect(withoutReferences(renderBody(body.tree, { base: '/' }))).toBe(`<p>${shown}</p>`);
  expect(withoutReferences(renderMarkdown(written, { base: '/' }))).toBe(`<p>${shown}</p>`);
});

test('in our own pages, as the site is configured', async () => {
  const { default: config } = await import('../astro.config.mjs');
  const processor = config.markdown?.processor;
  if (!processor?.createMdxRenderer) throw new Error('the site has no processor of its own for MDX');
  const markdown = await processor.createRenderer({ syntaxHighlight: false });
  expect(withoutReferences((await markdown.render(written)).code.trim())).toBe(`<p>${shown}</p>`);
  const mdx = await processor.createMdxRenderer({ syntaxHighlight: false }, {
    extendMarkdownConfig: true,
    recmaPlugins: [],
    optimize: false,
  } as never);
  const { code } = (await mdx.process(written, '/page.mdx', {})) as { code: string };
  expect(code).toContain(JSON.stringify('He said "it\'s" -- and --drop D-0066... '));
});
