import { recordKinds } from '../validate/record-kinds.ts';
import { cut } from '../model/wording.ts';

/**
 * Characters with which a name could mean another place: separators and streams of Windows, and what no name should
 * hold.
 */
const treacherous = /[\\:\p{Cc}]/u;

/** Whether a path, relative to the content folder, is a place of a record. Nothing else is ever written there. */
export function isRecordPath(path: string): boolean {
  if (treacherous.test(path) || path.split('/').some((part) => part.startsWith('.') || part.length > 200)) return false;
  return recordKinds.some((kind) => kind.path.test(path));
}

/** A path that is not to be trusted, as it may stand in a message. */
export function quoted(path: string): string {
  return JSON.stringify(cut(path, 80)).replace(
    /[^\x20-\x7e…]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
