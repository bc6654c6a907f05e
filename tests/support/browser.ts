import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const installed = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'chrome.exe',
  'msedge.exe',
];

/**
 * A real browser: the one that came with the dependencies, else an installed one; throws one plain sentence when there
 * is none.
 */
export async function openBrowser(): Promise<Browser> {
  const failures: string[] = [];
  for (const find of [bundled, onThePath]) {
    try {
      const executablePath = await find();
      return await chromium.launch({ executablePath, args: quiet, headless: true });
    } catch (error) {
      failures.push((error as Error).message.split('\n')[0] as string);
    }
  }
  throw new Error(
    `No browser could be started, so the pages cannot be tested: install Chrome, Chromium or Edge (${failures.join('; ')}).`,
  );
}

async function bundled(): Promise<string> {
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: own } = await import('@sparticuz/chromium');
  return own.executablePath();
}

async function onThePath(): Promise<string> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders
    .flatMap((folder) => installed.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (!found) throw new Error('none is installed');
  return found;
}
