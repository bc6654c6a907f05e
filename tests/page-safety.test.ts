import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from '../scripts/serve.ts';
import { renderBody } from '../src/site/text/render-body.ts';
import { parseBody } from '../src/validate/body.ts';
import { openBrowser } from './support/browser.ts';

/**
 * What protects the readers of a page, and what keeps its words as they were written: each of it would be missed by a
 * test here. The sample content is built for real, served, and attacked in a real browser.
 */
const base = '/trial/ccmt/';
const project = fileURLToPath(new URL('..', import.meta.url));
const words = `It's "as written" -- 'each' mark... even (c) 1/2`;
let folder: string;
let dist: string;
let served: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-safety-'));
  dist = join(folder, 'dist');
  cpSync(join(project, 'content'), join(folder, 'content'), { recursive: true });
  const defect = join(folder, 'content/defects/D-0066.md');
  writeFileSync(defect, `${readFileSync(defect, 'utf8')}\n${words}\n`);
  const env = { ...process.env, NO_COLOR: '1', CCMT_CONTENT: join(folder, 'content'), CCMT_BASE: base, CCMT_AS_OF: '' };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'scripts/cli.ts'), 'build', '--out', dist],
    { encoding: 'utf8', env },
  );
  if (status !== 0) throw new Error(`the build failed:\n${stdout}\n${stderr}`);
  served = await serve(dist, { base, port: 0, host: '127.0.0.1' });
}, 120_000);
afterAll(() => {
  end(served?.server);
  rmSync(folder, { recursive: true, force: true });
});

describe('the headers', () => {
  const wanted = `/*
  Content-Security-Policy: frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Referrer-Policy: no-referrer
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
`;

  test('are in the file that static hosts read', () => {
    expect(readFileSync(join(dist, '_headers'), 'utf8')).toBe(wanted);
  });

  test.each<[number, string, RequestInit]>([
    [200, '', {}],
    [200, 'pagefind/pagefind.js', {}],
    [206, 'favicon.svg', { headers: { Range: 'bytes=0-1' } }],
    [302, 'releases', {}],
    [404, 'nowhere/', {}],
    [405, '', { method: 'POST' }],
    [416, 'favicon.svg', { headers: { Range: 'bytes=99999-' } }],
  ])('are sent with %i, and no others that are not wanted', async (status, path, request) => {
    const response = await fetch(served.address + path, { redirect: 'manual', ...request });
    const usual = [
      'accept-ranges',
      'allow',
      'cache-control',
      'connection',
      'content-length',
      'content-range',
      'content-type',
      'date',
      'etag',
      'keep-alive',
      'location',
    ];
    const sent = [...response.headers]
      .filter(([name]) => !usual.includes(name))
      .map(([name, value]) => `  ${name}: ${value}`);
    expect(response.status).toBe(status);
    expect(sent.sort()).toEqual(
      wanted
        .split('\n')
        .slice(1, -1)
        .map((line) => line.replace(/[\w-]+/, (name) => name.toLowerCase()))
        .sort(),
    );
  });
});

describe('the policy of each page', () => {
  const pages = () => files().filter((path) => path.endsWith('.html'));

  test('is there once, before anything that it is about, with just these directives', () => {
    expect(pages().length).toBeGreaterThan(250);
    for (const path of pages()) {
      const page = readFileSync(join(dist, path), 'utf8');
      const [before = '', policy, ...more] = page.split(
        /<meta http-equiv="content-security-policy" content="([^"]*)">/i,
      );
      expect(more.length, path).toBe(1);
      expect(before, path).not.toMatch(/<(?:script|style|body|base|meta http-equiv)|rel="stylesheet"/);
      const directives = policy
        ?.split(';')
        .map((directive) =>
          directive
            .trim()
            .split(' ')
            .filter((source) => !/^'sha256-[\w+/]{43}='$/.test(source))
            .join(' '),
        )
        .filter(Boolean);
      expect(directives?.sort(), path).toEqual([
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "worker-src 'self'",
      ]);
    }
  });
});

