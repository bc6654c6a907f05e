import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { Paint } from '../src/reporters/pretty.ts';

/** A way out of a command with a sentence and an exit code; the command table is the only place that exits. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Colours for a stream: none off a terminal and under NO_COLOR. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

/** What a disk says, in words. */
const diskWords: Record<string, string> = { EACCES: 'there is no permission', EPERM: 'there is no permission', EROFS: 'it stands where nothing can be written', ENOSPC: 'the disk is full', ENOTDIR: 'its folder is no folder', EISDIR: 'it is a folder', ENAMETOOLONG: 'its name is too long' };

/** One sentence for an error of the disk, undefined for any other. */
export function refusedByDisk(error: unknown): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  const words = diskWords[code ?? ''];
  return words && `${path === undefined ? 'A file' : relative('', path) || path} cannot be used: ${words}.`;
}
