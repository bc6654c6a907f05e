import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogued } from '../src/check/catalogue.ts';
import { rules } from '../src/check/registry.ts';
import { formats } from '../src/reporters/formats.ts';
import { addresses } from './support/addresses.ts';
import { judgeFixture } from './support/marks.ts';
import { dayOfOne, neutral, wordOfOne } from './support/neutral.ts';
import { fixtures, textOf } from './support/tree.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const under = (folder: string, ending: RegExp): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && ending.test(entry.name))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort()
    : [];
const code = [...under('src', /\.(?:ts|astro|mjs)$/), ...under('scripts', /\.(?:ts|mjs)$/)];

describe.each(rules.map((rule) => [rule.id, rule] as const))('the rule %s', (id, { obligations, summary }) => {
  const folder = join(fixtures, 'rules', id);

  test('serves an obligation and is one sentence', () => {
    expect(obligations.every((obligation) => catalogued(obligation) !== undefined)).toBe(true);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(summary.slice(0, -1)).not.toMatch(/\. [A-Z]/);
  });

  test('has a violating fixture named page, and a near miss that is fine', () => {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    expect(names).toContain('page');
    expect(names.some((name) => name.startsWith('fine'))).toBe(true);
  });

  test('has a page whose example and output are those of the fixture', () => {
    const page = read(`src/check/rules/${id}.mdx`);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'What it means',
      'Wrong',
      'What check says',
      'Right',
      'How to fix it',
    ]);
    const { tree, diagnostics } = judgeFixture(join(folder, 'page'));
    const found = diagnostics.filter((diagnostic) => diagnostic.rule === id && diagnostic.level !== 'waived');
    const said = new Set(found.map(({ level, message, hint }) => neutral(`${level}  ${message}\nfix    ${hint}\n`)));
    expect(section(page, 'What check says')).toBe([...said].join(''));
    for (const { file, line } of found)
      expect(section(page, 'Wrong')).toContain(
        neutral(guiltyLine(textOf(tree.files.find(({ path }) => path === file)), line)),
      );
    expect(page.replace(/```[\s\S]*?```|`[^`\n]*`/g, '')).not.toMatch(/[{}<>]|^import |^export /m);
    expect(page).not.toContain(summary);
    expect(page, 'words of one programme').not.toMatch(wordOfOne);
    expect(page.replace(/```[\s\S]*?```/g, ''), 'days of one programme').not.toMatch(dayOfOne);
  });
});

test('every file of a rule is registered under its name, and every page belongs to a rule', () => {
  const known = new Set(rules.map(({ id }) => id));
  const named = (ending: string) =>
    under('src/check/rules', new RegExp(`\\${ending}$`)).map(
      (path) => path.split('/').at(-1)?.replace(ending, '') as string,
    );
  expect(named('.ts').filter((id) => !known.has(id))).toEqual([]);
  expect(named('.mdx').filter((id) => !known.has(id))).toEqual([]);
  expect(readdirSync(join(fixtures, 'rules')).filter((id) => !known.has(id))).toEqual([]);
  expect(known.size).toBe(rules.length);
  for (const id of named('.ts')) expect(read(`src/check/rules/${id}.ts`)).toContain(`id: '${id}'`);
});

test('every page has an address that is looked at in a browser', () => {
  const pages = under('src/pages', /\.astro$/).filter((path) => path !== 'src/pages/404.astro');
  const unseen = pages.filter((path) => {
    const address = path.replace(/^src\/pages\/|(?:index)?\.astro$/g, '').replace(/(?<=[^/])$/, '/');
    const pattern = new RegExp(`^${address.replaceAll(/\[\w+\]/g, '[^/]+')}$`);
    return !addresses.some((seen) => pattern.test(seen));
  });
  expect(unseen).toEqual([]);
});

test('every report format is in the list and the README, named by its file, and tried', () => {
  const reporters = under('src/reporters', /\.ts$/).filter((path) => /export const \w+: Reporter\b/.test(read(path)));
  const names = reporters.map((path) => path.replace(/.*\/|\.ts$/g, ''));
  expect(Object.keys(formats).sort()).toEqual(names);
  const tried = read('tests/reporters.test.ts');
  expect(names.filter((name) => !tried.includes(`reported(${name}`))).toEqual([]);
  const told = /--format ([\w|]+)/.exec(read('README.md'))?.[1]?.split('|') ?? [];
  expect([...told, 'pretty'].sort()).toEqual(names);
});

test('console and process are used in scripts and in the integration only', () => {
  const uses = code.filter(
    (path) =>
      path.startsWith('src/') &&
      !/integration/.test(path) &&
      /\b(?:console\.\w|process\.(?:env|argv|exit|std|cwd|on)\b)/.test(withoutComments(read(path))),
  );
  expect(uses).toEqual([]);
});

test('the clock is read in one place', () => {
  const reads = code.filter(
    (path) =>
      path !== 'scripts/workspace.ts' &&
      // A page that asks how old it is, when it is read.
      path !== 'src/components/common/stale.ts' &&
      /Date\.now\(|new Date\(\)|Temporal\.Now|performance\.now\(/.test(withoutComments(read(path))),
  );
  expect(reads).toEqual([]);
});

test('HTML goes into a page through one component only', () => {
  const homes = code.filter((path) => path.endsWith('.astro') && /set:html/.test(read(path)));
  expect(homes.length).toBeLessThanOrEqual(1);
});

test('names of files are in kebab-case', () => {
  // Astro's own folders name a file by its address, with [parameters].
  const files = [...code, ...under('tests', /\.ts$/)].filter((path) => !path.startsWith('src/pages/'));
  expect(
    files.filter(
      (path) =>
        !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)*$/.test(path.split('/').at(-1) as string) && !path.endsWith('.astro'),
    ),
  ).toEqual([]);
});

/** The text of the fenced block under a heading of a page. */
function section(page: string, title: string): string {
  return new RegExp(`^## ${title}\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';
}

/**
 * A line as a page shows it: without its mark, and without a digest nobody could read. Nothing for a file that is not
 * there.
 */
function guiltyLine(text: string, line: number): string {
  return (text.split('\n')[line - 1] ?? '')
    .replace(/# expect .*/, '')
    .replace(/"[0-9a-f]{64}"/, '"…"')
    .trim();
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

test('every control of SECURITY.md names tests that are there', () => {
  const rows = read('SECURITY.md')
    .split('\n')
    .filter((row) => /^\| .*`[\w/-]+` *\|$/.test(row));
  expect(rows.length).toBeGreaterThan(15);
  const named = rows.flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/`([\w/-]+)`/g)].map(([, name]) => name),
  );
  const there = (name: string) => existsSync(join(root, 'tests', name.endsWith('/') ? name : `${name}.test.ts`));
  expect(named.filter((name) => !there(name as string))).toEqual([]);
});
