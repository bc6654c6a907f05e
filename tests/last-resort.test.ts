import { expect, test, vi } from 'vitest';
import { evaluate } from '../src/pipeline.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

/**
 * No input is known that runs a parser out of stack; here one does, to see that even then the check tells it and goes
 * on.
 */
vi.mock('../src/validate/parsers.ts', async (original) => {
  const parsers = await original<typeof import('../src/validate/parsers.ts')>();
  const endless = (depth: number): number => endless(depth + 1) + 1;
  const unless = (parse: (text: string) => unknown) => (text: string) =>
    text.includes('endless') ? endless(0) : parse(text);
  return { ...parsers, parseMarkdown: unless(parsers.parseMarkdown), parseMdx: unless(parsers.parseMdx) };
});

test.each(['defects/D-0099.md', 'releases/R05.mdx', 'plan/plan.md'])(
  'a parser that runs out of stack over %s is a finding of that file, and of no other',
  (path) => {
    const text = `${textOf(base().files.find((file) => file.path === path))}\nendless\n`;
    const tree = overlay(base(), [
      { path, bytes: encode(text) },
      { path: 'changes/CH-0001.md', bytes: encode('no fence') },
    ]);
    const { diagnostics } = evaluate(tree, momentFor(tree));
    const told = diagnostics.filter(({ level }) => level === 'error').map(({ file, message }) => `${file} ${message}`);
    expect(told).toEqual([
      'changes/CH-0001.md The first line is not ---, so the file has no front matter.',
      `${path} The file is too large, or nested too deep, to be read.`,
    ]);
  },
);
