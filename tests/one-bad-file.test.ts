import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../src/pipeline.ts';
import { validate } from '../src/validate/validate.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

/**
 * What a bad file may bring about elsewhere: a waiver that cannot be read owns nothing, and one for such a release
 * covers nothing just now.
 */
const isBlamed =
  (path: string) =>
  ({ rule, file, level }: { rule: string; file: string; level: string }) =>
    file !== path &&
    level !== 'waived' &&
    !path.startsWith('waivers/') &&
    !(rule === 'waiver-covers-a-finding' && path.startsWith('releases/'));

const ways: [string, (text: string) => Uint8Array][] = [
  ['empty', () => encode('')],
  ['cut off', (text) => encode(text.slice(0, Math.floor(text.length / 2)))],
  ['not UTF-8', (text) => new Uint8Array([...encode(text), 0xff, 0xfe])],
  ['no YAML', (text) => encode(text.replace(/: /, ': "'))],
  ['a conflict of a merge', (text) => encode(text.replace('\n', '\n<<<<<<< HEAD\n'))],
];

test.each(ways)('a file that is %s has a finding, blames no other file, and hides none', (_, spoil) => {
  for (const file of base().files) {
    const tree = overlay(base(), [{ path: file.path, bytes: spoil(textOf(file)) }]);
    const { diagnostics } = evaluate(tree, momentFor(tree, '2020-10-16T12:00'));
    const own = diagnostics.filter((diagnostic) => diagnostic.file === file.path);
    expect(own.length, `${file.path} has a finding`).toBeGreaterThan(0);
    expect(
      diagnostics
        .filter(isBlamed(file.path))
        .map(({ file: blamed, message }) => `${file.path} blames ${blamed}: ${message}`),
    ).toEqual([]);
  }
});

test('two bad files are both reported', () => {
  const tree = overlay(base(), [
    { path: 'schedule.yaml', bytes: encode('slot: [') },
    { path: 'defects/D-0099.md', bytes: encode('---\n') },
  ]);
  const { diagnostics } = evaluate(tree, momentFor(tree));
  expect(new Set(diagnostics.map(({ file }) => file))).toEqual(new Set(['defects/D-0099.md', 'schedule.yaml']));
});

test('two files of the very same bytes are two records', () => {
  const bytes = encode(textOf(base().files.find(({ path }) => path === 'defects/D-0099.md')));
  const { records } = validate(
    overlay(base(), [
      { path: 'defects/D-0099.md', bytes },
      { path: 'defects/D-0100.md', bytes },
    ]),
  );
  expect(records.defects.filter(({ id }) => id === 'D-0099').map(({ file }) => file)).toEqual([
    'defects/D-0099.md',
    'defects/D-0100.md',
  ]);
});

test('no damage to a file makes the check throw, and every finding stands in a line of its file', () => {
  const pieces = [
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '<',
    '- ',
    ': ',
    '\n',
    '\t',
    '---\n',
    '&a ',
    '*a',
    '!!map ',
    '? ',
    '<<: ',
    '__proto__: 1\n',
    'constructor: 1\n',
    '2020-06-31',
    '~',
    '.nan',
    '\u0000',
    '\ud800',
    '# ',
  ];
  const damage = fc.record({
    path: fc.constantFrom(
      ...base()
        .files.map(({ path }) => path)
        .filter((path) => !path.startsWith('published/')),
    ),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(30),
    put: fc.array(fc.constantFrom(...pieces), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(damage, ({ path, at, cut, put }) => {
      const text = textOf(base().files.find((file) => file.path === path));
      const start = Math.floor(at * text.length);
      const tree = overlay(base(), [
        { path, bytes: encode(text.slice(0, start) + put.join('') + text.slice(start + cut)) },
      ]);
      const { diagnostics } = evaluate(tree, momentFor(tree, '2020-10-16T12:00'));
      for (const { file: named, line, column, message, hint } of diagnostics) {
        const lines = textOf(tree.files.find(({ path }) => path === named)).split('\n');
        expect(line, `${named}: ${message}`).toBeLessThanOrEqual(Math.max(lines.length, 1));
        expect(Math.min(line, column)).toBeGreaterThan(0);
        expect(`${message} ${hint}`).not.toMatch(/undefined|\[object|\n/);
        expect(message).toMatch(/\.$/);
      }
    }),
    { numRuns: 250, seed: 7 },
  );
});
