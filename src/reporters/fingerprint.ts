import { createHash } from 'node:crypto';
import type { Diagnostic } from '../diagnostic.ts';

/**
 * A name for each diagnostic that stays the same when unrelated lines come and go: made of rule, file and message, and
 * where those are equal, of the order.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ rule, file, message }) => {
    const key = `${rule}\n${file}\n${message}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return createHash('sha256').update(`${key}\n${count}`).digest('hex').slice(0, 40);
  });
}
