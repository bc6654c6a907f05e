import type { PhrasingContent } from 'mdast';
import { isAllowedAddress } from '../../validate/closed-form.ts';

/**
 * What is being read: how far its closing signs are is looked up once, so that a line of nothing but signs takes no
 * longer than others.
 */
type Reading = { text: string; next: (sign: string, from: number) => number; frames: Frame[] };

/** Emphasis that is open, and what stands in it so far; the first frame is the text itself and has no mark. */
type Frame = { mark: string; children: PhrasingContent[] };

const signs = /\{\{|[!*[\\_\n]/g;
const names = { '*': 'strong', _: 'emphasis' } as const;

/**
 * Jira's marks within a paragraph as Markdown nodes. What is not a mark, or has no end on its line, stays the text that
 * it is.
 */
export function readInline(text: string): PhrasingContent[] {
  const reading: Reading = { text, next: finderIn(text), frames: [{ mark: '', children: [] }] };
  let done = 0;
  for (const { 0: sign, index } of text.matchAll(signs)) {
    if (index < done) continue;
    add(reading, { type: 'text', value: text.slice(done, index) });
    done = index + read(reading, sign, index);
  }
  add(reading, { type: 'text', value: text.slice(done) });
  closeDownTo(reading, 1);
  return (reading.frames[0] as Frame).children;
}

/** Reads what begins with a sign, and answers how many characters it took. */
function read(reading: Reading, sign: string, index: number): number {
  if (sign === '\n') {
    closeDownTo(reading, 1);
    return take(reading, { type: 'break' }, 1);
  }
  if (sign === '\\') return readBackslash(reading, index);
  if (sign === '*' || sign === '_') return readEmphasis(reading, sign, index);
  const closing = sign === '{{' ? '}}' : sign === '[' ? ']' : '!';
  let end = reading.next(closing, index + sign.length);
  if (end < reading.next('\n', index)) {
    if (sign === '{{') while (reading.text[end + 2] === '}') end += 1;
    const node = nodeOf(sign, reading.text.slice(index + sign.length, end));
    if (node) return take(reading, node, end + closing.length - index);
  }
  return take(reading, { type: 'text', value: sign }, sign.length);
}

function nodeOf(sign: string, inside: string): PhrasingContent | undefined {
  if (sign === '{{') return inside.trim() === '' ? undefined : { type: 'inlineCode', value: inside };
  if (sign === '!') {
    const [file = ''] = inside.split('|', 1);
    return /^\S.*\.\w{2,5}$/.test(file) ? { type: 'text', value: file } : undefined;
  }
  const [label = '', url = label] = inside.split('|', 2).map((part) => part.trim());
  if (!isAllowedAddress(url) || /[\s[]/.test(url) || label.includes('[')) return undefined;
  return { type: 'link', url, children: [{ type: 'text', value: label || url }] };
}

/**
 * Two before a space break the line; one before a sign takes its meaning away. All others belong to a path or a
 * pattern.
 */
function readBackslash(reading: Reading, index: number): number {
  const { text } = reading;
  const following = text[index + 1] ?? '';
  if (following === '\\') {
    const rest = text[index + 2] ?? ' ';
    // At the end of a line, the line breaks anyway.
    if (rest === '\n') return 2;
    return take(reading, rest.trim() === '' ? { type: 'break' } : { type: 'text', value: '\\\\' }, 2);
  }
  const isSign = /^[!#*+?[\]^_{|}~-]$/.test(following);
  return take(reading, { type: 'text', value: isSign ? following : '\\' }, isSign ? 2 : 1);
}

/** A mark opens at the front of a word and closes at its end; elsewhere it is a star or an underscore. */
function readEmphasis(reading: Reading, mark: keyof typeof names, index: number): number {
  const { text, frames } = reading;
  const [before = ' ', after = ' '] = [text[index - 1], text[index + 1]];
  const open = frames.findIndex((frame) => frame.mark === mark);
  if (open > 0 && !/[\s([{]/.test(before) && /[\s"')*,.:;!?\]_|}<-]/.test(after)) {
    closeDownTo(reading, open + 1);
    const { children } = frames.pop() as Frame;
    return take(reading, { type: names[mark], children }, 1);
  }
  if (/[\s"'(*,:;>[\]_{|-]/.test(before) && before !== mark && !/[\s).,;\]]/.test(after) && after !== mark) {
    if (open > 0) closeDownTo(reading, open);
    frames.push({ mark, children: [] });
    return 1;
  }
  return take(reading, { type: 'text', value: mark }, 1);
}

/** Marks that found no end become text again, and what stood in them moves out. */
function closeDownTo(reading: Reading, count: number): void {
  while (reading.frames.length > count) {
    const { mark, children } = reading.frames.pop() as Frame;
    for (const child of [{ type: 'text', value: mark } as const, ...children]) add(reading, child);
  }
}

function take(reading: Reading, node: PhrasingContent, length: number): number {
  add(reading, node);
  return length;
}

function add({ frames }: Reading, node: PhrasingContent): void {
  const { children } = frames.at(-1) as Frame;
  const last = children.at(-1);
  if (node.type === 'text' && last?.type === 'text') last.value += node.value;
  else if (node.type !== 'text' || node.value !== '') children.push(node);
}

/**
 * Finds a sign at or after a place. Places are asked for in order, so each sign's last answer holds until it is passed.
 */
function finderIn(text: string): Reading['next'] {
  const known = new Map<string, number>();
  return (sign, from) => {
    let place = known.get(sign) ?? -1;
    if (place < from) {
      const found = text.indexOf(sign, from);
      place = found === -1 ? text.length : found;
      known.set(sign, place);
    }
    return place;
  };
}
