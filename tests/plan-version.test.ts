import { expect, test } from 'vitest';
import { evaluate } from '../src/pipeline.ts';
import { momentFor } from './support/marks.ts';
import { base, overlay, textOf } from './support/tree.ts';

/** The base programme with a next version of its plan, which asks for one thing more. */
function withNextVersion({ inForceFrom }: { inForceFrom?: string } = {}) {
  const tree = base();
  const text = (path: string) => textOf(tree.files.find((file) => file.path === path));
  const history = /\nhistory:\n((?: {2}- .*\n| {4}.*\n)+)/.exec(text('plan/plan.md'))?.[1] as string;
  const next = `  - {version: V9.0, status: Draft, date: 2020-10-01, authors: [Release team], summary: Asks for more${inForceFrom ? `, inForceFrom: ${inForceFrom}` : ''}}\n`;
  const plan = text('plan/plan.md').replace(history, history + next);
  const obligations = `${text('plan/obligations.yaml').replace(/.*id: C-042,.*\n/, '')}- {id: C-042, clause: "4.3", level: error, from: V9.0, text: Each deployment is approved.}\n`;
  const release = text('releases/R01.mdx').replace(/.*did: approve.*\n/, '');
  const write = (path: string, content: string) => ({ path, bytes: new TextEncoder().encode(content) });
  return overlay(tree, [
    write('plan/plan.md', plan),
    write('plan/obligations.yaml', obligations),
    write('releases/R01.mdx', release),
  ]);
}

const unapproved = (tree: ReturnType<typeof base>, plan?: string) =>
  evaluate(tree, momentFor(tree), { plan }).diagnostics.filter(
    ({ rule, obligation }) => rule === 'approved-before-market' && obligation === 'C-042',
  );

test('a release answers to the version of the plan that was in force on its date', () => {
  expect(unapproved(withNextVersion())).toEqual([]);
  expect(unapproved(withNextVersion({ inForceFrom: '2020-10-01' }))).toEqual([]);
  expect(unapproved(withNextVersion({ inForceFrom: '2020-09-01' }))).toHaveLength(1);
});

test('--plan tells what would fail under the next version', () => {
  const [found] = unapproved(withNextVersion(), 'V9.0');
  expect(found).toMatchObject({
    file: 'releases/R01.mdx',
    clause: '4.3',
    level: 'error',
    message: 'The deployment to MT has no approval.',
  });
});
