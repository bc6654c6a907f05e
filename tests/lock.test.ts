import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runnerOf } from '../scripts/process-state.ts';
import { lockContent, type Runner } from '../src/author/lock.ts';
import { nameOfOwner, type Owner, ownerNamed } from '../src/author/owner.ts';
import { filesIn, newFolder, runnerWith, someOwner } from './support/writing.ts';

let root: string;
beforeEach(() => {
  root = newFolder();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const real = (told: string[] = []) =>
  runnerOf(
    () => '2020-11-26T01:00:00Z',
    (sentence) => told.push(sentence),
  );

/** A lock as a run leaves it that holds it or was killed. */
function leaveLock(owner: Owner): void {
  mkdirSync(join(root, '.ccmt-lock'), { recursive: true });
  writeFileSync(join(root, '.ccmt-lock/.gitignore'), '*\n');
  writeFileSync(join(root, '.ccmt-lock', nameOfOwner(owner)), '');
}

/** What became of an attempt, after which nothing of it may be left. */
async function attempt(runner: Runner): Promise<string> {
  const lock = await lockContent(root, runner);
  if ('message' in lock) return `${lock.reason}: ${lock.message}`;
  await lock.release();
  expect(readdirSync(root)).toEqual(['releases']);
  return 'taken';
}

describe('the lock of a content folder', () => {
  test('names who holds it, hides itself from git, and is gone afterwards', async () => {
    const lock = await lockContent(root, runnerWith({ own: async () => someOwner }));
    const [ignore, name] = readdirSync(join(root, '.ccmt-lock')).sort();
    expect([ignore, filesIn(root)['.ccmt-lock/.gitignore']]).toEqual(['.gitignore', '*\n']);
    expect(ownerNamed(name as string)).toEqual(someOwner);
    if ('release' in lock) await lock.release();
    expect(readdirSync(root)).toEqual(['releases']);
  });

  test.each<[string, Partial<Runner>, string]>([
    [
      'a run that goes on',
      { stateOf: async () => 'running' },
      'locked: Another run (process 77, since 2020-11-26T01:00:00Z) is writing to this content folder.',
    ],
    [
      'a run of another machine',
      { stateOf: async () => 'unknown' },
      'locked: Process 77 on host harbour has held .ccmt-lock in the content folder since 2020-11-26T01:00:00Z, and it cannot be known from here whether it still runs. If it does not, delete .ccmt-lock.',
    ],
    ['a run that is gone', { stateOf: async () => 'gone' }, 'taken'],
    [
      'nobody, because it came with a commit',
      { stateOf: async () => 'unknown', isTracked: async (path) => path.includes('77.8843211') },
      'taken',
    ],
  ])('held by %s', async (_, known, expected) => {
    leaveLock(someOwner);
    expect(await attempt(runnerWith(known))).toBe(expected);
    expect(existsSync(join(root, '.ccmt-lock'))).toBe(expected !== 'taken');
  });

  test('giving it back takes nothing that another run holds', async () => {
    const lock = await lockContent(root, runnerWith());
    rmSync(join(root, '.ccmt-lock'), { recursive: true });
    leaveLock(someOwner);
    const before = readdirSync(join(root, '.ccmt-lock')).filter((name) => name !== '.gitignore');
    if ('release' in lock) await lock.release();
    expect(readdirSync(join(root, '.ccmt-lock'))).toEqual(before);
  });

  test.each<[string, (path: string) => void]>([
    ['a file that holds 1', (path) => writeFileSync(path, '1')],
    ['an empty file', (path) => writeFileSync(path, '')],
    ['a link to nowhere', (path) => symlinkSync('nowhere', path)],
    ['a link to a folder', (path) => symlinkSync('releases', path)],
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ])('%s in its place is told and removed', async (_, put) => {
    const told: string[] = [];
    put(join(root, '.ccmt-lock'));
    expect(await attempt(real(told))).toBe('taken');
    expect(told).toEqual(['.ccmt-lock in the content folder was not a lock, so it was removed.']);
    expect(filesIn(root)).toEqual({ 'releases/R01.mdx': 'old' });
  });

  test.each<[string, (path: string) => void]>([
    ['an empty folder', () => undefined],
    [
      'what a run leaves that was killed while it gave the lock back',
      (path) => writeFileSync(join(path, '.gitignore'), '*\n'),
    ],
    [
      'a folder where the file for git is a folder',
      (path) => mkdirSync(join(path, '.gitignore/x'), { recursive: true }),
    ],
    [
      'a folder where the owner is a folder',
      (path) => mkdirSync(join(path, nameOfOwner({ ...someOwner, host: 'x' })), { recursive: true }),
    ],
  ])('%s keeps nobody out', async (_, put) => {
    mkdirSync(join(root, '.ccmt-lock'));
    put(join(root, '.ccmt-lock'));
    expect(await attempt(runnerWith())).toBe('taken');
  });

  test.each([
    ["a stranger's file", ['notes.txt']],
    ['two owners', [nameOfOwner(someOwner), nameOfOwner(someOwner)]],
    ['a name that only looks like an owner', [`${nameOfOwner(someOwner)} (copy)`]],
  ])('a folder with %s is left as it is, and said what to do with', async (_, names) => {
    mkdirSync(join(root, '.ccmt-lock'));
    for (const name of names) writeFileSync(join(root, '.ccmt-lock', name), '');
    expect(await attempt(runnerWith())).toBe(
      "refused: Nothing was written: .ccmt-lock in the content folder is a folder of somebody else's. Move it away.",
    );
    expect(readdirSync(join(root, '.ccmt-lock')).sort()).toEqual(names.toSorted());
  });

  test('what a run left that was killed before its lock was in its place is cleared away; what another prepares is not', async () => {
    const [dead, alive] = [nameOfOwner(someOwner), nameOfOwner({ ...someOwner, process: 78 })];
    for (const name of [dead, alive, 'mine']) mkdirSync(join(root, `.ccmt-lock-${name}`));
    const lock = await lockContent(
      root,
      runnerWith({ stateOf: async ({ process }) => (process === 78 ? 'running' : 'gone') }),
    );
    if ('release' in lock) await lock.release();
    expect(readdirSync(root).sort()).toEqual([`.ccmt-lock-${alive}`, '.ccmt-lock-mine', 'releases']);
  });

  test('one that came with a commit is not believed', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
        stdio: 'ignore',
      });
    leaveLock({ ...someOwner, host: 'elsewhere' });
    const told: string[] = [];
    expect(await attempt(real(told))).toContain('on host elsewhere has held .ccmt-lock');
    git('init');
    git('add', '.');
    expect(await attempt(real(told))).toContain('on host elsewhere has held .ccmt-lock');
    git('add', '--force', '.');
    git('commit', '-m', 'x');
    const lock = await lockContent(root, real(told));
    expect([Object.keys(lock), told]).toEqual([
      ['release'],
      ['.ccmt-lock in the content folder came with a commit, so it was not believed. Remove it from git.'],
    ]);
  });
});

