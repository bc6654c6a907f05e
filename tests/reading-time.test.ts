import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../scripts/serve.ts';
import type { Browser } from 'playwright-core';
import { openBrowser } from './support/browser.ts';

/** What only a browser can know when a page is read: how old it is, and whether the file of a note has its seal. */
const folder = mkdtempSync(join(tmpdir(), 'reading-'));
const note = '{"format":2,"release":"R05"}';
const seal = createHash('sha256').update(note).digest('hex');
let browser: Browser;
let served: Served;

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const script = (path: string) =>
  stripTypeScriptTypes(readFileSync(fileURLToPath(new URL(`../src/components/${path}.ts`, import.meta.url)), 'utf8'));
const pageOf = (body: string, name: string) =>
  `<!doctype html><title>x</title>${body}<script type="module" src="/${name}.js"></script>`;
const aged = (hours: number, allowed: number) => {
  const asOf = new Date(Date.now() - hours * 3_600_000).toISOString();
  return `<div id="notice" hidden data-stale-after="${allowed}" data-as-of="${asOf}">This page is old.</div>`;
};
const sealed = (digest: string, file: string) =>
  `<div id="check" hidden data-check-seal="${digest}" data-check-file="${file}"><button type="button">Check now</button><span role="status"></span></div>`;

beforeAll(async () => {
  write('stale.js', script('common/stale'));
  write('seal.js', script('note/check-seal'));
  write('final.json', note);
  write('young.html', pageOf(aged(23, 24), 'stale'));
  write('old.html', pageOf(aged(25, 24), 'stale'));
  write('right.html', pageOf(sealed(seal, '/final.json'), 'seal'));
  write('wrong.html', pageOf(sealed('0'.repeat(64), '/final.json'), 'seal'));
  write('gone.html', pageOf(sealed(seal, '/nowhere.json'), 'seal'));
  served = await serve(folder, { base: '/', port: 0, host: '127.0.0.1' });
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  served.server.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = async (path: string) => {
  const page = await browser.newPage();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto(new URL(path, served.address).href, { waitUntil: 'networkidle' });
  return { page, sent };
};

test.each([
  ['young.html', false],
  ['old.html', true],
])('a page tells that it is old once it is: %s', async (path, isTold) => {
  const { page } = await open(path);
  expect(await page.locator('#notice').isVisible()).toBe(isTold);
  await page.close();
});

test.each([
  ['right.html', 'The file of this note has this seal: it is as it was published.'],
  ['wrong.html', `The file of this note has another digest, ${seal}: it is not what was published.`],
  ['gone.html', 'The file of this note could not be loaded, so that nothing was checked.'],
])('the seal is checked in the browser, and nothing is sent: %s', async (path, words) => {
  const { page, sent } = await open(path);
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect.poll(() => page.getByRole('status').textContent()).toBe(words);
  const file = path === 'gone.html' ? '/nowhere.json' : '/final.json';
  expect(sent.filter((one) => !one.endsWith('.js') && !one.endsWith('.html') && !one.includes('favicon'))).toEqual([
    `GET ${file}`,
  ]);
  await page.close();
});

test('where the browser cannot compute it, the command stands alone', async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined }));
  await page.goto(new URL('right.html', served.address).href, { waitUntil: 'networkidle' });
  expect(await page.locator('#check').isVisible()).toBe(false);
  await page.close();
});
