import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { securityHeaders } from '../src/site/security-headers.ts';
import { type Answer, notAllowed, plain } from './answer.ts';
import { answer, type Site } from './answer-request.ts';
import { Refusal } from './terminal.ts';

export type Served = { address: string; server: Server };
export type ServeOptions = { base: string; port: number; host: string; names?: readonly string[]; patience?: number };

/**
 * Serves a built site under its base path. A port that is taken moves on to the next; 0 takes any. `names` are those
 * under which it answers beside the host it listens on, localhost and IP addresses; `patience` is how long, in ms, a
 * request may take to arrive.
 */
export async function serve(
  folder: string,
  { base, port, host, names = [], patience = 10_000 }: ServeOptions,
): Promise<Served> {
  const site: Site = { folder, base, names: [host, ...names] };
  // A missing Host header is answered by us, because the answer of Node.js has no security headers.
  const server = createServer({
    requireHostHeader: false,
    requestTimeout: patience,
    connectionsCheckingInterval: patience / 4,
  });
  const open = new WeakMap<object, number>();
  const respond = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    open.set(socket, (open.get(socket) ?? 0) + 1);
    response.on('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    respondTo(request, response, site);
  };
  server.on('request', respond);
  server.on('checkContinue', respond);
  server.on('checkExpectation', (_, response: ServerResponse) =>
    send(response, plain(417, 'This server knows no such expectation.')),
  );
  server.on('connect', (_, socket: Duplex) => sendRaw(socket, notAllowed));
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex) => {
    // Between the parts of another answer there is no place for this one.
    if ((open.get(socket) ?? 0) > 0) socket.destroy();
    else sendRaw(socket, answerTo(error));
  });
  // Whoever neither sends nor takes anything is not waited for either.
  server.setTimeout(6 * patience);
  const taken = await listen(server, port, host);
  // Such as too many open connections; the next one may be answered again.
  server.on('error', () => undefined);
  return { address: `http://${host.includes(':') ? `[${host}]` : host}:${taken}${base}`, server };
}

/** A base path as it is written in addresses: with a slash before and after. */
export function basePath(base: string | undefined): string {
  const parts = (base ?? '').split('/').filter(Boolean);
  return parts.length === 0 ? '/' : `/${parts.join('/')}/`;
}

function respondTo(request: IncomingMessage, response: ServerResponse, site: Site): void {
  const { method = '', url = '', headers, headersDistinct, httpVersion } = request;
  answer({ method, target: url, hosts: headersDistinct.host ?? [], needsHost: httpVersion !== '1.0', headers }, site)
    .catch(() => plain(500, 'This page could not be read.'))
    .then((found) => send(response, found))
    .catch(() => response.destroy());
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.on('error', () => response.destroy());
  const length = status === 304 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...securityHeaders, ...headers, ...length }).end(body);
}

/** What is said to a request that is not HTTP, too large or too slow. */
function answerTo({ code, rawPacket }: NodeJS.ErrnoException & { rawPacket?: Buffer }): Answer {
  if (code === 'HPE_HEADER_OVERFLOW') return plain(431, 'The address or the headers are too long.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return plain(408, 'The request took too long to arrive.');
  const isUnknownMethod =
    code === 'HPE_INVALID_METHOD' &&
    /^[!#$%&'*+.^`|~\w-]+ \S+ HTTP\/1\.[01]\r?\n/.test(rawPacket?.toString('latin1') ?? '');
  return isUnknownMethod ? notAllowed : plain(400, 'This is not a request that the server understands.');
}

/** Answers a connection that Node.js has no response for, and ends it. */
function sendRaw(socket: Duplex, { status, headers, body }: Answer): void {
  if (!socket.writable) return;
  socket.on('error', () => socket.destroy());
  const lines = Object.entries({
    ...securityHeaders,
    ...headers,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n'));
  // What is still being sent is let run for a moment: a connection that is cut at once takes the answer with it.
  (socket as Socket).resume();
  setTimeout(() => socket.destroy(), 1_000).unref();
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  const last = Math.min(port + 99, 65_535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    const fault = await new Promise<NodeJS.ErrnoException | undefined>((done) => {
      server.once('error', done);
      server.listen(candidate, host, () => done(undefined));
    });
    server.removeAllListeners('error');
    if (!fault) return (server.address() as AddressInfo).port;
    if (fault.code !== 'EADDRINUSE') throw refusalOf(fault, host, candidate);
  }
  throw new Refusal(3, `No port from ${port} to ${last} is free. Name another one with --port.`);
}

function refusalOf(fault: NodeJS.ErrnoException, host: string, port: number): Error {
  if (fault.code === 'EACCES')
    return new Refusal(3, `Port ${port} cannot be used: there is no permission. Name one above 1023 with --port.`);
  if (['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EINVAL'].includes(fault.code ?? ''))
    return new Refusal(2, `"${host}" is no address of this machine. Name one with --host, such as localhost.`);
  return fault;
}
