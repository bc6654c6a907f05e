/**
 * What a form of dates such as `dd/MMM/yy h:mm a` is made of: text in single quotes, tokens, and any other single
 * character, which means itself unless it is a letter.
 */
export const datePart = /'([^']*)'|y{4}|yy|M{1,4}|d{1,2}|H{1,2}|h{1,2}|mm|ss|SSS|ZZZ|[\s\S]/gu;

const ownLetters: ReadonlySet<string> = new Set(['M', 'd', 'H', 'h', 'a']);

/** What in a form is neither a token nor in quotes and yet a letter, such as the `T` of `yyyy-MM-ddTHH:mm`. */
function strangeIn(form: string): string | undefined {
  return [...form.matchAll(datePart)]
    .map(([part]) => part)
    .find((part) => /^[\p{L}']$/u.test(part) && !ownLetters.has(part));
}

/** Why a form is none, as a clause; undefined for one that is. */
export function faultOfForm(form: string): string | undefined {
  const strange = strangeIn(form);
  if (strange === "'") return 'has a quotation mark that is never closed';
  return strange === undefined
    ? undefined
    : `has "${strange}", which is no part of a date: put letters that mean themselves in single quotes, such as 'T'`;
}
