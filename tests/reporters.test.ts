import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createGenerator } from 'ts-json-schema-generator';
import { describe, expect, test } from 'vitest';
import type { Log } from 'sarif';
import { z } from 'zod';
import { rules } from '../src/check/registry.ts';
import type { Diagnostic } from '../src/diagnostic.ts';
import { fingerprints } from '../src/reporters/fingerprint.ts';
import { github } from '../src/reporters/github.ts';
import { type CodeQualityIssue, gitlab } from '../src/reporters/gitlab.ts';
import { checkReport, json, type JsonReport } from '../src/reporters/json.ts';
import { junit } from '../src/reporters/junit.ts';
import { listed, pretty } from '../src/reporters/pretty.ts';
import type { Report, Reporter } from '../src/reporters/reporter.ts';
import { sarif } from '../src/reporters/sarif.ts';
import { mostCpu } from './support/cpu.ts';

const found: Diagnostic = {
  file: 'releases/R 05.mdx',
  line: 3,
  column: 7,
  endLine: 3,
  endColumn: 10,
  rule: 'approved-before-market',
  level: 'error',
  message: 'The deployment to MT has no approval.',
  hint: 'Record an "approve" line before this one.',
  obligation: 'C-042',
  clause: '4.3',
  page: 'rules/approved-before-market/',
  release: 'R05',
  related: [{ file: 'people.yaml', line: 1, column: 1, message: 'the holder' }],
};
const hostile: Diagnostic = {
  file: 'defects/D-0001.md',
  line: 1,
  column: 1,
  rule: 'references-resolve',
  level: 'warning',
  message: '100 %\n::error::gotcha,<x>&"\u0007\u202e',
  page: 'rules/references-resolve/',
};
const waived: Diagnostic = { ...found, level: 'waived', waiver: 'W-0001' };
const all = [found, hostile, waived];

const reported = (reporter: Reporter, diagnostics: readonly Diagnostic[] = all, about: Partial<Report> = {}) =>
  reporter({
    diagnostics,
    command: 'check',
    instant: '2020-01-01T00:00:00Z',
    files: 2,
    prefix: 'content/',
    failing: ['error'],
    rules,
    version: '1.0.0',
    site: 'https://example.org/ccmt/',
    paint: (_, shown) => shown,
    textOf: () => undefined,
    ...about,
  });

test('pretty shows the guilty span, the fix, the clause and the other place, and no control character', () => {
  const text = reported(pretty, all, { textOf: () => '---\nid: R05\ntype: regular\n' });
  expect(text).toMatchInlineSnapshot(`
    "content/releases/R 05.mdx:3:7 error The deployment to MT has no approval. approved-before-market
        2 | id: R05
      > 3 | type: regular
          |       ^^^
        4 |
      fix    Record an "approve" line before this one.
      see    content/people.yaml:1:1 the holder
      clause 4.3 · C-042 · rules/approved-before-market/

    content/defects/D-0001.md:1:1 warning 100 %⟨U+000A⟩::error::gotcha,<x>&"⟨U+0007⟩⟨U+202E⟩ references-resolve
      > 1 | ---
          | ^
        2 | id: R05
      rule   rules/references-resolve/

    2 files checked as of 2020-01-01T00:00:00Z: 1 error, 1 warning, 1 waived.
    "
  `);
});

test('pretty marks the guilty span where what is written out stands before and in it', () => {
  const at = { ...found, line: 1, column: 9, endLine: 1, endColumn: 12 };
  const text = reported(pretty, [at], { textOf: () => 'title: \u202ee\u200bd: x\n' });
  expect(text.split('\n').slice(1, 3)).toEqual([
    '  > 1 | title: ⟨U+202E⟩e⟨U+200B⟩d: x',
    '      |                ^^^^^^^^^^',
  ]);
});

