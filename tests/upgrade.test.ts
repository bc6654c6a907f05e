import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planUpgrade } from '../src/author/upgrade.ts';
import type { Sources } from '../src/load/read-content.ts';
import { evaluate } from '../src/pipeline.ts';
import { momentFor } from './support/marks.ts';
import { base, encode, fixtures, fixtureTree, textOf } from './support/tree.ts';

/** The tree as it was before there were formats, or with another text in place of its format. */
function inFormat(tree: Sources, written: string): Sources {
  const files = tree.files.map((file) =>
    file.path === 'programme.yaml'
      ? { path: file.path, bytes: encode(textOf(file).replace('format: 2\n', written)) }
      : file,
  );
  return { ...tree, files };
}

/** A component that was retired before the last release of the base delivered it: what a rule of format 2 finds. */
const broken = fixtureTree(join(fixtures, 'rules/named-while-in-use/page'));
const without = (tree: Sources, ...paths: string[]) => ({
  ...tree,
  files: tree.files.filter(({ path }) => !paths.some((start) => path.startsWith(start))),
});
const found = (tree: Sources) =>
  evaluate(tree, momentFor(tree)).diagnostics.filter(({ rule }) => rule === 'named-while-in-use');
const programmeIn = ({ changes }: { changes: { text: string }[] }) => changes[0]?.text ?? '';

describe('a rule that is newer than the format of the records', () => {
  test('is an error in the format that brought it', () =>
    expect(found(broken)).toMatchObject([
      { level: 'error', message: '"gateway" is in use before 2020-10-01, and this line is of 2020-10-09.' },
    ]));
  test('only warns of what was there when the newest note was published, and says so', () =>
    expect(found(inFormat(broken, ''))).toMatchObject([
      {
        level: 'warning',
        message:
          '"gateway" is in use before 2020-10-01, and this line is of 2020-10-09. This is asked for since format 2 of the records: it counts once "ccmt upgrade" has raised theirs.',
      },
    ]));
  test('is an error on a line that is newer than every note', () => {
    const unpublished = without(inFormat(broken, 'format: 1\n'), 'published/R05');
    expect(found(unpublished)).toMatchObject([{ level: 'error' }]);
  });
  test('is an error where nothing was published', () =>
    expect(found(without(inFormat(broken, ''), 'published/'))).toMatchObject([{ level: 'error' }]));
});

describe('ccmt upgrade', () => {
  const plan = (tree: Sources) => {
    const planned = planUpgrade(tree, momentFor(tree));
    if ('refusal' in planned) throw new Error(planned.refusal);
    return planned;
  };
  test('has nothing to do in the newest format', () =>
    expect(plan(base())).toMatchObject({ from: 2, to: 2, changes: [], errors: [] }));
  test('writes the number before the first field, and leaves every other byte', () => {
    const old = inFormat(base(), '');
    const written = textOf(old.files.find(({ path }) => path === 'programme.yaml'));
    expect(plan(old)).toMatchObject({ from: 1, to: 2, errors: [] });
    expect(programmeIn(plan(old))).toBe(`format: 2\n${written}`);
  });
  test('puts it below the remark that the file begins with, with the line ends of the file', () => {
    const old = inFormat(base(), '');
    const files = old.files.map((file) =>
      file.path === 'programme.yaml'
        ? { path: file.path, bytes: encode(`# What it is.\n\n${textOf(file)}`.replaceAll('\n', '\r\n')) }
        : file,
    );
    expect(programmeIn(plan({ ...old, files })).slice(0, 60)).toBe(
      '# What it is.\r\n\r\nformat: 2\r\nprogramme: CSS Consequential\r\nch',
    );
  });
  test('raises a number that is there, where it stands, and keeps the remark behind it', () =>
    expect(programmeIn(plan(inFormat(base(), 'format: 1 # as we began\n')))).toMatch(
      /waiversBy: .*\nformat: 2 # as we began\n$/,
    ));
  test('does not when that would bring errors, and names them', () => {
    const { errors, from, to } = plan(inFormat(broken, ''));
    expect({ from, to }).toEqual({ from: 1, to: 2 });
    expect(errors).toMatchObject([{ rule: 'named-while-in-use', level: 'error', file: 'releases/R05.mdx' }]);
  });
  test('is not stopped by errors that are there already', () => {
    const spoilt = inFormat(base(), '');
    const files = spoilt.files.map((file) =>
      file.path === 'releases/R01.mdx'
        ? {
            path: file.path,
            bytes: encode(textOf(file).replace(/(did: deploy, to: mt.*), informed: \[ccmtwg\]/, '$1')),
          }
        : file,
    );
    expect(plan({ ...spoilt, files }).errors).toEqual([]);
  });
  test('is refused while the programme cannot be read', () => {
    const tree = without(base(), 'programme.yaml');
    expect(planUpgrade(tree, momentFor(tree))).toEqual({
      refusal: 'programme.yaml cannot be read: run ccmt check first.',
    });
  });
});

test('a format that this version does not know is a finding', () => {
  const tree = inFormat(base(), 'format: 3\n');
  const { diagnostics } = evaluate(tree, momentFor(tree));
  expect(diagnostics.filter(({ level }) => level === 'error')).toMatchObject([
    {
      file: 'programme.yaml',
      message: '"format", "3", is newer than this version of ccmt knows.',
      hint: 'Write 2, or update ccmt.',
    },
  ]);
});
