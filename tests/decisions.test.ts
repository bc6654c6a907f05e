import { expect, test } from 'vitest';
import { evaluate } from '../src/pipeline.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

/** What was decided where plans are silent: docs/decisions.md. Other decisions stand in the fixtures of their rules. */
function foundWith(path: string, change: (text: string) => string, moment?: string): string[] {
  const before = textOf(base().files.find((file) => file.path === path));
  const after = change(before);
  expect(after).not.toBe(before);
  const tree = overlay(base(), [{ path, bytes: encode(after) }]);
  return evaluate(tree, momentFor(tree, moment))
    .diagnostics.filter(({ level }) => level !== 'waived')
    .map(({ rule, file, line, message }) => `${rule} ${file}:${line} ${message}`);
}

test('a delegation holds until its own last moment, whoever has the role of its grantor by then', () => {
  const others = [
    '  - {role: release-manager, person: cr, from: 2020-08-01, to: 2020-10-05}',
    '  - {role: release-manager, person: jw, from: 2020-10-05, to: 2020-10-08}',
    '  - {role: release-manager, person: cr, from: 2020-10-08}',
  ];
  const earlier = (text: string) =>
    text
      .replace('  - {role: release-manager, person: cr, from: 2020-08-01}', others.join('\n'))
      .replace('from: 2020-10-05T00:00, until: 2020-10-09T23:59', 'from: 2020-10-04T12:00, until: 2020-10-09T23:59');
  expect(foundWith('people.yaml', earlier).filter((found) => found.includes('"gs"'))).toEqual([]);
  const later = (text: string) => earlier(text).replace('from: 2020-10-04T12:00', 'from: 2020-10-05T12:00');
  expect(foundWith('people.yaml', later).join('\n')).toMatch(/approver-is-entitled.*"gs"/);
});

test('a test that is made during an announced outage is a test', () =>
  expect(
    foundWith(
      'schedule.yaml',
      (text) =>
        `${text}outages:\n  - {environment: mt, from: 2020-10-14T08:00, until: 2020-10-14T22:00, effect: outage, reason: Maintenance}\n`,
    ),
  ).toEqual([]));

test('two regular releases may aim at one slot', () => {
  const r06 = textOf(base().files.find(({ path }) => path === 'releases/R05.mdx'))
    .replace('id: R05', 'id: R06')
    .replaceAll('D-0090', 'D-0099');
  const text = `${r06.slice(0, r06.indexOf('log:'))}log:\n  - {at: 2020-10-09T14:00, did: propose, by: ad, items: [D-0099], consulted: [test-manager]}\n---\n`;
  const tree = overlay(base(), [{ path: 'releases/R06.mdx', bytes: encode(text) }]);
  const { diagnostics } = evaluate(tree, momentFor(tree, '2020-10-12T12:30'));
  expect(diagnostics.filter(({ level }) => level !== 'waived')).toEqual([]);
});
