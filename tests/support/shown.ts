import {
  dayAndMonth,
  deadlineText,
  dueText,
  longDay,
  longTime,
  shortDay,
  type Time,
} from '../../src/site/words/dates.ts';

/** Fields whose value is looked up in a list of words, or rendered as Markdown, and so is not found as it stands. */
const translated = new Set([
  'decision',
  'description',
  'did',
  'effect',
  'kind',
  'kinds',
  'level',
  'markdown',
  'body',
  'membership',
  'next',
  'nextAttempt',
  'obligations.standing',
  'outcome',
  'planned',
  'record',
  'stage',
  'state',
  'tone',
  'how',
  'issue',
  'part',
]);

const tag = /<(?:[^>"]|"[^"]*")*>/g;

/** The texts of a model that its page does not show, each with the place where it stands in the model. */
export function unshown(model: unknown, html: string): string[] {
  const tags = html.match(tag) ?? [];
  const attributes = tags.flatMap((text) => text.match(/"[^"]*"/g) ?? []);
  // A word may be half in bold: the text is looked at with its tags as spaces, and with nothing for them.
  const page = plain([html.replaceAll(tag, ' '), html.replaceAll(tag, ''), ...attributes].join(' '));
  const has = (text: string) => page.includes(plain(text));
  return leavesOf(model)
    .filter(([place, value]) => {
      const [parent, field = ''] = ['', ...place.split('.').filter((part) => !/^\d+$/.test(part))].slice(-2);
      if (typeof value !== 'string') return !formsOf(value).some(has);
      if (value === '' || translated.has(field) || translated.has(`${parent}.${field}`)) return false;
      if (/^\d{4}-\d{2}-\d{2}$/.test(value))
        return ![value, longDay(value), shortDay(value), dayAndMonth(value)].some(has);
      return !has(value) && !has(value.replace(/^[A-Z][a-z]+: (.)/, (_, first: string) => first.toUpperCase()));
    })
    .map(([place, value]) => `${place}: ${typeof value === 'string' ? value : value.local}`);
}

function formsOf(time: Time): string[] {
  return [time.local, longTime(time), deadlineText(time), dueText(time, time)];
}

function leavesOf(value: unknown, place = ''): [string, string | Time][] {
  if (typeof value === 'string') return [[place, value]];
  if (value === null || typeof value !== 'object') return [];
  if ('local' in value && 'zone' in value) return [[place, value as Time]];
  if (place.split('.').some((part) => part === 'body' || part === 'description')) return [];
  return Object.entries(value).flatMap(([key, entry]) => leavesOf(entry, place === '' ? key : `${place}.${key}`));
}

function plain(text: string): string {
  return text
    .replaceAll(/&#x([\dA-F]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
