import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phraseFinder } from '../src/site/project/phrase-finder.ts';
import { cpuOf } from './support/cpu.ts';

/** What the finder stands for: one pattern of all phrases, each as a whole word. It is right, and too slow for many. */
function isIn(phrases: readonly string[], text: string): boolean {
  const texts = phrases.filter((phrase) => phrase.trim() !== '').map((phrase) => RegExp.escape(phrase));
  return (
    texts.length > 0 && new RegExp(`(?<![\\p{L}\\p{N}_])(?:${texts.join('|')})(?![\\p{L}\\p{N}_])`, 'u').test(text)
  );
}

test.each<[string, string, boolean]>([
  ['Ann Bell', 'approved by Ann Bell.', true],
  ['Ann Bell', 'approved by Ann Bellows', false],
  ['ab', 'tab ab_', false],
  ['2020-01-01T03:33', 'on 2020-01-01T03:33:00', true],
  ['(x) y', 'a (x) y', true],
  ['(x) y', 'a(x) y', false],
  ['--', 'a -- b', true],
  ['  ', 'a  b', false],
])('%j in %j: %s', (phrase, text, isFound) => expect(phraseFinder([phrase])(text)).toBe(isFound));

test('it finds what the pattern finds, and nothing else', () => {
  const text = (maxLength: number) =>
    fc
      .array(fc.constantFrom('a', 'b', '_', '-', ' ', '.', 'é', '😀', '1', 'ab', 'Ω', '𝒳', '\u0301'), {
        minLength: 1,
        maxLength,
      })
      .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.array(text(4), { maxLength: 5 }),
      text(12),
      (phrases, given) => void expect(phraseFinder(phrases)(given)).toBe(isIn(phrases, given)),
    ),
    { seed: 20200910, numRuns: 5000 },
  );
});

test('the sources of twenty thousand defects are found in thousands of messages sooner than one by one in a few', async () => {
  const phrases = Array.from({ length: 20_000 }, (_, index) => [
    'Jira',
    `ABC-${index}`,
    'jira-server',
    `export-${index % 90}.csv`,
    (index * 2_654_435_761).toString(16).padStart(64, 'f'),
  ]).flat();
  const messages = Array.from(
    { length: 5_000 },
    (_, index) => `D-${index} was raised on 2020-09-12 and nobody has taken it by 2020-09-13T10:00.`,
  );
  const atOnce = await cpuOf(() => {
    const find = phraseFinder(phrases);
    expect([...messages, 'It names ABC-19999.'].filter(find)).toEqual(['It names ABC-19999.']);
  });
  const few = messages.slice(0, 200);
  const oneByOne = await cpuOf(() => few.filter((message) => phrases.some((phrase) => message.includes(phrase))));
  expect(atOnce).toBeLessThan(oneByOne);
});
