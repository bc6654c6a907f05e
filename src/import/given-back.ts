/**
 * How rows that are set aside are given back to be fixed, and known again when they come in.
 */

/**
 * The heading that rows given back for fixing carry beside the columns of their source. It names the forms in which
 * their dates were read, because a few rows alone may not show whether day or month comes first.
 */
export function reasonHeading(forms: readonly string[]): string {
  return forms.length > 0 ? `Quarantine reason (dates as ${forms.join(' or ')})` : 'Quarantine reason';
}

const reasonPattern = /^Quarantine reason(?: \(dates as (.+)\))?$/i;

/** True for the heading of that column. */
export function isReason(heading: string): boolean {
  return reasonPattern.test(heading);
}

/** For rows that were given back, the forms of their dates; undefined for all other rows. */
export function formsGivenBack(headings: readonly string[]): string[] | undefined {
  const reason = headings.map((heading) => reasonPattern.exec(heading)).find((match) => match !== null);
  return reason ? (reason[1]?.split(' or ') ?? []) : undefined;
}

/** What a spreadsheet would take for a formula. */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Text that no spreadsheet runs; `ungiven` takes the sign away again. */
export function given(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** Text of a row that was given back, as it was before. */
export function ungiven(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}
