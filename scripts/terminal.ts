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
