import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from '../scripts/serve.ts';
import { securityHeaders } from '../src/site/security-headers.ts';

/**
 * A small site and a server, asked in every way that a socket can; each answer has the security headers, and the server
 * goes on.
 */
const page = '<!doctype html><title>Home</title>';
const numbers = '0123456789'.repeat(10);
let folder: string;
let site: string;
let served: Served;
let atRoot: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ccmt-serve-'));
  site = join(folder, 'site');
  mkdirSync(join(site, 'releases/R 1'), { recursive: true });
  mkdirSync(join(folder, 'outside'));
  for (const [path, text] of [
    ['site/index.html', page],
    ['site/404.html', 'Nothing here'],
    ['site/numbers.txt', numbers],
    ['site/releases/index.html', 'All'],
    ['site/releases/R 1/index.html', 'R 1'],
    ['site/empty.txt', ''],
    ['site/.hidden', 'no'],
    ['outside/secret.txt', 'secret'],
    ['outside/index.html', 'secret'],
  ] as const)
    writeFileSync(join(folder, path), text);
  writeFileSync(join(site, 'large.bin'), Buffer.alloc(20_000_000, 'x'));
  symlinkSync('../outside/secret.txt', join(site, 'out.txt'));
  symlinkSync('../outside', join(site, 'out'));
  mkdirSync(join(site, 'linked'));
  symlinkSync('../../outside/index.html', join(site, 'linked/index.html'));
  symlinkSync('numbers.txt', join(site, 'within.txt'));
  symlinkSync('loop.txt', join(site, 'loop.txt'));
  spawnSync('mkfifo', [join(site, 'pipe.txt')]);
  served = await serve(site, {
    base: '/trial/ccmt/',
    port: 0,
    host: '127.0.0.1',
    names: ['site.example'],
    patience: 400,
  });
  atRoot = await serve(site, { base: '/', port: 0, host: '127.0.0.1' });
});
afterAll(() => {
  for (const { server } of [served, atRoot]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, ...headers: string[]) =>
  `GET ${path} HTTP/1.1\r\n${['Host: localhost', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`;
const asking = (method: string, path = '/trial/ccmt/', ...headers: string[]) =>
  get(path, ...headers).replace('GET', method);
const from = (...hosts: string[]) =>
  `GET /trial/ccmt/ HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join('')}Connection: close\r\n\r\n`;

describe('a request is answered with the security headers, and the server goes on', () => {
  test.each<[string, string, number]>([
    ['a page', get('/trial/ccmt/'), 200],
    ['a page with a query', get('/trial/ccmt/?a=/../b'), 200],
    ['the place above', get('/'), 302],
    ['the base without its slash', get('/trial/ccmt'), 302],
    ['a folder without its slash', get('/trial/ccmt/releases'), 302],
    ['a percent-encoded page', get('/trial/ccmt/releases/R%201/'), 200],
    ['a page that is not there', get('/trial/ccmt/nowhere/'), 404],
    ['a place beside the base', get('/other/'), 404],
    ['a folder that the base begins like', get('/trial/ccmt2/'), 404],
    ['a file as a folder', get('/trial/ccmt/numbers.txt/'), 404],
    ['a hidden file', get('/trial/ccmt/.hidden'), 404],
    ['the folder above', get('/trial/ccmt/../../etc/passwd'), 404],
    ['the folder above, encoded', get('/trial/ccmt/%2e%2e/outside/secret.txt'), 404],
    ['the folder above, in one segment', get('/trial/ccmt/..%2foutside%2fsecret.txt'), 404],
    ['the folder above, with backslashes', get('/trial/ccmt/..\\outside\\secret.txt'), 404],
    ['the folder above, with encoded backslashes', get('/trial/ccmt/..%5coutside%5csecret.txt'), 404],
    ['a zero byte', get('/trial/ccmt/numbers.txt%00.html'), 400],
    ['half a percent encoding', get('/trial/ccmt/%e0%a4'), 400],
    ['no percent encoding', get('/trial/ccmt/%zz'), 400],
    ['bytes that are no ASCII', get('/trial/ccmt/é\u{1F600}'), 400],
    ['encoded bytes that are no ASCII', get('/trial/ccmt/%C3%A9%F0%9F%98%80'), 404],
    ['two slashes', get('/trial/ccmt//'), 404],
    ['two slashes and a host', get('//evil.example/'), 404],
    ['two slashes and the base', get('//trial/ccmt'), 404],
    ['a long path', get(`/trial/ccmt/${'a'.repeat(8_000)}`), 404],
    ['a deep path', get(`/trial/ccmt/${'a/'.repeat(4_000)}`), 404],
    ['a path that is too long', get(`/trial/ccmt/${'a'.repeat(40_000)}`), 431],
    ['no path', get('trial'), 400],
    ['a star', get('*'), 400],
    ['a whole address', get('http://localhost/trial/ccmt/'), 200],
    ['a whole address without a path', get('http://localhost'), 302],
    ['a whole address elsewhere', get('http://evil.example/trial/ccmt/'), 421],
    ['a whole address with a user', get('http://localhost@evil.example/trial/ccmt/'), 400],
    ['a whole address of another kind', get('ftp://localhost/trial/ccmt/'), 400],
    ['HEAD', asking('HEAD'), 200],
    ['POST', asking('POST', '/trial/ccmt/', 'Content-Length: 2').concat('{}'), 405],
    [
      'a POST that waits to be asked on',
      asking('POST', '/trial/ccmt/', 'Content-Length: 2', 'Expect: 100-continue'),
      405,
    ],
    ['an expectation that nobody knows', get('/trial/ccmt/', 'Expect: the-best'), 417],
    ['OPTIONS', asking('OPTIONS'), 405],
    ['OPTIONS of the server', asking('OPTIONS', '*'), 405],
    ['TRACE', asking('TRACE'), 405],
    ['CONNECT', asking('CONNECT', 'localhost:80'), 405],
    ['a method that nobody knows', asking('BREW'), 405],
    ['a method in small letters', asking('get'), 405],
    [
      'an upgrade to a socket',
      get('/trial/ccmt/', 'Upgrade: websocket', 'Sec-WebSocket-Key: x').replace('close', 'Upgrade, close'),
      200,
    ],
    ['an upgrade to HTTP/2', get('/trial/ccmt/', 'Upgrade: h2c').replace('close', 'Upgrade, close'), 200],
    ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['an old request', 'GET /trial/ccmt/ HTTP/1.0\r\n\r\n', 200],
    ['a very old request', 'GET /trial/ccmt/\r\n\r\n', 400],
    ['no HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001hello\r\n\r\n', 400],
    ['a header without a name', get('/trial/ccmt/', ': x'), 400],
    ['a header with a line break in it', get('/trial/ccmt/', 'X-A: b\rX-C: d'), 400],
    ['headers that are too long', get('/trial/ccmt/', `X-A: ${'a'.repeat(40_000)}`), 431],
    ['two lengths', asking('POST', '/trial/ccmt/', 'Content-Length: 2', 'Content-Length: 3'), 400],
    ['a length and chunks', asking('POST', '/trial/ccmt/', 'Content-Length: 2', 'Transfer-Encoding: chunked'), 400],
    [
      'a body that goes on',
      asking('POST', '/trial/ccmt/', 'Content-Length: 3000000').concat('x'.repeat(3_000_000)),
      405,
    ],
    ['a GET with a body', get('/trial/ccmt/', 'Content-Length: 5').concat('hello'), 200],
    ['a link that leads out', get('/trial/ccmt/out.txt'), 404],
    ['a folder that is a link that leads out', get('/trial/ccmt/out/secret.txt'), 404],
    ['a folder that is a link that leads out, itself', get('/trial/ccmt/out'), 404],
    ['an index that is a link that leads out', get('/trial/ccmt/linked/'), 404],
    ['a link that leads to itself', get('/trial/ccmt/loop.txt'), 404],
    ['a link that stays within', get('/trial/ccmt/within.txt'), 200],
    ['a pipe', get('/trial/ccmt/pipe.txt'), 404],
    ['localhost', from('localhost:4321'), 200],
    ['a name of localhost', from('ccmt.localhost'), 200],
    ['localhost with the dot of the root', from('LOCALHOST.'), 200],
    ['an IP address', from('192.0.2.7:80'), 200],
    ['an IP address of version 6', from('[2001:db8::1]:8080'), 200],
    ['the name of the site', from('Site.example'), 200],
    ['a name that another may point here', from('evil.example:4321'), 421],
    ['a name that ends like ours', from('evilsite.example'), 421],
    ['a name that begins like ours', from('localhost.evil.example'), 421],
    ['a number as a name', from('2130706433'), 421],
    ['no host', from(), 400],
    ['an empty host', from(''), 400],
    ['two hosts', from('localhost', 'localhost'), 400],
    ['a host with a path', from('localhost/evil'), 400],
    ['a host with a user', from('a@localhost'), 400],
    ['a host with a port that is none', from('localhost:abc'), 400],
    ['the first bytes', get('/trial/ccmt/numbers.txt', 'Range: bytes=0-4'), 206],
    ['the last bytes', get('/trial/ccmt/numbers.txt', 'Range: bytes=-5'), 206],
    ['from some byte on', get('/trial/ccmt/numbers.txt', 'Range: bytes=95-'), 206],
    ['more bytes than there are', get('/trial/ccmt/numbers.txt', `Range: bytes=95-${'9'.repeat(400)}`), 206],
    ['a reversed range', get('/trial/ccmt/numbers.txt', 'Range: bytes=9-2'), 200],
    ['a range behind the end', get('/trial/ccmt/numbers.txt', 'Range: bytes=100-'), 416],
    ['a range far behind the end', get('/trial/ccmt/numbers.txt', `Range: bytes=${'9'.repeat(400)}-`), 416],
    ['a range of no bytes', get('/trial/ccmt/numbers.txt', 'Range: bytes=-0'), 416],
    ['a range of an empty file', get('/trial/ccmt/empty.txt', 'Range: bytes=0-'), 416],
    ['several ranges', get('/trial/ccmt/numbers.txt', 'Range: bytes=0-1,5-6'), 200],
    ['very many ranges', get('/trial/ccmt/numbers.txt', `Range: bytes=${'0-,'.repeat(4_000)}0-`), 200],
    ['a negative range', get('/trial/ccmt/numbers.txt', 'Range: bytes=-5--2'), 200],
    ['a range of something else', get('/trial/ccmt/numbers.txt', 'Range: lines=1-2'), 200],
    ['an empty range', get('/trial/ccmt/numbers.txt', 'Range: bytes='), 200],
    ['a range of nonsense', get('/trial/ccmt/numbers.txt', 'Range: \u00ff=;--'), 200],
    ['a range of a file that is not there', get('/trial/ccmt/nowhere', 'Range: bytes=0-4'), 404],
    ['a range of another version', get('/trial/ccmt/numbers.txt', 'Range: bytes=0-4', 'If-Range: "other"'), 200],
    ['a range of a HEAD', asking('HEAD', '/trial/ccmt/numbers.txt', 'Range: bytes=200-'), 200],
  ])('%s', async (_, request, status) => {
    const answer = await ask(served, request);
    expect(answer.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    for (const [name, value] of Object.entries(securityHeaders))
      expect(answer, name).toContain(`\r\n${name}: ${value}\r\n`);
    expect(answer).not.toContain('secret');
    if (status === 405) expect(answer).toContain('\r\nAllow: GET, HEAD\r\n');
    expect((await fetch(served.address)).status).toBe(200);
  });
});

describe('where a redirect leads', () => {
  test.each<[string, string | undefined]>([
    ['/', '/trial/ccmt/'],
    ['/trial/ccmt?a=1', '/trial/ccmt/?a=1'],
    ['/trial/ccmt/releases/R%201', '/trial/ccmt/releases/R%201/'],
    ['//evil.example', undefined],
    ['/%2fevil.example', undefined],
    ['/trial/ccmt/%5cevil.example', undefined],
  ])('%s leads to %s', async (path, place) => {
    expect(/\r\nLocation: (.*)\r\n/.exec(await ask(served, get(path)))?.[1]).toBe(place);
  });

  test.each(['//evil.example', '//evil.example/..', '/\\evil.example', '//releases', '/%2freleases'])(
    'at the root %s leads nowhere',
    async (path) => {
      expect(await ask(atRoot, get(path))).toMatch(/^HTTP\/1\.1 404 /);
      expect(await ask(atRoot, get('/releases'))).toContain('\r\nLocation: /releases/\r\n');
    },
  );
});

describe('what is answered', () => {
  test.each([
    ['bytes=0-4', 'bytes 0-4/100', '01234'],
    ['bytes=-5', 'bytes 95-99/100', '56789'],
    ['bytes=98-5000', 'bytes 98-99/100', '89'],
    ['bytes=200-', 'bytes */100', undefined],
    ['bytes=9-2', null, numbers],
  ])('to the range %s', async (range, contentRange, body) => {
    const response = await fetch(`${served.address}numbers.txt`, { headers: { Range: range } });
    expect(response.headers.get('content-range')).toBe(contentRange);
    if (body !== undefined) expect(await response.text()).toBe(body);
  });

  test('a page that a reader has is not sent again, until it changes', async () => {
    const address = `${served.address}releases/`;
    const first = await fetch(address);
    const etag = first.headers.get('etag') as string;
    expect(await first.text()).toBe('All');
    const again = async () => {
      const response = await fetch(address, { headers: { 'If-None-Match': `"x", W/${etag}` } });
      return {
        status: response.status,
        body: await response.text(),
        frames: response.headers.get('x-frame-options'),
        length: response.headers.get('content-length'),
      };
    };
    expect(await again()).toEqual({ status: 304, body: '', frames: 'DENY', length: null });
    writeFileSync(join(site, 'releases/index.html'), 'New');
    expect(await again()).toEqual({ status: 200, body: 'New', frames: 'DENY', length: '3' });
    writeFileSync(join(site, 'releases/index.html'), 'All');
  });

  test('HEAD says what GET would send, and sends nothing', async () => {
    const [head, whole] = [
      await ask(served, asking('HEAD', '/trial/ccmt/numbers.txt')),
      await ask(served, get('/trial/ccmt/numbers.txt')),
    ];
    const withoutDate = (text: string) => text.replace(/Date: .*\r\n/, '');
    expect(withoutDate(head) + numbers).toBe(withoutDate(whole));
  });
});

test('the site may change, vanish and come back while it is served', async () => {
  const status = async (path: string) => (await fetch(served.address + path)).status;
  writeFileSync(join(site, 'late.txt'), 'late');
  expect(await status('late.txt')).toBe(200);
  rmSync(join(site, 'late.txt'));
  expect(await status('late.txt')).toBe(404);
  renameSync(join(site, '404.html'), join(folder, '404.html'));
  expect(await (await fetch(`${served.address}late.txt`)).text()).toBe('There is no such page.\n');
  renameSync(join(folder, '404.html'), join(site, '404.html'));
  renameSync(site, join(folder, 'away'));
  expect(await status('')).toBe(503);
  renameSync(join(folder, 'away'), site);
  expect(await status('')).toBe(200);
});

test('readers who leave, say nothing, or send a byte now and then, stop nobody else', async () => {
  const opened = () =>
    Array.from({ length: 20 }, () => connect((served.server.address() as AddressInfo).port, '127.0.0.1'));
  const [leaving, silent, slow] = [opened(), opened(), opened()];
  for (const socket of leaving) socket.once('data', () => socket.resetAndDestroy()).write(get('/trial/ccmt/large.bin'));
  for (const socket of slow) socket.write('GET /trial/ccmt/ HTTP/1.1\r\nHost: localhost\r\nX-A: ');
  const timer = setInterval(() => slow.forEach((socket) => socket.writable && socket.write('a')), 100);
  const ends = Promise.all([...leaving, ...silent].map(textOf));
  const answers = Promise.all(slow.map(textOf));
  expect((await fetch(served.address)).status).toBe(200);
  for (const text of await answers) expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*X-Frame-Options: DENY/);
  clearInterval(timer);
  await ends;
  expect((await fetch(served.address)).status).toBe(200);
});

test('whoever takes nothing of an answer is let go', async () => {
  const socket = connect((served.server.address() as AddressInfo).port, '127.0.0.1', () =>
    socket.write(get('/trial/ccmt/large.bin')),
  ).pause();
  socket.on('error', () => undefined);
  await once(served.server, 'request');
  const count = () =>
    new Promise<number>((done) => served.server.getConnections((_, connections) => done(connections)));
  await expect.poll(count, { timeout: 20_000, interval: 200 }).toBe(0);
  socket.destroy();
});

test('a broken request that follows another does not get between the parts of its answer', async () => {
  const socket = connect((served.server.address() as AddressInfo).port, '127.0.0.1', () =>
    socket.write(get('/trial/ccmt/large.bin')),
  );
  socket.once('data', () => socket.write('no HTTP\r\n\r\n'));
  expect((await textOf(socket)).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
  expect((await fetch(served.address)).status).toBe(200);
});

test('nonsense that goes on is answered once', async () => {
  const warnings: Error[] = [];
  process.on('warning', (warning) => warnings.push(warning));
  const socket = connect({
    port: (served.server.address() as AddressInfo).port,
    host: '127.0.0.1',
    allowHalfOpen: true,
  });
  const timer = setInterval(() => socket.write('no HTTP\r\n\r\n'), 5);
  const answer = await textOf(socket);
  clearInterval(timer);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
  expect(warnings).toEqual([]);
});

test('a port that is taken moves on to the next, and an address that is not of this machine is refused in a sentence', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => holder.once('listening', done));
  const { port } = holder.address() as AddressInfo;
  const next = await serve(site, { base: '/', port, host: '127.0.0.1' });
  expect((next.server.address() as AddressInfo).port).toBeGreaterThan(port);
  next.server.close();
  holder.close();
  await expect(serve(site, { base: '/', port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
    code: 2,
    message: '"192.0.2.1" is no address of this machine. Name one with --host, such as localhost.',
  });
});

/** Sends bytes as they are, and answers all that came back until the server ended it. */
function ask({ server }: Served, request: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(request, 'utf8'));
  return textOf(socket);
}

function textOf(socket: Socket): Promise<string> {
  return new Promise((done) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => done(text));
  });
}
