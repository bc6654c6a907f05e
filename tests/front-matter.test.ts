import { afterEach, describe, expect, test } from 'vitest';
import { splitAtFences, splitFrontMatter } from '../src/load/front-matter.ts';

/** Front matter of other languages is programs to gray-matter: it runs what stands between `---js` and `---`. */
const global = globalThis as { ran?: number };
afterEach(() => delete global.ran);

const program = '(globalThis.ran = (globalThis.ran ?? 0) + 1, {})';
const openings = [
  '---js',
  '---javascript',
  '---JS',
  '---JavaScript',
  '--- js',
  '---  javascript',
  '---\tjs',
  '---json',
  '---toml',
  '---coffee',
  '---coffeescript',
  '---cson',
  '---js\r',
  '----js',
  '--- js ---',
];

test('gray-matter left to itself runs such a program, or the tests below would prove nothing', async () => {
  const { default: matter } = await import('gray-matter');
  matter(`---js\n${program}\n---\nBody\n`);
  expect(global.ran).toBe(1);
});

describe.each(openings)('%j', (opening) => {
  const text = `${opening}\n${program}\n---\nBody\n`;

  test('the first line of defence refuses it by its fence', () => {
    expect(splitFrontMatter('x.md', text)).toMatchObject({ finding: { rule: 'front-matter-fenced' } });
    expect(global.ran).toBeUndefined();
  });

  test('the second runs nothing, should the first ever let it through', () => {
    try {
      splitAtFences(text);
    } catch {
      // Refusing is as good as taking it for text.
    }
    expect(global.ran).toBeUndefined();
  });
});

test.each(['js', 'javascript', 'JS', 'json', 'toml', 'coffee'])(
  'the second line refuses front matter in %s by an engine of ours',
  (language) => {
    expect(() => splitAtFences(`---${language}\n{}\n---\nBody\n`)).toThrow('front matter is YAML only');
  },
);

test.each([
  ['a second block', `---\nid: x\n---\n---js\n${program}\n---\n`],
  ['a program as a value', `---\nid: !!js/function "${program}"\n---\nBody\n`],
  ['a program as YAML', `---\n${program}\n---\nBody\n`],
  ['an excerpt', `---\nid: x\n---\nBody\n---js\n${program}\n---\nMore\n`],
])('%s is text', (_, text) => {
  const split = splitFrontMatter('x.md', text);
  expect(split).toMatchObject({ yaml: text.split('\n')[1], body: text.split('\n').slice(3).join('\n') });
  expect(global.ran).toBeUndefined();
});

test('the same text is read in the same way twice', () => {
  const broken = '---\nid: [\n---\nBody\n';
  const first = splitFrontMatter('x.md', broken);
  expect(first).toMatchObject({ yaml: 'id: [', body: 'Body\n' });
  Object.assign(first, { yaml: 'changed' });
  expect(splitFrontMatter('x.md', broken)).toMatchObject({ yaml: 'id: [', body: 'Body\n' });
});
