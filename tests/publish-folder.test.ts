import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { strangerIn } from '../scripts/built-site.ts';
import { exchangeFolders } from '../scripts/exchange-folders.ts';
import { makeOwnFolder, removeAbandoned } from '../scripts/own-folders.ts';

/**
 * How a site is put in place: what is left by processes that are killed at every step, and what readers see meanwhile.
 */
const publisher = fileURLToPath(new URL('support/publish-site.ts', import.meta.url));
let folder: string;
let target: string;
let workshops: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-publish-'));
  target = join(folder, 'dist');
  workshops = join(folder, 'workshops');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** With nothing on the path neither mv nor Perl is found, as on a system that cannot exchange folders. */
const systems = [
  { system: 'that exchanges folders', environment: {} },
  { system: 'that can only rename', environment: { PATH: '' } },
];

describe.each(systems)('on a system $system', ({ environment }) => {
  const publish = (word: string, step = 0, what = 'kill') =>
    spawnSync(process.execPath, [publisher, target, workshops, word, String(step), what], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });

  test('a process that is killed at any step leaves the old site or the new one, and the next one removes what it left', async () => {
    publish('old');
    const seen: string[] = [];
    for (let step = 1; step < 30; step += 1) {
      const { signal, stdout, stderr } = publish('new', step);
      if (stdout === 'done') break;
      expect(signal, stderr).toBe('SIGKILL');
      seen.push(existsSync(target) ? await wordOf() : 'none');
      publish('');
      if (seen.at(-1) === 'none') expect(await wordOf(), `after step ${step}`).toBe('old');
      publish('old');
      expect(await wordOf(), `after step ${step}`).toBe('old');
      expect([readdirSync(folder).sort(), readdirSync(workshops)], `after step ${step}`).toEqual([
        ['dist', 'workshops'],
        [],
      ]);
    }
    expect(await wordOf()).toBe('new');
    expect(seen.join(' ')).toMatch(environment.PATH === '' ? /^(old ){4,}none (new ?)+$/ : /^(old ){4,}(new ?)+$/);
  });

  test('a disk that refuses any step leaves the old site or the new one', async () => {
    publish('old');
    for (let step = 1; step < 30; step += 1) {
      if (publish('new', step, 'refuse').stdout === 'done') break;
      expect(['old', 'new'], `after step ${step}`).toContain(await wordOf());
    }
    publish('new');
    expect([readdirSync(folder).sort(), readdirSync(workshops)]).toEqual([['dist', 'workshops'], []]);
  });

  test('a process that is killed at any step of the first build leaves nothing or the whole site', async () => {
    for (let step = 1; step < 30 && publish('new', step).stdout !== 'done'; step += 1) {
      if (existsSync(target)) expect(await wordOf()).toBe('new');
      rmSync(target, { recursive: true, force: true });
    }
    expect([readdirSync(folder).sort(), readdirSync(workshops)]).toEqual([['dist', 'workshops'], []]);
  });

  test('many that publish at once all end well, and one of their sites is there in whole', async () => {
    publish('old');
    const words = ['a', 'b', 'c', 'd', 'e', 'f'];
    const children = words.map((word) =>
      spawn(process.execPath, [publisher, target, workshops, word, '0'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, ...environment },
      }),
    );
    expect(await Promise.all(children.map((child) => once(child, 'exit')))).toEqual(words.map(() => [0, null]));
    expect(words).toContain(await wordOf());
    expect([readdirSync(folder).sort(), readdirSync(workshops)]).toEqual([['dist', 'workshops'], []]);
  });
});

test('readers see the old site or the new one, and at no moment none', async () => {
  mkdirSync(join(folder, 'probe/a'), { recursive: true });
  mkdirSync(join(folder, 'probe/b'));
  const isPossible = await exchangeFolders(join(folder, 'probe/a'), join(folder, 'probe/b'));
  rmSync(join(folder, 'probe'), { recursive: true });
  spawnSync(process.execPath, [publisher, target, workshops, 'w0', '0']);
  const run = spawn(
    'sh',
    ['-c', `for i in 1 2 3 4 5 6 7 8; do "${process.execPath}" "${publisher}" "${target}" "${workshops}" w$i 0; done`],
    { stdio: 'ignore' },
  );
  let isRunning = true;
  run.on('exit', () => (isRunning = false));
  const seen = new Map<string, number>();
  while (isRunning) {
    for (let look = 0; look < 2_000; look += 1) {
      const word = read(join(target, 'index.html')) ?? 'none';
      seen.set(word, (seen.get(word) ?? 0) + 1);
    }
    await new Promise((done) => setImmediate(done));
  }
  const words = [...seen.keys()];
  expect(words.filter((word) => word !== 'none')).toEqual(['w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8']);
  if (isPossible) expect(words).not.toContain('none');
});

describe('what is removed', () => {
  const abandoned = async () => {
    const name = spawnSync(
      process.execPath,
      [
        '-e',
        `import(${JSON.stringify(new URL('../scripts/own-folders.ts', import.meta.url).href)}).then(async ({ makeOwnFolder }) => process.stdout.write(await makeOwnFolder(${JSON.stringify(folder)})))`,
      ],
      { encoding: 'utf8' },
    ).stdout;
    writeFileSync(join(name, 'file'), '');
    return name;
  };
  const now = () => statSync(folder).mtimeMs;

  test('the folder of a process that ended, and never that of one that runs', async () => {
    const mine = await makeOwnFolder(folder);
    const gone = await abandoned();
    await removeAbandoned(folder, now());
    expect([existsSync(mine), existsSync(gone)]).toEqual([true, false]);
  });

  test('the folder of an earlier process that had the same number', async () => {
    const [, place] = /build-(\w+)-\d+-/.exec(await makeOwnFolder(folder)) as RegExpExecArray;
    const earlier = join(folder, `.ccmt-build-${place}-${process.pid}-1-0123456789ab`);
    mkdirSync(earlier);
    await removeAbandoned(folder, now());
    // Windows does not tell when a process began.
    expect(existsSync(earlier)).toBe(process.platform === 'win32');
  });

  test('that of another machine only when it is an hour old', async () => {
    const elsewhere = join(folder, '.ccmt-build-0123456789ab-1-1-0123456789ab');
    mkdirSync(elsewhere);
    await removeAbandoned(folder, now());
    expect(existsSync(elsewhere)).toBe(true);
    const earlier = new Date(now() - 61 * 60 * 1000);
    utimesSync(elsewhere, earlier, earlier);
    await removeAbandoned(folder, now());
    expect(existsSync(elsewhere)).toBe(false);
  });

  test('nothing else, whatever its age', async () => {
    for (const name of ['.ccmt-build-1234-before', '.ccmt-build-notes', 'dist', '.git']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, '.ccmt-build-0123456789ab-1-1-0123456789ab'), 'a file');
    const before = readdirSync(folder);
    await removeAbandoned(folder, now() + 1e12);
    expect(readdirSync(folder)).toEqual(before);
  });
});

/** The word of the site that is there; throws when it is not whole, or mixed with another. */
async function wordOf(): Promise<string> {
  const word = readFileSync(join(target, 'index.html'), 'utf8');
  expect(readdirSync(target).sort()).toEqual(['.ccmt-site', 'deep', 'index.html', `only-${word}.html`]);
  expect(await strangerIn(target)).toBeUndefined();
  expect(readFileSync(join(target, 'deep/page.html'), 'utf8')).toBe(word);
  return word;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
