import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../src/load/limits.ts';
import { inGroups } from '../src/model/wording.ts';
import { readContent } from '../src/load/read-content.ts';
import { evaluate } from '../src/pipeline.ts';
import { listed } from '../src/reporters/pretty.ts';
import { mostCpu } from './support/cpu.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';

/**
 * Files made to take for ever, to fill the memory or to run a parser out of stack: each has one clear finding at its
 * place, in well under a second, and hides no finding of another file. What is fuzzed besides is in fuzz-texts.test.ts.
 */
const given = (path: string) => textOf(base().files.find((file) => file.path === path));
const [defect, release, note] = ['defects/D-0099.md', 'releases/R05.mdx', 'published/R04/final.json'] as const;
const below = (path: string, text: string): [string, string] => [path, `${given(path).trimEnd()}\n\n${text}`];
const fields = (text: string): [string, string] => [defect, given(defect).replace('\n---\n', `\n${text}\n---\n`)];
const times = (count: number, make: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);
/** The note with a text in the place of its body. */
const inNote = (body: string): [string, string] => {
  const file = JSON.parse(given(note)) as { note: Record<string, unknown> };
  return [note, JSON.stringify({ ...file, note: { ...file.note, body: '@' } }, null, 2).replace('"@"', () => body)];
};
const inBody = (...children: unknown[]) => inNote(JSON.stringify({ type: 'root', children }));
const emptyRows = (columns: number, rows: number) =>
  `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|\n'.repeat(rows)}`;

const elsewhere = { path: 'changes/CH-0001.md', bytes: encode('---\nid: CH-0001\n---\n') };

function judge(path: string, text: string | Uint8Array): { own: string[]; others: string[]; time: number } {
  const tree = overlay(base(), [elsewhere, { path, bytes: typeof text === 'string' ? encode(text) : text }]);
  const start = process.cpuUsage();
  const { diagnostics } = evaluate(tree, momentFor(tree));
  listed(diagnostics, {
    paint: (_, shown) => shown,
    prefix: '',
    textOf: (file) => textOf(tree.files.find((other) => other.path === file)),
  });
  const { user, system } = process.cpuUsage(start);
  const told = ({ line, column, rule, message }: (typeof diagnostics)[number]) =>
    `${line}:${column} ${rule}: ${message}`;
  return {
    own: diagnostics.filter(({ file }) => file === path).map(told),
    others: diagnostics.filter(({ file }) => file === elsewhere.path).map(told),
    time: (user + system) / 1000,
  };
}

beforeAll(() => {
  // As it is outside the tests: an error costs what it remembers of its way.
  Error.stackTraceLimit = 10;
  judge(defect, given(defect));
});

