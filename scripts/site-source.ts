import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Refusal } from './terminal.ts';

/** A site that can be read file by file: where it is, and what it holds at a path, or nothing where it holds none. */
export type SiteSource = {
  words: string;
  /** The folder, where it is one: only there can every file be listed. */
  folder?: string;
  read: (path: string) => Promise<Uint8Array | undefined>;
};

const most = { seconds: 30, bytes: 256 * 1024 * 1024 };

/** A site by its address or its folder. Throws a Refusal where it is neither. */
export function siteSource(place: string): SiteSource {
  if (/^https?:\/\//i.test(place)) return ofAddress(place);
  if (/^[a-z][a-z0-9+.-]+:/i.test(place))
    throw new Refusal(2, `${place} is no address of a site: it begins with https:// or http://.`);
  const folder = resolve(place);
  return { words: place, folder, read: (path) => readPlain(join(folder, path)) };
}

/** A file that is one: a link may lead anywhere, and a pipe would be waited for. */
async function readPlain(path: string): Promise<Uint8Array | undefined> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isFile() ? readFile(path) : undefined;
}

function ofAddress(place: string): SiteSource {
  const base = new URL(place.endsWith('/') ? place : `${place}/`);
  const read = async (path: string) => {
    // The address of a page is its folder; some hosts answer index.html with a redirection only.
    const address = new URL(
      path
        .split('/')
        .map(encodeURIComponent)
        .join('/')
        .replace(/(^|\/)index\.html$/, '$1'),
      base,
    );
    let answer: Response;
    try {
      answer = await fetch(address, { signal: AbortSignal.timeout(most.seconds * 1000), cache: 'no-store' });
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      throw new Refusal(3, `${address.href} does not answer: ${cause?.message || message}.`);
    }
    if (answer.status === 404 || answer.status === 410) return undefined;
    if (!answer.ok) throw new Refusal(3, `${address.href} answers ${answer.status}, and not with the file.`);
    return bounded(answer, address);
  };
  return { words: base.href, read };
}

/** The body of an answer, given up where it is larger than any file of a site. */
async function bounded({ body }: Response, { href }: URL): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > most.bytes) throw new Refusal(3, `${href} is larger than any file of a site.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
