import type { Dirent, Stats } from 'node:fs';
import type { Finding } from '../diagnostic.ts';
import { hidesText } from '../model/visible.ts';
import { hiddenName } from './hidden-text.ts';

/** A name as it can be shown, and the first of its bytes that is not text. */
export type Name = { shown: string; odd: number | undefined };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A name of the disk, which may be any bytes; those that are not text are written out as `⟨0xFF⟩`. */
export function nameIn(bytes: Buffer): Name {
  try {
    return { shown: utf8.decode(bytes), odd: undefined };
  } catch {
    const shown = bytes
      .toString('latin1')
      .replace(/[\x80-\xFF]/g, (byte) => `⟨0x${byte.charCodeAt(0).toString(16).toUpperCase()}⟩`);
    return { shown, odd: bytes.find((byte) => byte > 0x7f) };
  }
}

/**
 * Why something in the content folder is not read: its name, or what it is. Nothing for a file and for a folder that
 * may hold some.
 */
export function faultOfEntry(
  path: string,
  { shown, odd }: Name,
  entry: Pick<Dirent<Buffer> | Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket'>,
): Finding | undefined {
  if (odd !== undefined)
    return unread(
      path,
      `The name is not UTF-8 text: it holds the byte 0x${odd.toString(16)}.`,
      'Rename it: a record is named by its id.',
    );
  if (hidesText(shown) || /[\t\n]/.test(shown)) return hiddenName(path, shown);
  if (shown.includes('\\'))
    return unread(path, 'The name holds a backslash.', 'Rename it: a record is named by its id.');
  if (entry.isSymbolicLink()) return aLink(path);
  if (entry.isFile()) return undefined;
  if (entry.isDirectory())
    return isNamedLikeRecord(shown)
      ? unread(path, 'A folder has the name of a file.', 'Rename the folder, or put the file itself here.')
      : undefined;
  const what = entry.isFIFO() ? 'pipe' : entry.isSocket() ? 'socket' : 'device';
  return unread(path, `This is a ${what} and no file.`, 'Remove it: the content folder holds files only.');
}

/** True for an error that says that something is no longer there. */
export function isGone(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** What the disk says when a file or folder is read, in words. */
export function faultOfReading(path: string, error: unknown, what: 'file' | 'folder'): Finding {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  if (code === 'ELOOP') return aLink(path);
  if (code === 'EACCES' || code === 'EPERM')
    return unread(
      path,
      `There is no permission to read this ${what}.`,
      'Give the user who runs ccmt the right to read it.',
    );
  return unread(
    path,
    `The disk does not give this ${what} away: ${code}.`,
    'Look at the disk, or restore it from the history.',
  );
}

function isNamedLikeRecord(name: string): boolean {
  return /\.(?:mdx?|ya?ml|json)$/i.test(name);
}

function aLink(path: string): Finding {
  return unread(path, 'This is a link, and links are not followed.', 'Put the file or folder itself here.');
}

function unread(file: string, message: string, hint: string): Finding {
  return { rule: 'readable-file', at: { file, position: { line: 1, column: 1 } }, message, hint };
}
