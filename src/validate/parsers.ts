import type { Root } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';

/** Between numbers a tilde is a sign, as in "seats 5~10 and rows 15~20": only two of them strike through. */
const gfm = { singleTilde: false };

/**
 * Nothing in a body is run, so nothing in it is read as a program either: an expression ends at its first closing
 * brace, and becomes a finding. The parser of programs would try again at every brace that follows, with all the text
 * up to it.
 */
const program = { type: 'Program', sourceType: 'module', body: [], comments: [], start: 0, end: 0 };
const noProgram = {
  parse: () => structuredClone(program),
  parseExpressionAt: (text: string) => ({ type: 'ObjectExpression', properties: [], start: 0, end: text.length }),
};
const components = { acorn: noProgram as never, addResult: false };

const markdown = remark().use(remarkGfm, gfm).freeze();
const mdx = remark().use(remarkGfm, gfm).use(remarkMdx, components).freeze();
const mdxBefore = remark().use(remarkGfm).use(remarkMdx, components).freeze();

/**
 * The tree of plain Markdown. The same plugins serve the check and the page, so that what was checked is what is shown.
 */
export function parseMarkdown(text: string): Root {
  return markdown.parse(text);
}

/** The tree of Markdown with components. Throws where it is none. */
export function parseMdx(text: string): Root {
  return mdx.parse(text);
}

/**
 * The tree as it was read before one tilde became a sign, for comparing with notes that were frozen then; nothing when
 * it is the same.
 */
export function parseMdxAsBefore(text: string): Root | undefined {
  return /(?<!~)~(?!~)/.test(text) ? mdxBefore.parse(text) : undefined;
}