describe('one file made to take long has one finding, in seconds, and hides no other', () => {
  test.each<[string, [string, string | Uint8Array], string]>([
    [
      'quotes in a defect',
      below(defect, `${'> '.repeat(10_000)}a`),
      '18:1 body-closed-form: More than 32 lists and quotes are opened in one line.',
    ],
    [
      'quotes in a waiver',
      ['waivers/W-0001.md', `${given('waivers/W-0001.md')}${'>'.repeat(10_000)}`],
      '10:1 body-closed-form: More than 32 lists and quotes are opened in one line.',
    ],
    [
      'quotes in the plan',
      below('plan/plan.md', '> '.repeat(10_000)),
      '17:1 body-closed-form: More than 32 lists and quotes are opened in one line.',
    ],
    [
      'quotes before a line across the page',
      below(defect, `${'>'.repeat(10_000)}${'-'.repeat(10_000)}`),
      '18:1 body-closed-form: More than 32 lists and quotes are opened in one line.',
    ],
    [
      'a bracket before many words',
      below(defect, `[${'a '.repeat(20_000)}`),
      '18:1 body-closed-form: A paragraph with a bracket in it has more than 3,000 words.',
    ],
    [
      'words before many brackets',
      below(release, `${'www.a.b '.repeat(12_000)}${']'.repeat(900)}`),
      '26:1 body-closed-form: A paragraph with a bracket in it has more than 3,000 words.',
    ],
    [
      'marks parted by lines that only look empty',
      below(defect, `${'_*a '.repeat(100)}\n\u00a0\n`.repeat(6)),
      '28:1 body-closed-form: More than 1,000 marks of Markdown stand in one paragraph.',
    ],
    [
      'lists in one line',
      below(defect, `${'- '.repeat(10_000)}a`),
      '18:1 body-closed-form: More than 32 lists and quotes are opened in one line.',
    ],
    [
      'numbers in one line',
      below(release, `${'1. '.repeat(800)}a`),
      '26:1 body-closed-form: More than 32 lists and quotes are opened in one line.',
    ],
    [
      'a list indented for ever',
      below(
        release,
        times(100, (level) => `${'  '.repeat(level)}- a`),
      ),
      '59:1 body-closed-form: A list or quote is indented by more than 64 columns.',
    ],
    [
      'deep lists in many lines',
      below(defect, `${'- '.repeat(31)}a\n`.repeat(1_000)),
      '147:1 body-closed-form: The text has more than 4,000 marks of lists and quotes.',
    ],
    [
      'lists deep enough',
      below(defect, `${'- '.repeat(20)}a`),
      '18:33 body-closed-form: The text is nested more than 32 levels deep here.',
    ],
    [
      'callouts',
      below(release, '<Callout>'.repeat(3_000)),
      '26:4501 body-closed-form: The text has more than 500 components.',
    ],
    [
      'an expression that is never whole',
      below(release, `a {"${'}'.repeat(90_000)}`),
      '26:3 body-closed-form: The expression {"} would be run.',
    ],
    [
      'steps that are closed',
      below(release, `${'<Steps>\n\n'.repeat(200)}a\n\n${'</Steps>\n\n'.repeat(200)}`),
      '90:1 body-closed-form: The text is nested more than 32 levels deep here.',
    ],
    [
      'a table in a defect',
      below(defect, emptyRows(800, 800)),
      '18:1 body-closed-form: The tables of the text have more than 2,000 cells, empty ones included.',
    ],
    [
      'a table in a release',
      below(release, emptyRows(800, 800)),
      '26:1 body-closed-form: The tables of the text have more than 2,000 cells, empty ones included.',
    ],
    [
      'a wide table',
      below(defect, emptyRows(10_000, 1)),
      '18:10001 body-closed-form: The text has more than 5,000 bars.',
    ],
    [
      'stars in a defect',
      below(defect, `${'*'.repeat(20_000)}a${'*'.repeat(20_000)}`),
      '18:1001 body-closed-form: More than 1,000 marks of Markdown stand in one paragraph.',
    ],
    [
      'stars in a release',
      below(release, `${'*'.repeat(20_000)}a${'*'.repeat(20_000)}`),
      '26:1001 body-closed-form: More than 1,000 marks of Markdown stand in one paragraph.',
    ],
    [
      'stars in small parts',
      below(defect, '_*a '.repeat(200).concat('\n\n').repeat(9)),
      '28:1 body-closed-form: The text has more than 2,000 marks of Markdown.',
    ],
    [
      'emphasis in emphasis',
      below(release, `${'*'.repeat(90)}a${'*'.repeat(90)}`),
      '26:63 body-closed-form: The text is nested more than 32 levels deep here.',
    ],
    [
      'brackets',
      below(defect, `${'['.repeat(2_000)}a${'](x)'.repeat(2_000)}`),
      '18:1001 body-closed-form: More than 1,000 marks of Markdown stand in one paragraph.',
    ],
    [
      'definitions',
      below(
        defect,
        times(20_000, (index) => `[a${index}]: b`),
      ),
      '9209:9 body-closed-form: The text is longer than 100,000 characters.',
    ],
    [
      'an address that is repeated',
      below(defect, `[a]: https://${'x'.repeat(9_000)}\n\n${'[a] '.repeat(20)}`),
      '20:45 body-closed-form: With the address of each link written out, the text is longer than 100,000 characters.',
    ],
    [
      'headings underlined',
      below(release, 'a\n=\n'.repeat(8_000)),
      '1525:1 body-closed-form: The text has more than 1,500 lines.',
    ],
    [
      'words',
      below(defect, 'word '.repeat(700_000)),
      '18:100000 body-closed-form: The text is longer than 100,000 characters.',
    ],
    [
      'addresses of mail',
      below(defect, 'a@b.co '.repeat(14_000)),
      '18:23331 body-closed-form: The text has more than 10,000 parts.',
    ],
    [
      'line ends',
      below(defect, '\n'.repeat(3_900_000)),
      '100017:1 body-closed-form: The text is longer than 100,000 characters.',
    ],
    [
      'words beyond all limits',
      below(defect, 'word '.repeat(1_000_000)),
      '1:1 readable-file: The file is larger than 4,000,000 bytes.',
    ],
    [
      'bytes that are no text',
      [defect, Uint8Array.from({ length: 3_900_000 }, (_, index) => (index === 3_899_999 ? 0xff : 0x61))],
      '1:3900000 readable-file: The byte 0xff is not UTF-8 text.',
    ],

    [
      'YAML of dashes',
      fields(`x:\n  ${'- '.repeat(5_000)}a`),
      '17:67 yaml-well-formed: Lists and records are nested more than 32 levels deep here.',
    ],
    [
      'YAML of brackets',
      fields(`x: ${'['.repeat(5_000)}`),
      '16:36 yaml-well-formed: Lists and records are nested more than 32 levels deep here.',
    ],
    [
      'YAML of braces',
      ['profiles/deep.yaml', `fields: ${'{a: '.repeat(5_000)}`],
      '1:137 yaml-well-formed: Lists and records are nested more than 32 levels deep here.',
    ],
    [
      'YAML of question marks',
      ['programme.yaml', '? '.repeat(5_000)],
      '1:67 yaml-well-formed: Lists and records are nested more than 32 levels deep here.',
    ],
    [
      'records in records',
      ['profiles/deep.yaml', times(1_200, (level) => `${' '.repeat(level)}a:`)],
      '34:34 yaml-well-formed: Lists and records are nested more than 32 levels deep here.',
    ],
    [
      'fields without end',
      fields(times(50_000, (index) => `field${index}: 1`)),
      '2010:1 yaml-well-formed: A list or record has more than 2,000 entries.',
    ],
    [
      'columns of a profile without end',
      ['profiles/wide.yaml', `ignore: [${'a, '.repeat(50_000)}]`],
      '1:6008 yaml-well-formed: A list or record has more than 2,000 entries.',
    ],
    [
      'lists of small things',
      ['schedule.yaml', times(40, (index) => `a${index}: [${'a, '.repeat(1_900)}]`)],
      '8:5064 yaml-well-formed: The fields have more than 60,000 names, values and signs.',
    ],
    [
      'empty lines between the fields',
      fields(`x: 1${'\n  '.repeat(25_000)}`),
      '16:1 record-fits-schema: "x" is not a field of this record.',
    ],
    [
      'line ends of an old kind',
      fields(`x: 1${'\r'.repeat(50_000)}`),
      '16:1 record-fits-schema: "x" is not a field of this record.',
    ],
    [
      'YAML of commas',
      fields(`x: [${','.repeat(59_000)}]`),
      '16:6 yaml-well-formed: Something stands here after the value has ended.',
    ],
    [
      'a long text',
      fields(`x: "${'word '.repeat(400_000)}"`),
      '16:999714 yaml-well-formed: The fields are longer than 1,000,000 characters.',
    ],

    [
      'JSON of brackets',
      [note, `${'['.repeat(1_900_000)}${']'.repeat(1_900_000)}`],
      '1:101 yaml-well-formed: Lists and records are nested more than 100 levels deep here.',
    ],
    [
      'JSON of small lists',
      [note, `[${'[],'.repeat(1_200_000)}1]`],
      '1:300001 yaml-well-formed: The note has more than 200,000 values.',
    ],
    [
      'JSON of a text that never ends',
      [note, `{"format": "${'\\n'.repeat(1_900_000)}`],
      '1:3800013 yaml-well-formed: The file is cut off here: its end is missing.',
    ],
    [
      'a note of many items',
      [note, given(note).replace('"items": [', () => `"items": [${'{},'.repeat(2_100)}`)],
      '40:14 record-fits-schema: A list or record has more than 2,000 entries.',
    ],
    [
      'a body in a body',
      inNote(`${'{"type": "root", "children": ['.repeat(40)}${']}'.repeat(40)}`),
      '132:1003 body-closed-form: The text is nested more than 32 levels deep here.',
    ],
    [
      'a body of many parts',
      inBody(...Array.from({ length: 20_000 }, () => ({ type: 'break' }))),
      '132:170023 body-closed-form: The text has more than 10,000 parts.',
    ],
    [
      'a table that says it is wide',
      inBody({ type: 'table', align: Array(60_000).fill(null), children: [{ type: 'tableRow', children: [] }] }),
      '132:40 body-closed-form: The tables of the text have more than 2,000 cells, empty ones included.',
    ],
  ])('%s', (_, [path, text], expected) => {
    const { own, others, time } = judge(path, text);
    // Words beside what is left out are another text than that of the note; carriage returns hide as well.
    expect(own.filter((one) => !/published-note-unchanged|text-hides-nothing/.test(one))).toEqual([expected]);
    expect(others).toContain('2:1 record-fits-schema: The field "title" is missing.');
    expect(time).toBeLessThan(mostCpu());
  });
});

