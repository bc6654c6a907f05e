import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { evaluate } from '../../src/pipeline.ts';
import { momentFor } from './marks.ts';
import { base, encode, fixtures, fixtureTree, overlay, readTree } from './tree.ts';

/**
 * Prints what a machine in another time zone or place makes of the base programme and of some fixtures near midnight.
 */
const folders = [
  'times-exist/page',
  'provisional-note-on-time/fine-last-minute',
  'tested-on-time/page',
  'regular-release-on-slot/a-day-late',
  'approver-is-entitled/at-the-very-end',
];
const trees = [
  base(),
  overlay(base(), [{ path: 'release/R06.mdx', bytes: encode('---\n') }]),
  ...folders.map((folder) => fixtureTree(join(fixtures, 'rules', folder))),
];
const results = trees.map((tree) => ({
  files: tree.files.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]),
  ...evaluate(tree, momentFor(tree)),
}));
const reversed = readTree(join(fixtures, 'base'));
reversed.files.reverse();
process.stdout.write(
  `${createHash('sha256').update(JSON.stringify(results)).digest('hex')}\n${JSON.stringify(evaluate(reversed, momentFor(reversed)).diagnostics.length)}\n`,
);