describe('in a real browser', () => {
  let browser: Browser;
  let elsewhere: Server;
  let other: string;
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      const isScript = request.url === '/script.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
      const frames = `<!doctype html><title>Elsewhere</title><iframe src="${served.address}"></iframe><iframe src="/harmless"></iframe>`;
      response.end(
        isScript ? "globalThis.ran.push('a script from elsewhere')" : request.url === '/frames' ? frames : 'harmless',
      );
    }).listen(0, '127.0.0.1');
    await new Promise((done) => elsewhere.once('listening', done));
    other = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    end(elsewhere);
  });

  test(
    'nothing runs that was put into a page, and all of it would without the policy',
    { timeout: 60_000 },
    async () => {
      const harm = ['an inline script', 'a handler', 'a link', 'a script from elsewhere', 'a frame'];
      expect(await attack((page) => page, 1_000)).toEqual({ ran: [], asked: [], styled: false });
      const {
        ran,
        asked: askedFor,
        styled,
      } = await attack((page) => page.replace(/<meta http-equiv="content-security-policy"[^>]*>/, ''), 20_000);
      expect({ ran: ran.sort(), styled }).toEqual({ ran: harm.sort(), styled: true });
      expect(askedFor).toContain('/form?');
    },
  );

  test('the site is not shown in a frame of another page', { timeout: 60_000 }, async () => {
    const page = await browser.newPage();
    await page.goto(`${other}/frames`);
    const [, site, harmless] = page.frames();
    await expect.poll(() => harmless?.url()).toBe(`${other}/harmless`);
    await expect.poll(() => site?.url()).toBe('chrome-error://chromewebdata/');
    await page.close();
  });

  /**
   * Serves a copy of the site with harm in its first page, opens it, presses what is there to be pressed, and waits for
   * harm to be done.
   */
  async function attack(
    change: (page: string) => string,
    patience: number,
  ): Promise<{ ran: string[]; asked: string[]; styled: boolean }> {
    const copy = join(folder, 'attacked');
    cpSync(dist, copy, { recursive: true });
    const parts = [
      "<script>ran.push('an inline script')</script>",
      `<img src="data:," alt="" onerror="ran.push('a handler')">`,
      `<a id="bad-link" href="javascript:void ran.push('a link')">Press</a>`,
      `<script src="${other}/script.js"></script>`,
      `<iframe srcdoc="<script>parent.ran.push('a frame')</script>"></iframe>`,
      `<p id="styled" style="color: rgb(1, 2, 3)">Styled</p>`,
      `<form action="${other}/form" target="_blank"><button id="bad-form">Send</button></form>`,
    ];
    const page = readFileSync(join(copy, 'index.html'), 'utf8');
    writeFileSync(
      join(copy, 'index.html'),
      change(page).replace(/<main[^>]*>/, (main) => main + parts.join('')),
    );
    const site = await serve(copy, { base, port: 0, host: '127.0.0.1' });
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.addInitScript('globalThis.ran = []');
    asked.length = 0;
    await tab.goto(site.address, { waitUntil: 'networkidle' });
    await tab.locator('#bad-link').click();
    await tab.locator('#bad-form').click();
    for (let waited = 0; waited < patience && !asked.includes('/form?'); waited += 100) await tab.waitForTimeout(100);
    const ran = (await tab.evaluate('ran')) as string[];
    const styled = (await tab.evaluate("getComputedStyle(document.getElementById('styled')).color")) === 'rgb(1, 2, 3)';
    await context.close();
    end(site.server);
    rmSync(copy, { recursive: true });
    return { ran, asked: [...asked], styled };
  }
});

describe('words are shown as they were written', () => {
  test.each([
    ['defects/D-0066', words],
    ['releases/R06/final', "Use a name such as O'Hara Close."],
    ['releases/R07/provisional', "This week's release is on "],
  ])('in the body of %s', (path, text) => {
    expect(textOf(`${path}/index.html`)).toContain(text);
  });

  test('in any body of a release', () => {
    const { body, findings } = parseBody('R99.mdx', words, 0);
    expect(findings).toEqual([]);
    expect(decode(renderBody(body.tree, { base }))).toBe(`<p>${words}</p>`);
  });

  test('on every page of a rule', () => {
    const marks = (text: string) =>
      (text.match(/["'`‘’“”–—…]|--|\.\.\./g) ?? [])
        .filter((mark) => mark !== '`')
        .sort()
        .join(' ');
    const rules = readdirSync(join(project, 'src/check/rules')).filter((name) => name.endsWith('.mdx'));
    for (const rule of rules) {
      const source = readFileSync(join(project, 'src/check/rules', rule), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '');
      const prose = textOf(`rules/${rule.replace('.mdx', '')}/index.html`, /<div class="prose">([\s\S]*?)<\/main>/);
      expect(marks(prose), rule).toBe(marks(source));
    }
    expect(
      rules.some((rule) =>
        /\w'\w/.test(readFileSync(join(project, 'src/check/rules', rule), 'utf8').replaceAll(/```[\s\S]*?```/g, '')),
      ),
    ).toBe(true);
  });

  test('and do not run together where one element follows another', () => {
    expect(textOf('matrix/index.html')).toMatch(/ 4\.19\.0 Deployed 4\.19\.0 /);
    expect(textOf('schedule/index.html')).toContain('Earlier weeks Later weeks');
  });
});

/** The text of a page as a browser would copy it, elements that stand in a line not parted. */
function textOf(path: string, part = /<body[^>]*>([\s\S]*)<\/body>/): string {
  const [, html = ''] = part.exec(readFileSync(join(dist, path), 'utf8')) ?? [];
  const text = html.replace(/<\/?(\w+)(?:\s[^>]*)?>/g, (_, name: string) =>
    /^(?:a|abbr|code|em|span|strong|time)$/.test(name) ? '' : ' ',
  );
  return decode(text).replace(/\s+/g, ' ');
}

function decode(text: string): string {
  const entities: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    '#x27': "'",
    '#x26': '&',
    '#x3C': '<',
  };
  return text.replace(/&(#?\w+);/g, (entity, name: string) => entities[name] ?? entity);
}

function files(): string[] {
  return readdirSync(dist, { recursive: true }).map(String).sort();
}

function end(server: Server | undefined): void {
  server?.closeAllConnections();
  server?.close();
}