describe('of very many findings the first are shown, and the others counted', () => {
  test.each<[string, [string, string], number, string]>([
    [
      'fields that nobody knows',
      fields(times(1_900, (index) => `field${index}: 1`)),
      51,
      '65:1 record-fits-schema: 1,850 more places do not fit.',
    ],
    [
      'records without fields',
      ['schedule.yaml', `${given('schedule.yaml')}x: 1\noutages: [${'{}, '.repeat(500)}]\n`],
      51,
      '16:47 record-fits-schema: 2,451 more places do not fit.',
    ],
    [
      'names that are none',
      fields(`x: {${times(60, (index) => `k${index}: 1`, ', ')}}`),
      1,
      '16:1 record-fits-schema: "x" is not a field of this record.',
    ],
    ['pictures', below(release, '![a](b) '.repeat(300)), 51, '26:401 body-closed-form: 250 more places do not fit.'],
    [
      'nodes of a note',
      inBody(...Array.from({ length: 9_000 }, () => ({ type: 'html' }))),
      51,
      '132:832 record-fits-schema: 8,950 more places do not fit.',
    ],
    [
      'one more',
      fields(times(51, (index) => `field${index}: 1`)),
      51,
      '65:1 record-fits-schema: 1 more place does not fit.',
    ],
  ])('%s', (_, [path, text], count, last) => {
    const { own, time } = judge(path, text);
    const ofForm = own.filter((one) => !one.includes('published-note-unchanged'));
    expect(ofForm).toContain(last);
    expect(ofForm).toHaveLength(count);
    expect(time).toBeLessThan(mostCpu());
  });
});

