import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from '../scripts/serve.ts';
import { readContent } from '../src/load/read-content.ts';
import { addressOfPage } from '../src/site/addresses.ts';
import type { Models } from '../src/site/project/pages/all.ts';
import type { Site } from '../src/site/site.ts';
import { addresses as looked } from './support/addresses.ts';
import { openBrowser } from './support/browser.ts';
import { unshown } from './support/shown.ts';
import { sampleMoment, siteAt } from './support/site.ts';

/**
 * The sample content, built for real with a secret in every private field, under a base path that is not "/", then read
 * as files and walked through in a real browser under the strict Content-Security-Policy.
 */
const base = '/trial/ccmt/';
const project = fileURLToPath(new URL('..', import.meta.url));
const canaries = [
  'Quillfeather',
  'git-canary',
  'TeamCanary',
  '2020-01-01T03:33',
  'SystemCanary',
  'SourceIdCanary',
  'profilecanary',
  'FileCanary',
  'PersonCanary',
  'SheetCanary',
  'DigestCanary',
  'ColumnCanary',
  'ValueCanary',
];
let folder: string;
let dist: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-site-'));
  dist = join(folder, 'dist');
  cpSync(join(project, 'content'), join(folder, 'content'), { recursive: true });
  plantCanaries(join(folder, 'content'));
  plantDescription(join(folder, 'content'));
  const { status, stdout, stderr } = ccmt(['build', '--out', dist]);
  if (status !== 0) throw new Error(`the build failed:\n${stdout}\n${stderr}`);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the files of the site', () => {
  test.each([
    'index.html',
    '404.html',
    'releases/index.html',
    'releases/R05/index.html',
    'releases/R02/provisional/index.html',
    'releases/R02/final/index.html',
    'releases/R03/erratum-1/index.html',
    'matrix/index.html',
    'matrix/20200910T0650Z/index.html',
    'schedule/index.html',
    'defects/index.html',
    'defects/D-0009/index.html',
    'plan/index.html',
    'plan/raci/index.html',
    'rules/index.html',
    'rules/tested-before-market/index.html',
    'search/index.html',
    'pagefind/pagefind.js',
  ])('has %s', (path) => expect(existsSync(join(dist, path))).toBe(true));

  test('no secret of a private field is anywhere, compressed files included', () => {
    const haystack = files(dist).map((path) => ({ path, text: everyText(readFileSync(path)) }));
    for (const canary of canaries) {
      const wanted = [
        canary,
        Buffer.from(canary).toString('base64').replaceAll('=', ''),
        encodeURIComponent(canary),
      ].map((text) => text.toLowerCase());
      expect(
        haystack.filter(({ text }) => wanted.some((token) => text.includes(token))).map(({ path }) => path),
        canary,
      ).toEqual([]);
    }
    expect(haystack.some(({ path, text }) => path.includes('pf_fragment') && text.includes('d-0009'))).toBe(true);
  });

  test('each stage as JSON has the digest that was published', () => {
    const log = readFileSync(join(project, 'content/releases/R02.mdx'), 'utf8');
    for (const stage of ['provisional', 'final']) {
      const digest = createHash('sha256')
        .update(readFileSync(join(dist, `releases/R02/${stage}.json`)))
        .digest('hex');
      expect(log).toContain(digest);
      expect(html(`releases/R02/${stage}/`)).toContain(digest);
    }
  });

  test('a confirmed note announces nothing for later', () => {
    const notes = readdirSync(join(dist, 'releases')).flatMap((id) => {
      const confirmed = ['final', 'erratum-1'].filter((stage) => existsSync(join(dist, 'releases', id, stage)));
      return confirmed.map((stage) => `releases/${id}/${stage}/`);
    });
    expect(notes.length).toBeGreaterThan(10);
    expect(notes.filter((path) => /to be announced/i.test(html(path)))).toEqual([]);
  });

  test('nothing of the build is left behind', () => {
    expect(files(dist).filter((path) => /\.prerender|data-layer|\.map$/.test(path))).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['content', 'dist']);
  });

  test('no page has an inline script or style, and every internal link leads somewhere', () => {
    for (const path of files(dist).filter((file) => file.endsWith('.html'))) {
      const page = readFileSync(path, 'utf8');
      expect(
        [...page.matchAll(/<script[^>]*>/g)].filter(([tag]) => !tag.includes(' src=')),
        path,
      ).toEqual([]);
      expect(page, path).not.toMatch(/<style|\sstyle="|\son\w+="|javascript:/);
      for (const [, address] of page.matchAll(/\s(?:href|src)="(\/[^"#?]*)/g)) {
        expect(address?.startsWith(base), `${path} links to ${address}`).toBe(true);
        const target = join(
          dist,
          decodeURI((address as string).slice(base.length)),
          (address as string).endsWith('/') ? 'index.html' : '',
        );
        expect(existsSync(target), `${path} links to ${address}`).toBe(true);
      }
    }
  });

  test('every page is valid HTML', { timeout: 60_000 }, async () => {
    // How long a title may be is the taste of a search engine, and white space at the end of a line shows nowhere.
    const rules = { 'long-title': 'off', 'no-trailing-whitespace': 'off' } as const;
    const validator = new HtmlValidate(
      new StaticConfigLoader({ root: true, extends: ['html-validate:recommended'], rules }),
    );
    const found: string[] = [];
    for (const path of files(dist).filter((file) => file.endsWith('.html'))) {
      const { results } = await validator.validateString(readFileSync(path, 'utf8'));
      for (const { messages } of results)
        found.push(...messages.map(({ ruleId, message }) => `${path.slice(dist.length)} ${ruleId}: ${message}`));
    }
    expect(found).toEqual([]);
    expect((await validator.validateString('<ul><p id="1"></ul>')).valid).toBe(false);
  });

  test('every page carries the label of illustrative data and the notice of the owner', () => {
    for (const path of files(dist).filter((file) => file.endsWith('.html'))) {
      const page = readFileSync(path, 'utf8');
      expect(page, path).toContain('Illustrative data');
      expect(page, path).toContain('© 2020 Fennimore Vale');
    }
  });

  const asOf =
    /<p class="as-of">\s*As of <time datetime="2020-11-18T11:00:00\+00:00">Wed 18 November 2020, 11:00 GMT</g;
  test.each([
    '',
    'releases/',
    'releases/R02/',
    'releases/R02/final/',
    'releases/R11/',
    'matrix/',
    'schedule/',
    'schedule/2020-11-16/',
    'defects/',
    'defects/D-0009/',
    'issues/',
    'retests/',
    'changes/',
    'changes/CH-0001/',
    'components/core/',
    'plan/',
    'plan/coverage/',
    'rules/',
    'rules/provisional-note-on-time/',
  ])('/%s depends on the moment of looking, and says once what that is', (path) =>
    expect(html(path).match(asOf)).toHaveLength(1),
  );

  test.each([
    'matrix/20200910T0650Z/',
    'schedule/2020-09-07/',
    'plan/raci/',
    'plan/about/',
    'rules/tested-before-market/',
    'search/',
  ])('/%s does not depend on the moment of looking, and is silent about it', (path) =>
    expect(html(path)).not.toMatch(/As of/),
  );

  test('every page shows all that its model holds', async () => {
    const { site } = siteAt(await readContent(join(folder, 'content')), sampleMoment);
    const shown = pagesWithAddress(site);
    expect(shown.length).toBe(files(dist).filter((path) => path.endsWith('/index.html')).length);
    expect(shown.flatMap(({ path, model }) => unshown(model, html(path)).map((text) => `${path} ${text}`))).toEqual([]);
    expect(unshown({ title: 'Nowhere', at: { local: '2019-01-01T10:00:00+00:00', zone: 'GMT' } }, html(''))).toEqual([
      'title: Nowhere',
      'at: 2019-01-01T10:00:00+00:00',
    ]);
  });

  test('the manifest says as of when the site was made', () =>
    expect(JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))).toMatchObject({
      format: 1,
      asOf: '2020-11-18T11:00:00Z',
      programme: 'CSS Consequential',
      planVersion: 'V0.3',
    }));

  test.each([
    ['C-005', 'index.html', '© 2020 Fennimore Vale'],
    ['C-018', 'plan/about/index.html', '<h1>'],
    ['C-036', 'releases/R10/index.html', 'Progress through environments'],
    ['C-036', 'releases/R10/index.html', 'What it still has to pass'],
    ['C-036', 'defects/D-0047/index.html', 'Why it is in the release of Thu 19 November 2020'],
    ['C-067', 'schedule/index.html', 'Nothing is promised for the week in which a defect is raised'],
    ['C-067', 'defects/D-0066/index.html', 'not fixed and deployed automatically in the week they are raised'],
    ['C-072', 'releases/R10/provisional/index.html', '<strong>Provisional note.</strong>'],
    ['C-109', 'matrix/index.html', 'Deployed, not tested'],
    ['C-122', 'releases/R10/index.html', 'Fixes delivered'],
    ['C-125', 'releases/R10/index.html', 'Release review held'],
    ['C-140', 'plan/coverage/index.html', 'id="C-140"'],
  ])('what only a page can show, %s, is on %s', (_, path, text) =>
    expect(readFileSync(join(dist, path), 'utf8').replace(/\s+/g, ' ')).toContain(text),
  );

  test('the first page says what is due next, by role and never by name', () => {
    expect(html('')).toMatch(
      /Due Tue 24 November, end of day[\s\S]*The provisional note of [\s\S]*R11[\s\S]*Release Manager/,
    );
  });

  test('text of a tracker is shown as the text that it is', () => {
    const all = files(dist)
      .filter((path) => path.includes('/defects/') && path.endsWith('.html'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('');
    expect(all).toContain('&lt;MPRN&gt; {0}');
    expect(all).not.toContain('<MPRN>');
  });

  test('the description of a tracker is on the page of its defect, folded when it is long, and found by the search', () => {
    const page = html('defects/D-9001/');
    expect(page).toContain('Not rated yet');
    expect(page).toContain('Not known yet');
    expect(page).toMatch(/<details>\s*<summary>Show all [\d,]+ characters<\/summary>/);
    expect(page).toContain('<h3 id="in-tracker-steps">Steps</h3>');
    expect(page).toMatch(/A screen[\s\S]*<h4 id="in-tracker-deep">[\s\S]*The &#x3C;MPRN> of a site/);
    expect(page).not.toMatch(/alert\(1\)<|<img|onclick="/);
    expect(
      files(dist)
        .filter((path) => path.includes('pf_fragment'))
        .some((path) => everyText(readFileSync(path)).includes('a screen')),
    ).toBe(true);
  });
});

describe('a build that finds an error', () => {
  test('publishes nothing and leaves the site as it was', () => {
    const before = files(dist).map(
      (path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`,
    );
    const broken = join(folder, 'broken');
    cpSync(join(folder, 'content'), broken, { recursive: true });
    writeFileSync(
      join(broken, 'releases/R05.mdx'),
      readFileSync(join(broken, 'releases/R05.mdx'), 'utf8').replace('did: approve', 'did: aprove'),
    );
    const { status, stderr, stdout } = ccmt(['build', '--out', dist, '--content', broken]);
    expect(status).toBe(1);
    expect(stderr).toBe('Nothing was built: fix the errors first.\n');
    expect(stdout).toContain('Did you mean "approve"?');
    expect(
      files(dist).map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`),
    ).toEqual(before);
    rmSync(broken, { recursive: true });
  });

  test("Astro's own build refuses as well", () => {
    const broken = join(folder, 'broken');
    cpSync(join(folder, 'content'), broken, { recursive: true });
    rmSync(join(broken, 'raci.yaml'));
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      [join(project, 'node_modules/astro/bin/astro.mjs'), 'build'],
      {
        cwd: project,
        encoding: 'utf8',
        env: { ...process.env, CCMT_CONTENT: broken, CCMT_OUT_DIR: join(folder, 'never') },
      },
    );
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain('raci.yaml is missing');
    expect(existsSync(join(folder, 'never'))).toBe(false);
    rmSync(broken, { recursive: true });
  });
});

test(
  'two builds of the same content are the same, byte for byte, whatever the time zone and the folder',
  { timeout: 120_000 },
  () => {
    const other = join(folder, 'again');
    const { status } = ccmt(['build', '--out', other], { TZ: 'Asia/Tokyo', LANG: 'ja_JP.UTF-8' });
    expect(status).toBe(0);
    const digests = (root: string) =>
      files(root).map(
        (path) => `${path.slice(root.length)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`,
      );
    expect(digests(other)).toEqual(digests(dist));
    rmSync(other, { recursive: true });
  },
);

test('another programme builds with no change of the source', { timeout: 120_000 }, () => {
  const other = join(folder, 'ticketing');
  const { status, stdout } = ccmt(['build', '--out', other, '--content', join(project, 'tests/programmes/ticketing')]);
  expect(status, stdout).toBe(0);
  const home = readFileSync(join(other, 'index.html'), 'utf8');
  expect(home).toContain('Pilot ferries');
  const pages = files(other)
    .filter((path) => path.endsWith('.html') && !path.includes('/rules/'))
    .map((path) => readFileSync(path, 'utf8'))
    .join('');
  expect(pages).not.toMatch(/\bQAS2\b|\bCCMTWG\b|Release Manager|\bMT\b/);
  rmSync(other, { recursive: true });
});

describe('in a real browser', () => {
  let browser: Browser;
  let served: Served;
  beforeAll(async () => {
    browser = await openBrowser();
    served = await serve(dist, { base, port: 0, host: '127.0.0.1' });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    served?.server.closeAllConnections();
    served?.server.close();
  });

  test(
    'home, search, note, matrix: no console error, no failed request, no report of the policy',
    { timeout: 60_000 },
    async () => {
      const { page, faults } = await open(browser);
      await page.goto(served.address);
      await page.getByRole('navigation').getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').fill('D-0009');
      await page
        .getByRole('main')
        .getByRole('link', { name: /D-0009/ })
        .first()
        .click();
      await page.waitForURL(/defects\/D-0009\/$/);
      await page.getByRole('main').getByRole('link', { name: /R03/ }).first().click();
      await page.waitForURL(/releases\/R03\//);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/R03/);
      await page.getByRole('navigation').getByRole('link', { name: 'Matrix' }).click();
      await page.waitForURL(/matrix\/$/);
      expect(await page.getByRole('table').first().innerText()).toContain('4.18.0');
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  test('what changed is told between any two points, and the choice of whom for is kept on the device', async () => {
    const { page, faults } = await open(browser);
    await page.goto(`${served.address}defects/D-0043/`);
    await page.getByRole('link', { name: 'What changed since then' }).click();
    await page.getByRole('heading', { name: 'What changed since D-0043 was raised' }).waitFor();
    const versions = async () =>
      (await page.locator('[data-kind="version"] tbody tr').allInnerTexts()).map((text) =>
        text.replaceAll(/\s+/g, ' '),
      );
    expect(await versions()).toContainEqual(
      expect.stringMatching(/Billing and registration core 4\.17\.0 4\.18\.0 .*R08/),
    );
    await page.getByLabel('Until').fill('R07');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('heading', { name: 'What changed since D-0043 was raised, until R07' }).waitFor();
    expect(await versions()).toHaveLength(2);
    expect(page.url()).toMatch(/\?from=D-0043&until=R07$/);
    await page.getByLabel('Market role').selectOption('meter-agent');
    await page.getByRole('button', { name: 'Use this choice on every page' }).click();
    await page.goto(`${served.address}issues/`);
    const status = () => page.getByRole('status').innerText();
    expect(await status()).toMatch(/^All \d+ known issues are shown\. 4 of them are marked as yours\.$/);
    await page.getByRole('button', { name: 'Show only these' }).click();
    expect(await page.getByLabel('Market role').inputValue()).toBe('meter-agent');
    expect(await status()).toMatch(/^4 of \d+ known issues are shown\.$/);
    await page.getByRole('button', { name: 'Forget this choice' }).click();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.reload();
    expect(await page.getByRole('status').innerText()).toMatch(/^All \d+ known issues are shown\.$/);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('the matrix leads to a day, and compares environments and days', async () => {
    const { page, faults } = await open(browser);
    await page.goto(`${served.address}matrix/`);
    await page.getByLabel('As it stood at the end of').fill('2020-10-01');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL(/matrix\/20200924T1515Z\/$/);
    await page.goto(`${served.address}matrix/compare/`);
    await page.getByLabel('Compare: at the end of').fill('2020-10-15');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: 'MT, 2020-10-15 and MT now' }).waitFor();
    const rows = await page.locator('[data-result] tbody tr').allInnerTexts();
    expect(rows.map((row) => row.replaceAll(/\s+/g, ' '))).toContain('Billing and registration core 4.16.0 4.18.0');
    expect(page.url()).toMatch(/a=mt&a-on=2020-10-15&b=mt$/);
    await page.getByRole('link', { name: 'The matrix' }).click();
    await page.getByRole('link', { name: '4.18.0' }).click();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Billing and registration core in MT');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('records are followed on the device, and a link takes the list along', async () => {
    const { page, faults } = await open(browser);
    await page.goto(`${served.address}defects/D-0047/`);
    await page.getByRole('button', { name: 'Follow on this device' }).click();
    await page.goto(`${served.address}components/core/`);
    await page.getByRole('button', { name: 'Follow on this device' }).click();
    await page.goto(`${served.address}for/`);
    const entries = page.locator('[data-entries] li');
    await entries.nth(1).waitFor();
    expect(await entries.first().innerText()).toMatch(/^D-0047 .*: It is committed for R10.*; Fix ready for release/);
    expect(await page.locator('[data-told]').innerText()).toBe('Nothing changed since you last saw it.');
    await page.evaluate(
      "localStorage.setItem('my-list', localStorage.getItem('my-list').replace('Fix ready', 'Fixing'))",
    );
    await page.reload();
    await entries.nth(1).waitFor();
    expect(await entries.first().innerText()).toMatch(/Changed; it was: .*Fixing for release/);
    const link = (await page.getByRole('link', { name: 'Link to this list' }).getAttribute('href')) ?? '';
    await page.evaluate('localStorage.clear()');
    await page.goto(`${served.address}for/${link}`);
    await page.getByRole('button', { name: 'Add to my list' }).click();
    await entries.nth(1).waitFor();
    await page.getByRole('button', { name: /Stop following D-0047/ }).click();
    await expect.poll(() => entries.count()).toBe(1);
    await page.goto(`${served.address}for/?list=https://evil.example/,../../x,defects/<b>`);
    expect(await page.locator('[data-offer]').isHidden()).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('everything but the search works without JavaScript', { timeout: 60_000 }, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${served.address}defects/`);
    expect(
      await page
        .getByRole('main')
        .getByRole('link', { name: /^D-\d{4}/ })
        .count(),
    ).toBeGreaterThan(60);
    for (const path of looked) {
      await page.goto(served.address + path);
      expect(await page.locator('.filters:visible, .scripted:visible').count(), path).toBe(0);
    }
    await page.goto(`${served.address}search/`);
    expect(await page.getByRole('main').innerText()).toMatch(/JavaScript/);
    await page.goto(`${served.address}nowhere/`);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await context.close();
  });

  test.each(looked)(
    '/%s has no accessibility violation, light or dark, and does not scroll sideways on a phone',
    { timeout: 60_000 },
    async (path) => {
      const context = await browser.newContext();
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await context.newPage();
        await page.emulateMedia({ colorScheme });
        const response = await page.goto(served.address + path);
        expect(response?.status()).toBe(200);
        await page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true");
        // In the dark a page differs in its colours only, and no page has frames, which are what the other mode is for.
        const axe = new AxeBuilder({ page }).setLegacyMode();
        const runOnly =
          colorScheme === 'light'
            ? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
            : ['color-contrast', 'link-in-text-block'];
        const { violations } = await axe.options({ runOnly, resultTypes: ['violations'] }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
        await page.close();
      }
      await context.close();
    },
  );

  test.each([
    ['a desktop that remembers for whom', 1280, 900, 'role=shipper&fuel=gas'],
    ['a phone', 390, 844, ''],
  ])('no page jumps while it loads, on %s', { timeout: 60_000 }, async (_, width, height, kept) => {
    const context = await browser.newContext({ viewport: { width, height } });
    await context.addInitScript(
      `localStorage.setItem('for-whom', '${kept}');
       self.shift = 0;
       new PerformanceObserver((list) => { for (const { value } of list.getEntries()) self.shift += value; })
         .observe({ type: 'layout-shift', buffered: true });`,
    );
    const page = await context.newPage();
    const jumping: string[] = [];
    for (const path of looked) {
      await page.goto(served.address + path, { waitUntil: 'load' });
      await page.waitForTimeout(150);
      const shift = Number(await page.evaluate('self.shift'));
      if (shift >= 0.02) jumping.push(`${path} ${shift.toFixed(3)}`);
    }
    expect(jumping).toEqual([]);
    await context.close();
  });
});

function pagesWithAddress({ pages }: Site): { path: string; model: unknown }[] {
  return Object.entries(pages).flatMap(([name, entries]) =>
    entries.flatMap(({ params, model }: { params: Record<string, string>; model: unknown }) => {
      const address = addressOfPage(name as keyof Models, params);
      return address === undefined ? [] : [{ path: address.slice(1), model }];
    }),
  );
}

async function open(browser: Browser): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on(
    'console',
    (message) => ['error', 'warning'].includes(message.type()) && faults.push(`console: ${message.text()}`),
  );
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  // What is still on its way when a reader goes on is given up, and no fault: the search fetches more than its first
  // results.
  page.on(
    'requestfailed',
    (request) => request.failure()?.errorText !== 'net::ERR_ABORTED' && faults.push(`failed: ${request.url()}`),
  );
  page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))",
  );
  return { page, context, faults };
}

function plantCanaries(content: string): void {
  replace(join(content, 'people.yaml'), /name: Carys Rowanhurst, git: [\w.]+/, 'name: Quillfeather, git: git-canary');
  replace(
    join(content, 'defects/D-0009.md'),
    /\n {2}team: .*\n {2}assigned: .*\n/,
    '\n  team: TeamCanary\n  assigned: 2020-01-01T03:33\n  source: {system: SystemCanary, id: SourceIdCanary, profile: profilecanary, file: FileCanary.csv, sheet: SheetCanary, row: 7, sha256: DigestCanary}\n  other: [{column: ColumnCanary, values: [ValueCanary]}]\n',
  );
  replace(join(content, 'plan/plan.md'), /(reviewers:\n\s+- \{)/, '$1person: PersonCanary, ');
}

/**
 * An imported defect that nobody has rated, with a description meant to do harm, long enough to be folded, and in it
 * all that a page can show.
 */
function plantDescription(content: string): void {
  const text = `<h1 onclick="alert(1)">Steps</h1><script>alert(1)</script><img src=x onerror=alert(1) alt="A screen"><h5>Deep</h5><table><tr><th>Field<th>Sent<tr><td>MPRN<td>471</table><pre>a  b</pre><a href="javascript:alert(1)">bad</a> <a href="https://example.org/">good</a><p>${'The <MPRN> of a site. '.repeat(90)}</p>`;
  const tracker = {
    key: 'CCMT-9001',
    title: 'Unrated <img src=x onerror=alert(1)>',
    status: 'new',
    raised: '2020-11-16T10:00',
    team: 'Core Build',
    assigned: '2020-11-16T11:00',
    description: { format: 'html', text },
  };
  writeFileSync(
    join(content, 'defects/D-9001.md'),
    `---\n${JSON.stringify({ id: 'D-9001', tracker, summary: 'Nobody has rated it.' })}\n---\n`,
  );
}

function replace(path: string, from: RegExp, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!from.test(text)) throw new Error(`no place for a canary in ${path}`);
  writeFileSync(path, text.replace(from, to));
}

function everyText(bytes: Buffer): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8').toLowerCase();
}

function files(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function html(path: string): string {
  return readFileSync(join(dist, path, 'index.html'), 'utf8');
}

function ccmt(
  args: string[],
  environment: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    CCMT_CONTENT: join(folder, 'content'),
    CCMT_BASE: base,
    CCMT_AS_OF: '',
    ...environment,
  };
  return spawnSync(process.execPath, [join(project, 'scripts/cli.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
}