test('pretty takes no longer for each finding the more a file has', () => {
  const text = Array.from({ length: 5_000 }, (_, index) => `field${index}: 1`).join('\n');
  const many = Array.from({ length: 5_000 }, (_, index): Diagnostic => ({
    ...found,
    related: [],
    file: 'a.yaml',
    line: index + 1,
  }));
  let asked = 0;
  const start = process.cpuUsage();
  const shown = listed(many, { paint: (_, said) => said, prefix: '', textOf: () => ((asked += 1), text) });
  const { user, system } = process.cpuUsage(start);
  expect(asked).toBe(1);
  expect((user + system) / 1000).toBeLessThan(mostCpu());
  expect(shown).toContain('  > 5000 | field4999: 1\n');
});

test('json fits its published schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(z.toJSONSchema(checkReport, { io: 'input' }));
  const fixable: Diagnostic = { ...found, fix: { kind: 'replace', text: '"4.10"', isSafe: true } };
  const report = JSON.parse(reported(json, [...all, fixable])) as JsonReport;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...report, diagnostics: [{ ...found, level: 'fatal' }] })).toBe(false);
});

test('json counts each level', () => {
  expect((JSON.parse(reported(json)) as JsonReport).summary).toEqual({
    error: 1,
    overdue: 0,
    warning: 1,
    information: 0,
    waived: 1,
  });
});

describe('sarif', () => {
  const schema = createGenerator({
    path: fileURLToPath(new URL('../node_modules/@types/sarif/index.d.ts', import.meta.url)),
    type: 'Log',
    skipTypeCheck: true,
    additionalProperties: false,
    tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)),
  }).createSchema('Log');
  const validate = new Ajv({ strict: false }).compile(schema as object);
  const log = JSON.parse(reported(sarif)) as Log;

  test('is a valid log of version 2.1.0', () => {
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...log, runs: [{ results: 'none' }] })).toBe(false);
  });

  test('names the place, the rule and its page', () => {
    const run = log.runs[0];
    expect(run?.results?.[0]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'content/releases/R%2005.mdx' },
      region: { startLine: 3, startColumn: 7, endLine: 3, endColumn: 10 },
    });
    expect(run?.tool.driver.rules?.[run.results?.[0]?.ruleIndex ?? -1]).toMatchObject({
      id: 'approved-before-market',
      helpUri: 'https://example.org/ccmt/rules/approved-before-market/',
    });
    expect(run?.results?.[2]?.suppressions).toHaveLength(1);
  });
});

test('github escapes what could begin a command of its own', () => {
  const lines = reported(github).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe(
    '::error file=content/releases/R 05.mdx,line=3,col=7,endLine=3,endColumn=10,title=approved-before-market (clause 4.3)::The deployment to MT has no approval. Record an "approve" line before this one.',
  );
  expect(lines[1]).toContain('::100 %25%0A::error::gotcha,<x>&"⟨U+0007⟩⟨U+202E⟩');
});

test('gitlab issues have the fields that the code quality report asks for', () => {
  for (const issue of JSON.parse(reported(gitlab)) as CodeQualityIssue[]) {
    expect(Object.keys(issue).sort()).toEqual(['check_name', 'description', 'fingerprint', 'location', 'severity']);
    expect(issue.location.lines.begin).toBeGreaterThan(0);
  }
});

test('junit has a case for each rule, and no character that XML forbids', () => {
  const xml = reported(junit);
  expect(xml.match(/<testcase /g)).toHaveLength(rules.length);
  expect(xml).toContain('failures="1"');
  expect(xml).not.toMatch(/[\u0000-\u0008\v\f\u000e-\u001f]/);
  expect(xml).toContain('gotcha,&#x3C;x>&#x26;');
});

test('a fingerprint stays when lines come and go, and two equal findings have two', () => {
  const [before, , other] = fingerprints(all);
  const [moved] = fingerprints([{ ...found, line: 99, column: 2 }]);
  expect(moved).toBe(before);
  expect(other).not.toBe(before);
});
