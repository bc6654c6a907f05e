import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { type Answer, notAllowed, plain } from './answer.ts';
import { fileAnswer, findFile, type Found } from './site-file.ts';

/** A site as it is served: its folder, its base path, and the names under which it answers. */
export type Site = { folder: string; base: string; names: readonly string[] };
export type Asked = {
  method: string;
  target: string;
  hosts: readonly string[];
  needsHost: boolean;
  headers: IncomingHttpHeaders;
};

/** The answer to a request, whatever it is. Throws only when the disk fails. */
export async function answer({ method, target, hosts, needsHost, headers }: Asked, site: Site): Promise<Answer> {
  const [host = '', ...more] = hosts;
  const aim = readTarget(method, target);
  if (more.length > 0 || (needsHost && hosts.length === 0)) return plain(400, 'A request names one host.');
  if (!aim) return plain(400, 'The address is not one that this server understands.');
  const authority = aim.authority ?? host;
  if (authority !== '' || needsHost) {
    const name = readHost(authority);
    if (name === undefined) return plain(400, 'The host of the request cannot be read.');
    if (!answersFor(name, site))
      return plain(
        421,
        `This server does not answer for ${name}. Start it with --host ${name}, or open it by its IP address.`,
      );
  }
  if (method !== 'GET' && method !== 'HEAD') return notAllowed;
  const segments = readPath(aim.path);
  if (!segments) return plain(400, 'The address is not one that this server understands.');
  return answerPath(segments, aim.query, { method, headers, site });
}

async function answerPath(
  segments: string[],
  query: string,
  { method, headers, site }: { method: string; headers: IncomingHttpHeaders; site: Site },
): Promise<Answer> {
  const base = site.base.split('/').filter(Boolean);
  const isAbove = segments.join('/') === base.join('/') || segments.join('/') === '';
  if (base.length > 0 && isAbove) return redirect([...base, ''], query);
  const isInside = segments.length > base.length && base.every((part, index) => segments[index] === part);
  const found: Found = isInside ? await findFile(site.folder, segments.slice(base.length)) : { kind: 'missing' };
  if (found.kind === 'file') return fileAnswer(found, method, headers);
  if (found.kind === 'folder') return redirect([...segments, ''], query);
  const page = await findFile(site.folder, ['404.html']);
  if (page.kind === 'gone')
    return plain(503, 'The site is not there at the moment. Try again.', { 'Retry-After': '1' });
  return page.kind === 'file'
    ? { status: 404, headers: { 'Content-Type': page.type }, body: page.bytes }
    : plain(404, 'There is no such page.');
}

/** Segments are never empty but for the last, so that the address cannot lead to another host. */
function redirect(segments: string[], query: string): Answer {
  const Location = `/${segments.map((segment) => encodeURIComponent(segment)).join('/')}${query}`;
  return plain(302, `See ${Location}`, { Location });
}

/**
 * A target is a path, or a whole address as a proxy is asked for it. `*` asks for the server itself, which only OPTIONS
 * can.
 */
function readTarget(
  method: string,
  target: string,
): { authority?: string | undefined; path: string; query: string } | undefined {
  const parts = /^(?:http:\/\/(?<authority>[^/?#]*))?(?<path>\/[^?]*)?(?<query>\?.*)?$/i.exec(target);
  if (target === '*' && method === 'OPTIONS') return { path: '/', query: '' };
  const { authority, path = authority === undefined ? undefined : '/', query = '' } = parts?.groups ?? {};
  return path === undefined ? undefined : { authority, path, query };
}

/** The name in `name:port`, in lower case and without the dot of the root. */
function readHost(authority: string): string | undefined {
  const name = /^(\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.exec(authority)?.[1];
  return name?.toLowerCase().replace(/\.$/, '');
}

/**
 * A page elsewhere can let its own name point to this machine and then read what is served here as if it were its own.
 * So a name is answered only when it is known; an IP address cannot be made to point elsewhere.
 */
function answersFor(name: string, { names }: Site): boolean {
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true;
  return name === 'localhost' || name.endsWith('.localhost') || names.some((known) => known.toLowerCase() === name);
}

/** The decoded segments of a path; undefined when it is malformed. */
function readPath(path: string): string[] | undefined {
  try {
    const segments = path
      .slice(1)
      .split('/')
      .map((segment) => decodeURIComponent(segment));
    return segments.some((segment) => segment.includes('\0')) ? undefined : segments;
  } catch {
    return undefined;
  }
}
