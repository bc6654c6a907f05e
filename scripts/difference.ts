import { createTwoFilesPatch } from 'diff';
import type { Change } from '../src/author/write-content.ts';
import { rawText } from '../src/load/decode.ts';
import { visible } from '../src/model/visible.ts';

/** A change of one file as people read it, with the lines around it. */
export function difference({ path, text, before }: Change, prefix: string): string {
  const patch = createTwoFilesPatch(prefix + path, prefix + path, rawText(before), text, '', '', {
    context: 1,
  });
  return patch.split('\r\n').map(visible).join('\r\n');
}
