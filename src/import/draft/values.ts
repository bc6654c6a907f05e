import { cleanText } from '../clean-text.ts';
import { type Cell, textOf } from '../sheet.ts';

/** So many values of a column are looked at. */
const mostValues = 60;

/** Values that some profile or the programme itself knows, and those that are left to decide. */
export type GuessedMap = { known: Record<string, string>; open: string[] };

/** Says of the values of a column what they mean; the programme's own words come before those of profiles. */
export function guessMap(
  rows: readonly Cell[][],
  column: number | undefined,
  maps: readonly Record<string, string>[],
  own: readonly { id: string; name?: string }[],
): GuessedMap {
  const values =
    column === undefined
      ? []
      : [...new Set(rows.map((row) => cleanText(textOf(row[column]))).filter(Boolean))].slice(0, mostValues);
  const known: Record<string, string> = {};
  const open: string[] = [];
  for (const value of values) {
    const same = own.find(({ id, name }) => [id, name].some((word) => word?.toLowerCase() === value.toLowerCase()))?.id;
    const learned = maps.find((map) => Object.hasOwn(map, value))?.[value];
    const target = same ?? learned;
    if (target === undefined) open.push(value);
    else Object.defineProperty(known, value, { value: target, enumerable: true, configurable: true, writable: true });
  }
  return { known, open };
}

/** How most of the descriptions are written. */
export function formatOf(texts: readonly string[]): 'plain' | 'html' | 'jira-wiki' {
  const share = (pattern: RegExp) =>
    texts.filter((text) => pattern.test(text)).length / Math.max(1, texts.filter(Boolean).length);
  if (share(/<\/?(?:p|div|br|span|li|table)\b/i) > 0.2) return 'html';
  return share(/\{(?:code|noformat|quote|panel)\b|^h[1-6]\. |\{\{/m) > 0.05 ? 'jira-wiki' : 'plain';
}
