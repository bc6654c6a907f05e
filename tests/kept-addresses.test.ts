import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAddresses } from '../src/author/keep-addresses.ts';
import { keptOf } from '../src/site/addresses.ts';
import type { Catalog } from '../src/derive/catalog.ts';
import { runHere } from './support/command.ts';

let folder: string;
const content = () => join(folder, 'content');
const kept = () => join(content(), 'addresses.yaml');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-addresses-'));
  const ticketing = fileURLToPath(new URL('programmes/ticketing', import.meta.url));
  cpSync(ticketing, content(), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('new addresses are listed, then kept; what stands in the file stays', async () => {
  const listed = await runHere('addresses', folder);
  expect(listed.status).toBe(0);
  expect(listed.stdout).toMatch(/^\/for\/kiosk\/$/m);
  expect(listed.stdout).toMatch(/\d+ addresses are not kept yet: add --write to keep them\.\n$/);
  expect(existsSync(kept())).toBe(false);
  expect((await runHere('addresses --write', folder)).stdout).toMatch(
    /^Wrote \d+ addresses to content\/addresses\.yaml\.\n$/,
  );
  const text = readFileSync(kept(), 'utf8');
  writeFileSync(kept(), text.replace('- /for/kiosk/\n', '# for those with a kiosk\n'));
  const written = JSON.parse((await runHere('addresses --json --write', folder)).stdout) as object;
  expect(written).toEqual({ format: 1, command: 'addresses', written: true, fresh: ['/for/kiosk/'], lost: [] });
  expect(readFileSync(kept(), 'utf8')).toContain('# for those with a kiosk');
  expect((await runHere('addresses', folder)).stdout).toBe('Every address of the site is kept.\n');
});

test(
  'an address that leads nowhere stops the build, until it is said where it leads',
  { timeout: 60_000 },
  async () => {
    await runHere('addresses --write', folder);
    writeFileSync(kept(), readFileSync(kept(), 'utf8').replace('- /for/kiosk/', '- /for/kiosk/\n    - /for/boat/'));
    const out = join(folder, 'dist');
    const refused = await runHere(`build --out ${out}`, folder);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain('addresses.yaml: /for/boat/ was public, and the site has no page there any more.');
    expect(existsSync(out)).toBe(false);
    expect((await runHere('addresses', folder)).status).toBe(1);
    writeFileSync(kept(), `${readFileSync(kept(), 'utf8')}moved:\n  - {from: /for/boat/, to: /for/kiosk/}\n`);
    const built = await runHere(`build --out ${out}`, folder);
    expect(built.status, built.stdout + built.stderr).toBe(0);
    const page = readFileSync(join(out, 'for/boat/index.html'), 'utf8');
    expect(page).toMatch(/http-equiv="refresh" content="0;url=\/for\/kiosk\/"/);
    expect(page).not.toMatch(/<script|<style|style=/);
  },
);

test.each([
  ['kept later than the moment of looking', { kept: { '2031-05-01': ['/gone/'] } }, { lost: [], moved: [] }],
  ['kept by then', { kept: { '2031-03-01': ['/gone/'] } }, { lost: ['/gone/'], moved: [] }],
  [
    'moved to what is not there either',
    { kept: { '2031-03-01': ['/gone/'] }, moved: [{ from: '/gone/', to: '/too/' }] },
    { lost: ['/gone/'], moved: [] },
  ],
  [
    'there again',
    { kept: { '2031-03-01': ['/here/'] }, moved: [{ from: '/here/', to: '/matrix/20310301T0600Z/' }] },
    { lost: [], moved: [] },
  ],
  [
    'a moment whose time was corrected',
    { kept: { '2031-03-01': ['/matrix/20310302T0700Z/'] } },
    { lost: [], moved: [{ from: '/matrix/20310302T0700Z/', to: '/matrix/20310301T0600Z/' }] },
  ],
])('an address that is %s', (_, addresses, expected) => {
  const policy = { addresses, programme: { zone: 'UTC' } };
  const { lost, moved } = keptOf({ policy, asOf: '2031-04-01T12:00:00Z' } as unknown as Catalog, [
    '/here/',
    '/matrix/20310301T0600Z/',
    '/matrix/20310303T0600Z/',
  ]);
  expect({ lost, moved }).toEqual(expected);
});

test('a file without the field gets it', () =>
  expect(keepAddresses('moved: []\n', '2031-04-01', ['/a/'])).toBe('moved: []\nkept:\n  2031-04-01:\n    - /a/\n'));
