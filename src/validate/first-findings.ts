import type { Finding } from '../diagnostic.ts';
import { limits } from '../load/limits.ts';
import { inGroups } from '../model/wording.ts';

/**
 * As many findings as somebody reads, and in the place of the others how many they are; `more` are not even among them.
 */
export function firstFindings(findings: readonly Finding[], more = 0): Finding[] {
  const shown = findings.slice(0, limits.findings.most);
  const rest = findings.length - shown.length + more;
  const [next = shown.at(-1)] = findings.slice(limits.findings.most);
  if (rest === 0 || !next) return shown;
  const { rule, at } = next;
  return [
    ...shown,
    {
      rule,
      at,
      message: `${inGroups(rest)} more ${rest === 1 ? 'place does' : 'places do'} not fit.`,
      hint: 'Correct those above first: they are mostly of one kind.',
    },
  ];
}
