import type { Finding } from '../diagnostic.ts';
import { type HiddenText, findHidden } from './hidden-text.ts';
import { limits } from './limits.ts';
import type { Sources } from './read-content.ts';
import { inGroups } from '../model/wording.ts';

/** The text of a file with line ends normalised and without what hides in it, or what is wrong with its bytes. */
export type Decoded = ({ text: string } & HiddenText) | { finding: Finding };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes UTF-8, drops a byte order mark, turns CRLF into LF. Bytes that are not UTF-8, files that are empty or too
 * large, and files of one line that was meant to be many are findings. What hides in a text is taken out of it, so that
 * nothing is read, shown or blamed that nobody can see.
 */
export function decode(file: string, bytes: Uint8Array): Decoded {
  if (bytes.length > limits.file.most)
    return {
      finding: unreadable(
        file,
        1,
        1,
        `The file is larger than ${inGroups(limits.file.most)} bytes.`,
        'Part it into several records, or keep it outside the content folder.',
      ),
    };
  const written = textIn(bytes);
  if (written === undefined) return { finding: notUtf8(file, bytes) };
  if (written.trim() === '')
    return {
      finding: unreadable(file, 1, 1, 'The file is empty.', 'Fill it from a record of the same kind, or delete it.'),
    };
  if (written.includes('\r') && !written.includes('\n'))
    return {
      finding: unreadable(
        file,
        1,
        1,
        'The lines of the file end as on an old Mac, with a carriage return alone.',
        'Save the file with line ends LF or CRLF.',
      ),
    };
  return findHidden(file, written);
}

/**
 * The text of bytes as it stands, byte order mark and line ends included, so that it can be written back unchanged;
 * empty for no file.
 */
export function rawText(bytes: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The text of each file as it was written, for the lines that a report shows. */
export function textFinder({ files }: Sources): (path: string) => string | undefined {
  return (path) => {
    const bytes = files.find((file) => file.path === path)?.bytes;
    return bytes && textIn(bytes);
  };
}

/** The text of bytes without their byte order mark; nothing for bytes that are not UTF-8. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function textIn(bytes: Uint8Array): string | undefined {
  const text = utf8Text(bytes);
  return text?.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

function notUtf8(file: string, bytes: Uint8Array): Finding {
  const good = bytes.subarray(0, lengthOfGoodStart(bytes));
  const before = utf8.decode(good).replaceAll('\r\n', '\n');
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  const found = bytes[good.length] as number;
  const message = `The byte 0x${found.toString(16).padStart(2, '0')} is not UTF-8 text.`;
  return unreadable(file, line, column, message, 'Save the file as UTF-8.');
}

/** The number of bytes before the first one that is not UTF-8, found by halving. */
function lengthOfGoodStart(bytes: Uint8Array): number {
  const isGood = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isGood(middle)) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && utf8Text(bytes.subarray(0, low)) === undefined) low -= 1;
  return low;
}

function unreadable(file: string, line: number, column: number, message: string, hint: string): Finding {
  return { rule: 'readable-file', at: { file, position: { line, column } }, message, hint };
}