describe('text that hides takes no longer the more there is of it', () => {
  test.each([1, 1_000])('on one line, or on many, %d a line', (together) => {
    const { own, time } = judge(...fields(`x: "${`${'a\u200b'.repeat(together)}\n  `.repeat(400_000 / together)}"`));
    expect(own).toEqual([
      expect.stringContaining('text-hides-nothing: More than 10,000 places of the file hold what nobody can see.'),
    ]);
    expect(time).toBeLessThan(mostCpu());
  });

  test.each<[string, [string, string]]>([
    ['YAML', fields(`x: "${'a\\u200b'.repeat(140_000)}"`)],
    ['JSON', [note, given(note).replace('"title": "', () => `"title": "${'a\\u200b'.repeat(400_000)}`)]],
  ])('behind escapes of %s', (_, [path, text]) => {
    const { own, time } = judge(path, text);
    const hidden = own.filter((one) => one.includes('text-hides-nothing'));
    expect(hidden).toHaveLength(limits.hidden.most);
    expect(hidden.at(-1)).toMatch(/The file has more than 9980 more such places\.$/);
    expect(time).toBeLessThan(mostCpu());
  });
});

test('what hides in a deep text of a note is found where it stands', () => {
  const deep = `${'{"type": "blockquote", "children": ['.repeat(25)}{"type": "text", "value": "a\\u202eb"}${']}'.repeat(25)}`;
  const { own } = judge(...inNote(`{"type": "root", "children": [${deep}]}`));
  expect(own[0]).toBe(
    '132:971 text-hides-nothing: The text holds U+202E, right-to-left override, which nobody can see.',
  );
});

describe('the command itself, with little memory', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ccmt-heavy-'));
    for (const { path, bytes } of base().files) write(path, bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };

  test.each<[string, [string, string]]>([
    ['line ends', below(defect, '\n'.repeat(3_900_000))],
    ['YAML of commas', fields(`x: [${','.repeat(59_000)}]`)],
    [
      'records without fields',
      [
        'schedule.yaml',
        times(
          9,
          (index) => `${['outages', 'slots', 'holidays', 'pattern'][index] ?? `x${index}`}: [${'{}, '.repeat(1_900)}]`,
        ),
      ],
    ],
    ['JSON of a long text', [note, `{"format": "${'\\n'.repeat(1_900_000)}"}`]],
  ])('%s: exit code 1, and every finding is told', (_, [path, text]) => {
    write(path, encode(text));
    write(elsewhere.path, elsewhere.bytes);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=200', 'scripts/cli.ts', 'check', '--content', folder],
      { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
    );
    for (const file of base().files.filter((one) => one.path === path || one.path === elsewhere.path))
      write(file.path, file.bytes);
    expect(status, stderr).toBe(1);
    expect(stdout).toContain(`${path}:`);
    expect(stdout).toContain(`${elsewhere.path}:`);
  });

  test('of a file that is too large no more is read than shows that', async () => {
    write('defects/D-0001.md', new Uint8Array(9_000_000));
    const { files } = await readContent(folder);
    rmSync(join(folder, 'defects/D-0001.md'));
    expect(files.find(({ path }) => path === 'defects/D-0001.md')?.bytes).toHaveLength(limits.file.most + 1);
  });
});

test('the page about limits tells them all, in order', () => {
  const page = readFileSync(new URL('../docs/limits.md', import.meta.url), 'utf8');
  const rows = Object.values(limits).map(
    ({ most, of, why }) => `| ${inGroups(most)} | ${of.replaceAll('|', '\\|')} | ${why} |`,
  );
  expect(page.split('\n').filter((line) => /^\| \d/.test(line))).toEqual(rows);
});
