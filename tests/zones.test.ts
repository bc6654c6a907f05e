import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('./support/print-evaluation.ts', import.meta.url));

test('the same records give the same notes, catalog and findings in every time zone and language of the machine', async () => {
  const places = [
    { TZ: 'UTC', LANG: 'C' },
    { TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' },
    { TZ: 'America/New_York', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  ];
  const run = (env: NodeJS.ProcessEnv) =>
    promisify(execFile)(process.execPath, [script], { env: { ...process.env, ...env }, encoding: 'utf8' });
  const printed = (await Promise.all(places.map(run))).map(({ stdout }) => stdout);
  expect(printed[0]).toMatch(/^[0-9a-f]{64}\n/);
  expect(new Set(printed).size).toBe(1);
});