describe.runIf(process.platform === 'linux')('what is known of the process that holds a lock', () => {
  test.each<[string, Partial<Owner>, string]>([
    ['is this one', {}, 'running'],
    ['had the same number, but began at another time', { started: '1' }, 'gone'],
    ['ran before the machine was started again', { space: 'another-boot_1' }, 'gone'],
    ['is in a container of the same name', { space: 'SAME_1' }, 'unknown'],
    ['is on another host', { host: 'elsewhere' }, 'unknown'],
    ['is one of which nobody knows when it began', { started: 'unknown' }, 'unknown'],
    ['has no number of a process', { process: 0 }, 'gone'],
    ['has a number that means all processes', { process: 4_294_967_295 }, 'gone'],
  ])('it %s', async (_, change, expected) => {
    const own = await real().own();
    const space = change.space?.replace('SAME', own.space.split('_')[0] as string) ?? own.space;
    expect(await real().stateOf({ ...own, ...change, space })).toBe(expected);
  });

  test('a process that ended and was not fetched by its parent is gone', async () => {
    // The shell starts a child, becomes a program that fetches no children, and so the child stays as a zombie.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const id = Number(await new Promise((done) => parent.stdout.once('data', done)));
      await expect.poll(() => readFileSync(`/proc/${id}/stat`, 'utf8')).toContain(') Z');
      expect(await real().stateOf({ ...(await real().own()), process: id, started: '1' })).toBe('gone');
      expect(() => process.kill(id, 0)).not.toThrow();
    } finally {
      parent.kill();
    }
  });
});

describe('two processes at one moment', () => {
  const rounds = 200;
  let takers: ChildProcess[];
  const answer = (taker: ChildProcess) =>
    new Promise<string>((done) => taker.once('message', (said) => done(said as string)));
  beforeEach(async () => {
    takers = [0, 1].map(() => fork(new URL('support/lock-taker.ts', import.meta.url), [root]));
    await Promise.all(takers.map(answer));
  });
  afterEach(() => takers.forEach((taker) => taker.kill()));

  test.each<[string, (own: Owner) => void]>([
    ['a lock of a run that is gone', (own) => leaveLock({ ...own, started: '1' })],
    ['a lock that was half given back', () => mkdirSync(join(root, '.ccmt-lock'))],
    ['a file that is no lock', () => writeFileSync(join(root, '.ccmt-lock'), '1')],
    ['no lock', () => undefined],
  ])(`${rounds} times before %s, are never both inside`, async (_, prepare) => {
    const own = await real().own();
    const outcomes: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      rmSync(join(root, 'inside'), { recursive: true, force: true });
      prepare(own);
      const answers = Promise.all(takers.map(answer));
      const start = String(process.hrtime.bigint() + 1_500_000n);
      for (const taker of takers) taker.send(start);
      outcomes.push((await answers).toSorted().join(', '));
    }
    const counted = Object.fromEntries(
      Map.groupBy(outcomes, (outcome) => outcome)
        .entries()
        .map(([outcome, all]) => [outcome, all.length]),
    );
    expect(
      Object.keys(counted).filter((outcome) => outcome.includes('together')),
      JSON.stringify(counted),
    ).toEqual([]);
    expect(
      outcomes.every((outcome) => outcome.includes('alone')),
      JSON.stringify(counted),
    ).toBe(true);
    // They did meet: one was inside while the other asked, in most rounds of a machine that is not busy.
    expect(counted['alone, kept out'] ?? 0).toBeGreaterThan(rounds / 20);
    expect(readdirSync(root)).toEqual(['releases']);
  });
});
