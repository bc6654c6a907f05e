import { expect, test } from 'vitest';
import { decode } from '../src/load/decode.ts';
import { parseJson } from '../src/load/json.ts';
import { parseYaml } from '../src/load/yaml.ts';
import { encode } from './support/tree.ts';

const valueOf = (yaml: string) => (parseYaml('x.yaml', yaml, 0) as { value?: unknown }).value;
const faultsOf = (yaml: string) =>
  (parseYaml('x.yaml', yaml, 0) as { findings?: { rule: string; message: string }[] }).findings?.map(
    ({ rule, message }) => `${rule}: ${message}`,
  );

/**
 * One dialect, YAML 1.2 in its core schema: other dialects read times as numbers of minutes, and days that do not exist
 * as others.
 */
test.each([
  ['18:00', '18:00'],
  ['18:00:30', '18:00:30'],
  ['1_000', '1_000'],
  ['2026-02-30', '2026-02-30'],
  ['2026-02-03T10:00', '2026-02-03T10:00'],
  ['no', 'no'],
  ['Yes', 'Yes'],
  ['on', 'on'],
  ['y', 'y'],
  ['0b1', '0b1'],
  ['+.5e', '+.5e'],
  ['=', '='],
  ['4.10', 4.1],
  ['0012', 12],
  ['1e3', 1000],
  ['0x1f', 31],
  ['0o17', 15],
  ['.inf', Infinity],
  ['true', true],
  ['~', null],
  ['', null],
  ['"4.10"', '4.10'],
])('%s is %j', (written, expected) => expect(valueOf(`value: ${written}\n`)).toEqual({ value: expected }));

test('nothing is merged, shared or run', () => {
  expect(valueOf('base: {a: 1}\n<<: {a: 2, b: 3}\n')).toEqual({ base: { a: 1 }, '<<': { a: 2, b: 3 } });
  expect(faultsOf('a: &x 1\nb: *x\n')).toEqual(['yaml-well-formed: Anchors and aliases are not read here.']);
  expect(faultsOf('a: !!js/function "x"\n')).toEqual(['yaml-well-formed: The tag "!!js/function" is not read here.']);
  const tag = ['yaml-well-formed: A tag stands before this value, and tags are not read here.'];
  for (const yaml of [
    'a: !!binary "eA=="',
    'a: !!str 4.10',
    'a: !!set {x, y}',
    'a: ! 4',
    '!!map {a: 1}',
    'a: !<tag:yaml.org,2002:int> 4',
    '!!str a: 1',
  ])
    expect(faultsOf(`${yaml}\n`), yaml).toEqual(tag);
  for (const yaml of ['a: &x 1', '&x {a: 1}', '&x a: 1', 'a: [&x 1]'])
    expect(faultsOf(`${yaml}\n`), yaml).toEqual(['yaml-well-formed: Anchors and aliases are not read here.']);
  expect(faultsOf('%YAML 1.1\n---\n<<: {a: 1}\n')).toEqual([
    'yaml-well-formed: A directive such as %YAML is not read here.',
  ]);
  expect(valueOf('a: "!!str &x *y"\nb: a &x\n')).toEqual({ a: '!!str &x *y', b: 'a &x' });
});

test('a name is a text', () => {
  for (const yaml of ['? [a]\n: b\n', '{a}: b\n', '? {a: 1}\n: b\n', 'x:\n  ? - a\n  : b\n'])
    expect(faultsOf(yaml), yaml).toEqual(['yaml-well-formed: A list or record stands here in the place of a name.']);
});

test('a name that JavaScript knows is a name like any other, but for one that records would lose', () => {
  const value = valueOf('constructor: {prototype: {polluted: 1}}\n') as object;
  expect(Object.keys(value)).toEqual(['constructor']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(faultsOf('a: {__proto__: {polluted: 1}}\n')).toEqual([
    'yaml-well-formed: The name "__proto__" is not read here.',
  ]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('a billion laughs are not laughed', () => {
  const laughs = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...'bcdefghi'
      .split('')
      .map(
        (name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`,
      ),
  ].join('\n');
  expect(faultsOf(`${laughs}\n`)).toEqual(['yaml-well-formed: Anchors and aliases are not read here.']);
});

test('JSON is read as JSON, and what only YAML takes is not', () => {
  expect(parseJson('x.json', '{"a": [1, "\\u00e9", null]}')).toMatchObject({ value: { a: [1, 'é', null] } });
  expect(parseJson('x.json', '{"__proto__": {"polluted": 1}}')).toMatchObject({ hidden: [] });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(parseJson('x.json', 'a: 1\n')).toMatchObject({
    findings: [{ message: 'This is not JSON: a value is expected here.' }],
  });
  expect(parseJson('x.json', "{'a': 1}")).toMatchObject({
    findings: [{ message: 'This is not JSON: a name in double quotes is expected here.' }],
  });
});

test.each([
  [
    'as on an old Mac',
    encode('---\rid: x\r---\r'),
    'The lines of the file end as on an old Mac, with a carriage return alone.',
  ],
  ['in UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), 'The byte 0xff is not UTF-8 text.'],
  ['with half a surrogate', new Uint8Array([0x61, 0xed, 0xa0, 0x80]), 'The byte 0xed is not UTF-8 text.'],
  ['with a long form', new Uint8Array([0x61, 0xc0, 0xaf]), 'The byte 0xc0 is not UTF-8 text.'],
  ['of nothing but blanks', encode(' \n\t\n'), 'The file is empty.'],
])('a file %s is refused in a sentence', (_, bytes, message) =>
  expect(decode('x', bytes)).toMatchObject({ finding: { rule: 'readable-file', message } }),
);
