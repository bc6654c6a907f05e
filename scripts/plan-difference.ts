import type { Diagnostic } from '../src/diagnostic.ts';
import { visible } from '../src/model/visible.ts';
import { counted, inGroups } from '../src/model/wording.ts';

/** What another version of the plan would make different, counted, and what it would no longer find. */
export function differenceOf(plan: string, then: readonly Diagnostic[], now: readonly Diagnostic[]): string {
  const without = (some: readonly Diagnostic[], others: readonly Diagnostic[]) => {
    const known = new Set(others.map(identity));
    return some.filter((diagnostic) => !known.has(identity(diagnostic)));
  };
  const [added, gone] = [without(then, now), without(now, then)];
  const sentence = `By version ${visible(plan)} of the plan ${counted(added.length, 'finding')} would be new, and ${inGroups(gone.length)} of today's would be gone.\n`;
  return (
    sentence + gone.map(({ file, line, message }) => `gone  ${visible(file)}:${line} ${visible(message)}\n`).join('')
  );
}

function identity({ rule, level, file, message }: Diagnostic): string {
  return `${rule} ${level} ${file} ${message}`;
}
