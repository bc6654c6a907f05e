import type { Affected } from '../../site/project/affected.ts';

/** The attributes of a row by which the filters know whom and what it touches; `words` are what can be searched. */
export function touched(
  { impact = [], components, interfaces, fuels }: Affected,
  words: readonly (string | undefined)[],
): Record<string, string> {
  const named = [...impact, ...components, ...fuels].map(({ name }) => name);
  return {
    'data-words': [...words, ...words.flatMap(shortForms), ...named, ...interfaces]
      .filter(Boolean)
      .join(' ')
      .toLowerCase(),
    'data-role': joined(impact.map(({ id }) => id)),
    'data-component': joined(components.map(({ id }) => id)) || 'none',
    'data-interface': joined(interfaces),
    'data-fuel': joined(fuels.map(({ id }) => id)),
  };
}

/** How else a number is typed: `D-0047` as `D0047` and `D47`. */
function shortForms(word = ''): string[] {
  const [, letters, digits] = /^([A-Za-z]+)-?(\d+)$/.exec(word) ?? [];
  return letters && digits ? [`${letters}${digits}`, `${letters}${Number(digits)}`] : [];
}

/** Several values of one attribute, with bars between them. */
function joined(values: readonly string[]): string {
  return values.join('|');
}
