import { expect, test } from 'vitest';
import { planFixes } from '../src/author/fix.ts';
import { evaluate } from '../src/pipeline.ts';
import { projectLog } from '../src/site/project/log.ts';
import { momentFor } from './support/marks.ts';
import { base, overlay, textOf } from './support/tree.ts';

const contact = (at: string) => `  - {at: ${at}, did: contact, by: em, about: The window}`;

/** The base with lines added to the log of its last release, below the line that holds a fragment. */
function withLines(after: string, ...lines: string[]) {
  const release = textOf(base().files.find(({ path }) => path === 'releases/R05.mdx')).split('\n');
  const index = release.findIndex((line) => line.includes(after));
  const text = [...release.slice(0, index + 1), ...lines, ...release.slice(index + 1)].join('\n');
  return overlay(base(), [{ path: 'releases/R05.mdx', bytes: new TextEncoder().encode(text) }]);
}

const logOf = (text: string) => [...text.matchAll(/\{at: (\S+), did: (\w+)/g)].map(([, at, did]) => `${at} ${did}`);

test('lines are put in order between two publications, and never across one', () => {
  const tree = withLines('note: final', contact('2020-10-14T06:00'), contact('2020-10-12T10:00'));
  const { diagnostics } = evaluate(tree, momentFor(tree));
  expect(diagnostics.filter(({ level }) => level === 'error').map(({ rule }) => rule)).toEqual(['log-in-order']);
  const [change] = planFixes(tree, diagnostics);
  expect(logOf(change?.text ?? '').slice(-6)).toEqual([
    '2020-10-13T16:00 approve',
    '2020-10-13T16:30 publish',
    '2020-10-12T10:00 contact',
    '2020-10-14T06:00 contact',
    '2020-10-14T07:00 deploy',
    '2020-10-14T08:20 test',
  ]);
  const fixed = overlay(tree, [{ path: 'releases/R05.mdx', bytes: new TextEncoder().encode(change?.text) }]);
  expect(evaluate(fixed, momentFor(fixed)).diagnostics.filter(({ level }) => level === 'error')).toEqual([]);
});

test('times with an offset are compared as moments', () => {
  const tree = withLines('did: propose', contact('2020-10-08T14:30+02:00'), contact('2020-10-08T14:30'));
  const [change] = planFixes(tree, evaluate(tree, momentFor(tree)).diagnostics);
  expect(logOf(change?.text ?? '').slice(0, 3)).toEqual([
    '2020-10-08T14:30+02:00 contact',
    '2020-10-08T14:00 propose',
    '2020-10-08T14:30 contact',
  ]);
});

test('a line that was recorded late is shown as late, and is no finding', () => {
  const tree = withLines('note: final', contact('2020-10-12T10:00'));
  const { catalog, diagnostics } = evaluate(tree, momentFor(tree));
  expect(diagnostics.filter(({ level }) => level !== 'waived')).toEqual([]);
  const release = catalog?.releases.find(({ id }) => id === 'R05');
  const late = catalog && release ? projectLog(catalog, release).filter((line) => line.recordedAfter) : [];
  expect(late.map(({ number, recordedAfter }) => [number, recordedAfter])).toEqual([[12, 8]]);
});

test('a waiver that was granted after the deviation shows both dates', () => {
  const waiver = textOf(base().files.find(({ path }) => path === 'waivers/W-0001.md')).replace(
    'at: 2020-10-07T09:00',
    'at: 2020-10-07T11:00',
  );
  const tree = overlay(base(), [{ path: 'waivers/W-0001.md', bytes: new TextEncoder().encode(waiver) }]);
  const { diagnostics } = evaluate(tree, momentFor(tree));
  expect(diagnostics.find(({ level }) => level === 'waived')?.related?.map(({ message }) => message)).toEqual([
    'the waiver was granted on 2020-10-07T11:00, after the deviation of 2020-10-07T09:30',
  ]);
});
