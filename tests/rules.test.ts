import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../src/pipeline.ts';
import { judgeFixture, momentFor } from './support/marks.ts';
import { base, fixtures } from './support/tree.ts';
import { noWayBack } from './support/way-back.ts';

const root = join(fixtures, 'rules');
const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

test('the base programme breaks no rule, and its one deviation is owned by a waiver', () => {
  const tree = base();
  const { diagnostics } = evaluate(tree, momentFor(tree));
  expect(diagnostics.map(({ rule, level, waiver }) => ({ rule, level, waiver }))).toEqual([
    { rule: 'provisional-note-on-time', level: 'waived', waiver: 'W-0001' },
  ]);
});

/** Every sentence that the fixtures provoke, to be read as a whole by those who have to understand them. */
const sentences: string[] = [];

/** Near misses are fixtures whose name begins with `fine`: they expect nothing. */
describe.each(foldersIn(root))('%s', (rule) => {
  test.each(foldersIn(join(root, rule)))('%s', (name) => {
    const { expected, found, diagnostics, tree, moment } = judgeFixture(join(root, rule, name));
    const own = diagnostics.filter(
      (diagnostic) =>
        diagnostic.rule === rule &&
        (diagnostic.level !== 'waived' || expected.some((mark) => mark.endsWith(':waived'))),
    );
    for (const { file, line, column, level, obligation, message, hint, related } of own) {
      const see = (related ?? [])
        .map((other) => `   see  ${other.file}:${other.line}:${other.column} ${other.message}\n`)
        .join('');
      sentences.push(
        `${rule}/${name}\n   ${file}:${line}:${column} ${level} ${obligation}\n   ${message}\n   fix ${hint}\n${see}`,
      );
    }
    expect(found).toEqual(expected);
    if (name.startsWith('fine'))
      expect(expected.filter((mark) => mark.includes(` ${rule}:`) && !mark.endsWith(':waived'))).toEqual([]);
    else expect(expected.some((mark) => mark.includes(` ${rule}:`))).toBe(true);
    expect(noWayBack(tree, diagnostics, moment)).toEqual([]);
  });
});

test('what the fixtures make check say', async () => {
  expect(sentences.every((entry) => !/undefined|\[object|NaN/.test(entry))).toBe(true);
  await expect(sentences.join('\n')).toMatchFileSnapshot('fixtures/messages.txt');
});
