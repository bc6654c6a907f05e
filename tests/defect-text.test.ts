import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newDefectText, withTracker } from '../src/author/defect-text.ts';
import { cleanText, oneLine } from '../src/import/clean-text.ts';
import { decode } from '../src/load/decode.ts';
import { splitFrontMatter } from '../src/load/front-matter.ts';
import { parseYaml } from '../src/load/yaml.ts';
import type { Defect } from '../src/model/defect.ts';
import { encode } from './support/tree.ts';

/** The tracker block as the loader reads it; fails where it cannot. */
function read(text: string): unknown {
  const decoded = decode('x', encode(text));
  const split = 'text' in decoded ? splitFrontMatter('x', decoded.text) : decoded;
  const parsed = 'yaml' in split ? parseYaml('x', split.yaml, 1) : split;
  if (!('value' in parsed)) throw new Error(`not readable: ${JSON.stringify(parsed)}\n${text}`);
  return (parsed.value as { tracker: unknown }).tracker;
}

const pieces = [
  '---',
  '---js',
  '\n',
  ' ',
  '  ',
  '\t',
  '# x',
  ': ',
  '- ',
  '|',
  '>',
  '"',
  "'",
  '{a}',
  '[',
  ']',
  '@',
  '`',
  '%',
  '&',
  '*',
  '!',
  '? ',
  '~',
  'null',
  '0x1',
  '1e3',
  '12:30',
  '\u2028',
  '\u0085',
  '\ud800',
  '<script>',
  '😀',
  ',',
  '\\',
  '_x000D_',
];
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
  )
  .map(cleanText);
const line = anyText.map((text) => oneLine(text) || 'x');
const trackers = fc.record({
  key: line,
  title: line,
  status: fc.constant('new'),
  raised: fc.constant('2020-01-01T10:00'),
  priority: line,
  description: fc.record({ format: fc.constant('plain' as const), text: anyText }),
  other: fc.array(fc.record({ column: line, values: fc.array(anyText, { minLength: 1, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
}) as fc.Arbitrary<Omit<Defect['tracker'], 'history'>>;
const people = '# mine\nsummary: "x"   # keep\nimpact: [a,   b]\n---\nBody\n';

test('whatever a tracker says is written so that it is read as it was, and what people wrote stays byte for byte', () => {
  fc.assert(
    fc.property(trackers, trackers, (first, second) => {
      const written = newDefectText({ id: 'D-0001', tracker: { ...first, history: [] } });
      expect(read(written)).toEqual(first);
      const tracker = {
        ...second,
        history: [{ at: '2020-02-02T10:00', field: 'status' as const, from: 'new', to: 'closed' }],
        source: { system: 'x', id: second.key, profile: 'p', file: 'f', row: 3, sha256: 'ab' },
      };
      const changed = withTracker(
        written.replace(/---\n$/, () => people),
        tracker,
      );
      expect(changed.endsWith(people)).toBe(true);
      expect(read(changed)).toEqual(tracker);
      expect(withTracker(changed, tracker)).toBe(changed);
      const windows = withTracker(changed.replaceAll('\n', '\r\n'), { ...first, history: [] });
      expect(windows.replaceAll('\r\n', '')).not.toContain('\n');
      expect(read(windows)).toEqual(first);
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('comments and the order of fields in the block are kept', () => {
  const text = `---
tracker:
  # what they say
  status: new # since Monday
  title: It fails
  key: "1"
  raised: 2020-09-01

  # told by telephone
id: D-0001
---
`;
  const expected = text.replace('  status: new', '  severity: S2\n  status: closed');
  expect(
    withTracker(text, {
      key: '1',
      title: 'It fails',
      severity: 'S2',
      status: 'closed',
      raised: '2020-09-01',
      history: [],
    }),
  ).toBe(expected);
});

test('a block in braces is understood, and what looks like a comment in a text is text', () => {
  const text =
    '---\nid: D-0001\ntracker: {key: K, title: x, status: new, raised: 2020-09-01} # theirs\nsummary: ours\n---\n';
  const tracker = {
    key: 'K',
    title: 'x',
    status: 'new',
    raised: '2020-09-01',
    description: { format: 'plain' as const, text: 'one\n\n# no comment' },
    history: [],
  };
  const { history: _, ...expected } = tracker;
  const written = withTracker(text, tracker);
  expect(read(written)).toEqual(expected);
  expect(written).toMatch(/\nsummary: ours\n---\n$/);
  expect(read(withTracker(written, { ...tracker, status: 'closed' }))).toEqual({ ...expected, status: 'closed' });
});
