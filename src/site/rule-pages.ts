import { readFile } from 'node:fs/promises';
import { inTermsOf, type Terms } from '../model/terms.ts';

/**
 * Serves the pages of the rules with the terms of the programme in place of the usual words. What stands in code is as
 * the tool writes it, and stays.
 */
export function rulePagesPlugin(terms: () => Terms): {
  name: string;
  enforce: 'pre';
  load: (id: string) => Promise<string> | undefined;
} {
  return {
    name: 'ccmt-rule-pages',
    enforce: 'pre',
    load: (id) => {
      const [file = ''] = id.split('?');
      return /\/src\/check\/rules\/[\w-]+\.mdx$/.test(file.replaceAll('\\', '/')) ? pageIn(file, terms()) : undefined;
    },
  };
}

async function pageIn(file: string, terms: Terms): Promise<string> {
  const text = await readFile(file, 'utf8');
  return text
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : inTermsOf(part, terms)))
    .join('');
}
