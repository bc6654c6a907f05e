import { describe, expect, test } from 'vitest';
import { rowsWith } from '../src/import/plan.ts';
import { nameOf } from '../src/model/character-names.ts';
import { hiddenIn, hidesText, visible, visibleJson, visibleLine, withoutHidden } from '../src/model/visible.ts';
import { evaluate } from '../src/pipeline.ts';
import { validate } from '../src/validate/validate.ts';
import { importInto, emptyTree } from './support/importing.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, overlay, textOf } from './support/tree.ts';
import { workbookOf } from './support/workbook.ts';

const defect = 'defects/D-0099.md';
const release = 'releases/R01.mdx';
const textIn = (path: string) => textOf(base().files.find((file) => file.path === path));

/** Everything that is found in the base programme when one file is changed, as `file:line:column rule message`. */
function found(path: string, change: (text: string) => string): string[] {
  const before = textIn(path);
  const text = change(before);
  if (text === before) throw new Error(`${path} was not changed`);
  const tree = overlay(base(), [{ path, bytes: encode(text) }]);
  return evaluate(tree, momentFor(tree))
    .diagnostics.filter(({ level }) => level !== 'waived')
    .map(({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`);
}

const put = (at: string, sign: string) => (text: string) => text.replace(at, () => at + sign);
const placeAfter = (path: string, at: string) => {
  const before = textIn(path).split(at)[0] as string;
  const upTo = before + at;
  return `${path}:${upTo.split('\n').length}:${upTo.length - upTo.lastIndexOf('\n')}`;
};

describe('a character that nobody can see is the one finding, at its place', () => {
  const signs = [
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u009b',
    '\u00ad',
    '\u034f',
    '\u061c',
    '\u180e',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u2028',
    '\u2029',
    '\u202a',
    '\u202e',
    '\u2060',
    '\u2063',
    '\u2066',
    '\u2069',
    '\u2800',
    '\u3164',
    '\ufe00',
    '\ufe0f',
    '\ufeff',
    '\ufff9',
    '\ufdd0',
    '\uffff',
    '\u{e0041}',
    '\u{e0100}',
    '\u{1ffff}',
  ];
  const places: [string, string, string][] = [
    ['a text in YAML', defect, 'title: Wrong'],
    ['a key', defect, 'summ'],
    ['an id', defect, 'D-00'],
    ['a value of a closed list', defect, 'severity: S'],
    ['a day', defect, 'assigned: 2020-09'],
    ['the opening fence', defect, '---'],
    ['the space of indentation', defect, '\n  '],
    ['the body of a release', release, '\nRetest'],
    ['a list in a file of the programme', 'people.yaml', 'parties:'],
  ];
  test.each(places)('%s', (_, path, at) => {
    if (!textIn(path).includes(at)) throw new Error(`${path} has no "${at}"`);
    for (const sign of signs)
      expect(found(path, put(at, sign)), nameOf(sign)).toEqual([
        `${placeAfter(path, at)} text-hides-nothing The text holds ${nameOf(sign)}, which nobody can see.`,
      ]);
  });

  test('a published note', () => {
    const path = base().files.find((file) => file.path.endsWith('/final.json'))?.path as string;
    expect(found(path, put('"title": "', '\u202e'))).toEqual([
      `${placeAfter(path, '"title": "')} text-hides-nothing The text holds U+202E, right-to-left override, which nobody can see.`,
    ]);
    expect(found(path, put('"title": "', '\\u202e'))).toEqual([
      `${placeAfter(path, '"title": "')} text-hides-nothing The text holds U+202E, right-to-left override, which nobody can see.`,
    ]);
  });
});

test.each([
  ['"\\u202E"', '\u202e'],
  ['"\\x07"', '\u0007'],
  ['"\\e"', '\u001b'],
  ['"\\0"', '\u0000'],
  ['"\\N"', '\u0085'],
  ['"\\L"', '\u2028'],
  ['"\\P"', '\u2029'],
  ['"\\r"', '\r'],
  ['"\\U000E0041"', '\u{e0041}'],
  ['"\\ud800"', '\ud800'],
  ['"\\udc00x"', '\udc00'],
])('the escape %s of YAML stands for what hides, and is found where it is written', (escape, sign) => {
  const written = `"Wrong ${escape.slice(1, -1)} postcode"`;
  const [line, column] = [4, '  title: "Wrong '.length + 1].map((number, index) => number + (index === 0 ? 1 : 0));
  expect(found(defect, (text) => text.replace('Wrong postcode', () => written))).toEqual([
    `${defect}:${line}:${column} text-hides-nothing The text holds ${nameOf(sign)}, which nobody can see.`,
  ]);
});

test('a name that is escaped is found, too', () => {
  expect(found(defect, (text) => text.replace('summary:', () => '"sum\\u200bmary":'))).toEqual([
    `${defect}:12:5 text-hides-nothing The text holds U+200B, zero-width space, which nobody can see.`,
  ]);
});

test.each([
  ['&#x202E;', '\u202e'],
  ['&#8238;', '\u202e'],
  ['&rlm;', '\u200f'],
  ['&ZeroWidthSpace;', '\u200b'],
  ['&zwnj;', '\u200c'],
  ['&shy;', '\u00ad'],
  ['&InvisibleTimes;', '\u2062'],
  ['&#xFEFF;', '\ufeff'],
])('the reference %s in a body stands for what hides, and is found where it is written', (reference, sign) => {
  const message = `text-hides-nothing The text holds ${nameOf(sign)}, which nobody can see.`;
  expect(found(release, put('\nRetest', reference))).toEqual([`${placeAfter(release, '\nRetest')} ${message}`]);
  const lines = textIn(defect).split('\n').length;
  const inDefect = (body: string) => found(defect, (text) => `${text}${body}\n`);
  expect(inDefect(`Some *words and ${reference}more* words.`)).toEqual([`${defect}:${lines}:17 ${message}`]);
  expect(inDefect(`[a](https://x.example/ "b${reference}c")`)).toEqual([`${defect}:${lines}:26 ${message}`]);
  expect(inDefect(`Code is shown as it is written: \`${reference}\``)).toEqual([]);
  expect(inDefect(`    ${reference}`)).toEqual([]);
});

test('a reference in the attribute of a component', () => {
  const at = '<Defect id="D-00';
  expect(found(release, put(at, '&#x200B;'))).toEqual([
    `${placeAfter(release, at)} text-hides-nothing The text holds U+200B, zero-width space, which nobody can see.`,
  ]);
});

test('an unrelated mistake in the same line is found as well, in its own place', () => {
  const other = (text: string) => text.replace('  severity: S3', () => '  severity: S\u200b\u200bX9\u202e');
  expect(found(defect, other)).toEqual([
    `${defect}:6:13 references-resolve There is no severity "SX9".`,
    `${defect}:6:14 text-hides-nothing The text holds U+200B, zero-width space, and 1 more beside it, which nobody can see.`,
    `${defect}:6:18 text-hides-nothing The text holds U+202E, right-to-left override, which nobody can see.`,
  ]);
});

test('of very many places so many are told as anybody reads', () => {
  const lines = found(defect, (text) => `${text}${`${'a\u200bb '.repeat(5)}\n`.repeat(1000)}`);
  expect(lines).toHaveLength(20);
  expect(lines.at(-1)).toMatch(/The file has 4980 more such places\.$/);
});

test.each([
  ['a family of emoji', '👨\u200d👩\u200d👧'],
  ['a heart', '❤\ufe0f'],
  ['a doctor of a colour', '👩🏽\u200d⚕\ufe0f'],
  ['a key of a telephone', '1\ufe0f\u20e3'],
  ['the rainbow flag', '🏳\ufe0f\u200d🌈'],
  ['letters with marks', 'naïve \u0301Žluťoučký'],
  ['Arabic', 'مرحبا'],
  ['a no-break space', 'a\u00a0b'],
])('%s is seen', (_, text) => {
  expect(hidesText(text)).toBe(false);
  expect(visible(text)).toBe(text);
  expect(found(defect, put('title: Wrong', ` ${text}`))).toEqual([]);
});

test.each([
  ['a joiner between letters', 'a\u200db', 1],
  ['a joiner after an emoji', '👩\u200d x', 2],
  ['a selector after a letter', 'x\ufe0f', 1],
  ['a digit that asks for colour', '1\ufe0f', 1],
])('%s is not', (_, text, index) => {
  expect(hiddenIn(text)).toMatchObject([{ index }]);
});

test('every code point either stays as it is, or is written out, deleted and named', () => {
  const seen: number[] = [];
  for (let point = 0; point <= 0x10_ffff; point += 1) {
    const sign = String.fromCodePoint(point);
    const hides =
      /^(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB\u2800]$/u.test(
        sign,
      );
    if (hidesText(sign) !== hides || (visible(sign) !== sign) !== hides || (withoutHidden(sign) === '') !== hides)
      seen.push(point);
    if (hides && !/^U\+[\dA-F]{4,6}, [a-zA-Z]/.test(nameOf(sign))) seen.push(point);
  }
  expect(seen).toEqual([]);
  expect(visibleLine('a\tb\nc\u202e')).toBe('a⟨U+0009⟩b⟨U+000A⟩c⟨U+202E⟩');
});

test('JSON keeps its values, and holds nothing that cannot be seen', () => {
  const value = { 'k\u202e': ['\u0000\u009b\u200b\u{e0041}\ud800', '👩\u200d⚕\ufe0f', 'a\nb'] };
  const json = visibleJson(value);
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toContain('"k\\u202e"');
  expect(json).toContain('\\u0000\\u009b\\u200b\\udb40\\udc41\\ud800');
  expect(hidesText(json)).toBe(false);
});

test('a message is one line, whatever it quotes', () => {
  const lines = found('programme.yaml', (text) =>
    text.replace(/(marking: .*\n)/, '$1  confidential: ["x\\n0 errors\\ty"]\n'),
  );
  expect(lines).toEqual([
    'programme.yaml:10:18 confidential-fields-known "x⟨U+000A⟩0 errors⟨U+0009⟩y" is not a field of a record, so nothing is kept private by it.',
  ]);
});

test('no record holds what hides, whatever is found', () => {
  const tree = overlay(base(), [
    {
      path: defect,
      bytes: encode(
        textIn(defect).replace('Wrong postcode', '"Wr\u202eong \\u200fpost\\u0007code"') + 'Body &rlm;text\u200b\n',
      ),
    },
  ]);
  const record = validate(tree).records.defects.find(({ id }) => id === 'D-0099');
  expect(record).toMatchObject({ tracker: { title: 'Wrong postcode' }, text: 'Body text\n' });
});

test('what an export hides is written out by the import, and check takes what it wrote', async () => {
  const signs = 'a\u202eb\u200bc\u200dd\u200fe\u00adf\u2028g\ufe0fh\u0000i\u009bj\u{e0041}k❤\ufe0f&#x202e;';
  const csv = `Id,Title,Status,Raised,Severity,Description,Odd\u202e\n1,T ${signs},Open,2020-11-01,High,D ${signs},O ${signs}\n`;
  const { after } = await importInto(csv, emptyTree(), { profile: 'generic', file: 'ex\u202eport.csv' });
  const { findings, records } = validate(after);
  expect(findings).toEqual([]);
  const written =
    'a⟨U+202E⟩b⟨U+200B⟩c⟨U+200D⟩d⟨U+200F⟩e⟨U+00AD⟩f⟨U+2028⟩g⟨U+FE0F⟩h⟨U+0000⟩i⟨U+009B⟩j⟨U+E0041⟩k❤\ufe0f&#x202e;';
  expect(records.defects[0]?.tracker).toMatchObject({
    title: `T ${written}`,
    description: { text: `D ${written}` },
    other: [{ column: 'Odd⟨U+202E⟩', values: [`O ${written}`] }],
    source: { file: 'ex⟨U+202E⟩port.csv' },
  });
  const again = await importInto(csv, after, { profile: 'generic', file: 'ex\u202eport.csv' });
  expect(rowsWith(again.plan, 'create', 'update', 'quarantine', 'conflict')).toEqual([]);
});

test('the name of a sheet is written out, too', async () => {
  const rows = [
    ['Id', 'Title', 'Status', 'Raised', 'Severity'],
    ['1', 'T', 'Open', '2020-11-01', 'High'],
  ];
  const { after } = await importInto(await workbookOf({ 'Sh\u200beet': rows }), emptyTree(), { profile: 'generic' });
  const { findings, records } = validate(after);
  expect(findings).toEqual([]);
  expect(records.defects[0]?.tracker.source?.sheet).toBe('Sh⟨U+200B⟩eet');
});
