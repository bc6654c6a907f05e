import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sirv from 'sirv';

/** Headers that a page cannot set for itself. */
const headers: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Content-Security-Policy': "frame-ancestors 'none'",
};

export type Served = { address: string; server: Server };

/** Serves a built site under its base path. A port that is taken moves on to the next; 0 takes any. */
export async function serve(
  folder: string,
  { base, port, host }: { base: string; port: number; host: string },
): Promise<Served> {
  const files = sirv(folder, { dev: false, etag: true, extensions: ['html'], setHeaders });
  const missing = await readFile(join(folder, '404.html')).catch(() => Buffer.from('Not found'));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (base !== '/' && (path === '/' || `${path}/` === base)) {
      response.writeHead(302, { Location: base }).end();
      return;
    }
    if (!path.startsWith(base)) {
      notFound(response, missing);
      return;
    }
    request.url = `/${path.slice(base.length)}`;
    files(request, response, () => notFound(response, missing));
  });
  const taken = await listen(server, port, host);
  return { address: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${base}`, server };
}

/** A base path as it is written in addresses: with a slash before and after. */
export function basePath(base: string | undefined): string {
  const parts = (base ?? '').split('/').filter(Boolean);
  return parts.length === 0 ? '/' : `/${parts.join('/')}/`;
}

function setHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function notFound(response: ServerResponse, page: Buffer): void {
  setHeaders(response);
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  for (let candidate = port; candidate < port + 100; candidate += 1) {
    const isFree = await new Promise<boolean>((done, fail) => {
      server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)));
      server.listen(candidate, host, () => done(true));
    });
    server.removeAllListeners('error');
    if (isFree) return (server.address() as AddressInfo).port;
  }
  throw new Error(`no port is free from ${port} to ${port + 99}`);
}
