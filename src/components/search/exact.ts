/** A record that an exact id leads to. */
export type Known = { id: string; key?: string; title: string; kind: string; path: string };

/** The records whose id, tracker number or bare number is what was asked for: `D-0042`, `d42`, `0042`, `42`. */
export function exactMatches(query: string, known: readonly Known[]): Known[] {
  const asked = plain(query);
  if (asked === '') return [];
  return known.filter(({ id, key }) => formsOf(id).includes(asked) || (key !== undefined && plain(key) === asked));
}

function formsOf(id: string): string[] {
  const [, letters = '', digits = ''] = /^([A-Za-z0-9]*?[A-Za-z])-?(\d+)$/.exec(id) ?? [];
  if (digits === '') return [plain(id)];
  const short = digits.replace(/^0+(?=\d)/, '');
  return [plain(id), digits, short, plain(letters + short)];
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/[\s-]/g, '');
}
