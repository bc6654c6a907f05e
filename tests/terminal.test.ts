import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { showEverythingOn } from '../scripts/terminal.ts';
import { hidesText } from '../src/model/visible.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const evil = '\u001b[31mred\u001b]0;title\u0007\u202e\u009b2J\u200b\u{e0041}';
const shown = '⟨U+001B⟩[31mred⟨U+001B⟩]0;title⟨U+0007⟩⟨U+202E⟩⟨U+009B⟩2J⟨U+200B⟩⟨U+E0041⟩';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-terminal-'));
  cpSync(join(project, 'content'), join(folder, evil), { recursive: true });
  const path = join(folder, evil, 'defects', 'D-0001.md');
  writeFileSync(
    path,
    readFileSync(path, 'utf8')
      .replace('---\n', () => `---\n# ${evil}\n`)
      .replace(
        /^( {2}title: ).*/m,
        (_, field: string) =>
          `${field}"${evil.replaceAll('\u001b', '\\e').replaceAll('\u0007', '\\a').replace('\u009b', '\\x9b')}title"`,
      )
      .replace(/raised: .*/, 'raised: 4.10'),
  );
  writeFileSync(
    join(folder, `export ${evil}.csv`),
    `Id,Title,Status,Raised,Severity,${evil}\n1,T ${evil},Open,2020-11-01,High ${evil},x\n2,T,Open,2020-11-01,High,y\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Nothing else of the environment, but for what node keeps of its own work.
const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;

function run(
  args: string[],
  environment: Record<string, string> = {},
): { output: string; errors: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['scripts/cli.ts', ...args], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH, NODE_COMPILE_CACHE, CCMT_AS_OF: '2020-11-18T11:00:00Z', ...environment },
  });
  return { output: stdout, errors: stderr, status };
}

describe('what was given to a command is shown, and nothing of it is obeyed', () => {
  const everywhere = ['check', 'todo', 'build', 'freeze', 'start', 'dev'].map((command): [string, string[]] => [
    `${command} --content`,
    [command, '--content', evil],
  ]);
  const given: [string, string[]][] = [
    ...everywhere,
    ['the command', [evil]],
    ['an option', ['check', `--${evil}`]],
    ['a value of a list', ['check', '--format', evil]],
    ['a number', ['dev', '--port', evil]],
    ['a count', ['check', '--max-warnings', evil]],
    ['a time', ['check', '--as-of', evil]],
    ['a rule', ['check', '--rule', evil]],
    ['a version of the plan', ['check', '--plan', evil]],
    ['an id to explain', ['explain', evil]],
    ['an id to simulate', ['simulate', evil]],
    ['an item', ['simulate', 'R12', '--add', evil]],
    ['an id to publish', ['publish', evil, 'final']],
    ['a stage', ['publish', 'R12', evil]],
    ['an export', ['import', evil]],
    ['a profile', ['import', 'README.md', '--profile', evil]],
    ['a name for a profile', ['import', 'tests/cli.transcript.txt', '--new-profile', evil]],
  ];
  // Colours may be asked for: what was given is no colour of ours.
  test.each(given)('%s', (_, args) => {
    const { output, errors, status } = run(args, { FORCE_COLOR: '1' });
    expect(status).toBeGreaterThan(0);
    expect(hidesText(output + errors), output + errors).toBe(false);
    expect(errors).toMatch(/⟨U\+001B⟩\[31mred|\.$/m);
  });

  test('a line end within a name begins no line of its own', () => {
    expect(run(['todo', '--content', 'no\n0 errors, 0 warnings.']).errors).toBe(
      'There is no content folder at no⟨U+000A⟩0 errors, 0 warnings.. Name one with --content.\n',
    );
  });
});

describe('what stands in records, in their names and in exports', () => {
  const content = () => ['--content', join(folder, evil)];

  test.each(['pretty', 'json', 'sarif', 'github', 'gitlab', 'junit'])('check --format %s', (format) => {
    const { output, errors } = run(['check', ...content(), '--format', format]);
    expect(hidesText(output + errors)).toBe(false);
    expect(output).toMatch(/U\+202E, right-to-left override/);
    expect(output).toContain(['json', 'gitlab'].includes(format) || format === 'sarif' ? 'U+0007, bell' : shown);
    if (['json', 'sarif', 'gitlab'].includes(format)) expect(() => JSON.parse(output)).not.toThrow();
  });

  test('a path is a path in JSON, and only written in another way', () => {
    const { output } = run(['check', ...content(), '--format', 'gitlab']);
    expect((JSON.parse(output) as { location: { path: string } }[])[0]?.location.path).toContain(evil);
    expect(output).toContain('\\u202e\\u009b2J\\u200b\\udb40\\udc41');
  });

  test('on a terminal with colours nothing but our own colours is obeyed', () => {
    const { output } = run(['check', ...content()], { FORCE_COLOR: '1' });
    const without = output.replace(/\u001b\[(?:1|2|22|31|33|36|32|39)m/g, '');
    expect(without.length).toBeLessThan(output.length);
    expect(hidesText(without)).toBe(false);
    expect(without).toContain(`${shown}/defects/D-0001.md:2:`);
    // The one red of ours is the word for the level.
    expect(output.match(/\u001b\[31m\w+/g)?.every((word) => word === '\u001b[31merror')).toBe(true);
  });

  test.each([
    ['--fix', ['check', '--fix', '--dry-run']],
    ['explain', ['explain', 'D-0001']],
    ['explain --json', ['explain', 'D-0001', '--json']],
    ['todo', ['todo']],
    ['build', ['build', '--out', 'nowhere']],
  ])('%s', (_, [command, ...rest]) => {
    const { output, errors } = run([command as string, ...content(), ...rest]);
    expect(output + errors).not.toBe('');
    expect(hidesText(output + errors), output + errors).toBe(false);
  });

  test.each([[[]], [['--json']], [['--new-profile', 'x']]])('import %j', (options) => {
    const { output, errors } = run([
      'import',
      join(folder, `export ${evil}.csv`),
      ...(options[0] === '--new-profile' ? [] : ['--profile', 'generic']),
      ...options,
    ]);
    expect(output).not.toBe('');
    expect(hidesText(output + errors), output + errors).toBe(false);
  });
});

test.each([
  ['output', true, 'a\u001b[31mb\u001b[39mc⟨U+001B⟩[2Jd⟨U+000D⟩⟨U+001B⟩[Ke\r\nf⟨U+202E⟩\t\n'],
  ['output', false, 'a⟨U+001B⟩[31mb⟨U+001B⟩[39mc⟨U+001B⟩[2Jd⟨U+000D⟩⟨U+001B⟩[Ke\r\nf⟨U+202E⟩\t\n'],
  ['errors', true, 'a⟨U+001B⟩[31mb⟨U+001B⟩[39mc⟨U+001B⟩[2Jd\r\u001b[Ke\r\nf⟨U+202E⟩\t\n'],
  ['errors', false, 'a⟨U+001B⟩[31mb⟨U+001B⟩[39mc⟨U+001B⟩[2Jd⟨U+000D⟩⟨U+001B⟩[Ke\r\nf⟨U+202E⟩\t\n'],
] as const)('the stream for %s, on a terminal: %s', (kind, isTTY, expected) => {
  const written: unknown[] = [];
  const stream = {
    isTTY,
    getColorDepth: () => 8,
    writable: true,
    on: () => {},
    write: (chunk: unknown) => written.push(chunk),
  } as unknown as NodeJS.WriteStream;
  vi.stubEnv('FORCE_COLOR', isTTY ? '1' : '0');
  showEverythingOn(stream, kind);
  vi.unstubAllEnvs();
  stream.write('a\u001b[31mb\u001b[39mc\u001b[2Jd\r\u001b[Ke\r\nf\u202e\t\n');
  expect(written).toEqual([expected]);
});

test('the command line puts both of its streams under that care, whatever writes to them', () => {
  const late = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { process.stdout.write('\u001b[2J'); process.stderr.write('\u202e'); })")}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', late, 'scripts/cli.ts', '--version'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/⟨U\+001B⟩\[2J$/);
  expect(stderr).toBe('⟨U+202E⟩');
});

test('every command that prints JSON writes it in the one way that shows everything', () => {
  const folderOf = join(project, 'scripts/commands');
  const others = readdirSync(folderOf).filter((name) =>
    /JSON\.stringify\(.*null, 2/.test(readFileSync(join(folderOf, name), 'utf8')),
  );
  expect(others).toEqual([]);
});
