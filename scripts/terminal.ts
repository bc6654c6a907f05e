import { relative } from 'node:path';
import { styleText } from 'node:util';
import { visible } from '../src/model/visible.ts';
import type { Paint } from '../src/reporters/reporter.ts';

/** A way out of a command with a sentence and an exit code; the command table is the only place that exits. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/**
 * What is sent to a terminal beside text: colours to standard output, and the way back to the start of the line to
 * standard error.
 */
const signals = { output: /(\r\n|\x1b\[\d{1,2}m)/, errors: /(\r\n|\r\x1b\[K)/, none: /(\r\n)/ };

/**
 * From here on a stream carries only what can be seen: whatever a command prints, and wherever the text came from, an
 * escape code, a mark of direction or a character without width is written out as `⟨U+202E⟩`.
 */
export function showEverythingOn(stream: NodeJS.WriteStream, kind: 'output' | 'errors'): void {
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  const isOurs = kind === 'output' ? styleText('red', '', { stream }) !== '' : stream.isTTY;
  const passed = signals[isOurs ? kind : 'none'];
  const shown = (text: string) =>
    text
      .split(passed)
      .map((part, index) => (index % 2 === 1 ? part : visible(part)))
      .join('');
  stream.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === 'string' ? shown(chunk) : chunk, ...rest);
}

/** Colours for a stream: none off a terminal and under NO_COLOR. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** What a disk says, in words. */
export const diskWords: Partial<Record<string, string>> = {
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EROFS: 'it stands where nothing can be written',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'its folder is not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'it is in use',
  ELOOP: 'a link on its path leads to itself',
};

/** One sentence for an error of the disk, undefined for any other. */
export function refusedByDisk(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  const words = diskWords[code ?? ''];
  return words && `${path === undefined ? 'A file' : relative('', path) || path} cannot be used: ${words}.`;
}
