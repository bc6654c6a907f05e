import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { type Served, serve } from '../scripts/serve.ts';
import { openBrowser } from './support/browser.ts';
import { wordOfOne } from './support/neutral.ts';

/** The four programmes of other shapes as participants see them. */
const project = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'shapes-'));
afterAll(() => rmSync(folder, { recursive: true }));

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

/** Words that a programme replaced or does not have, and words of its own that have to be there instead. */
const words: Record<string, { never: RegExp; always: RegExp[] }> = {
  orchard: {
    never: /\b(?:change order|market role|fuel|code line)\b/i,
    always: [
      /Work order|work order OST-2/,
      /Early draft note\.\s+When it was published:\s+the contents may change/,
      /Fruit: Plum|kind of grower/,
      /Standard change/,
      /Closed periods/,
      /Chile Summer Time/,
    ],
  },
  signal: {
    never: /\b(?:smoke test|final note|market-facing environment)\b|Next slot/,
    always: [
      /Bell test in Hill line/,
      /Dispatch note/,
      /reaches the running line/,
      /on any day on which there is something to deploy/,
      /The workshop/,
      /\bCET\b/,
    ],
  },
  observatory: {
    never: /\b(?:market role|fuel|file.formats?|change order|who is affected)\b/i,
    always: [
      /In Southern campaign, a regular release can be deployed every 2 weeks on a Monday and Wednesday/,
      /7\.11 SP4/,
      /\bIST\b/,
    ],
  },
  almanac: {
    never: /\b(?:smoke test|provisional note|final note|slots?|code line)\b/i,
    always: [/Early note/, /Printed note/, /Read-through in Jetty/, /Next printing day/, /\bLHST\b|\bLHDT\b/],
  },
};

test.each(Object.keys(words))('%s', { timeout: 120_000 }, async (name) => {
  const out = join(folder, name);
  const command = [
    join(project, 'scripts/cli.ts'),
    'build',
    '--out',
    out,
    '--content',
    join(project, 'tests/programmes', name),
  ];
  const { status, stdout } = spawnSync(process.execPath, command, { cwd: project, encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'));
  const texts = pages.map((path) => ({ path, text: wordsIn(readFileSync(join(out, path), 'utf8')) }));
  const { never, always } = words[name] as (typeof words)[string];
  for (const { path, text } of texts) {
    expect(text, path).not.toMatch(wordOfOne);
    expect(text, path).not.toMatch(never);
  }
  const all = texts.map(({ text }) => text).join('\n');
  for (const word of always) expect(all).toMatch(word);
  await looksRight(out, pages);
});

/** The words of a page, without the addresses in them: those are the contract of every programme. */
function wordsIn(html: string): string {
  return html
    .replace(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, '')
    .replace(/<code>[^<]*<\/code>|<pre[\s\S]*?<\/pre>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\b[a-z]+(?:-[a-z]+)+\b/g, '');
}

/** On a phone nothing is cut off, and nothing fails to load. */
async function looksRight(out: string, pages: readonly string[]): Promise<void> {
  const served: Served = await serve(out, { base: '/', port: 0, host: '127.0.0.1' });
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  try {
    for (const path of pages.filter((candidate) =>
      /^(?:index|schedule\/index|matrix\/index|releases\/\w+\/index|plan\/index)\.html$/.test(candidate),
    )) {
      await page.goto(new URL(path.replace(/index\.html$/, ''), served.address).href);
      const { scroll, width } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }));
      expect(scroll, path).toBeLessThanOrEqual(width);
    }
    expect(faults).toEqual([]);
  } finally {
    await page.close();
    served.server.closeAllConnections();
    served.server.close();
  }
}
