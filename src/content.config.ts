import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';

/**
 * The pages of the rules, which stand beside the rules themselves. The records of the programme are not content
 * collections.
 */
const rules = defineCollection({
  loader: glob({ base: './src/check/rules', pattern: '*.mdx', generateId: ({ entry }) => entry.replace(/\.mdx$/, '') }),
});

export const collections = { rules };
