import type { Root } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';

/** Between numbers a tilde is a sign, as in "seats 5~10 and rows 15~20": only two of them strike through. */
const gfm = { singleTilde: false };

const markdown = remark().use(remarkGfm, gfm).freeze();
const mdx = remark().use(remarkGfm, gfm).use(remarkMdx).freeze();
const mdxBefore = remark().use(remarkGfm).use(remarkMdx).freeze();

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
