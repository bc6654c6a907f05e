import { limits } from './limits.ts';
import { inGroups } from '../model/wording.ts';

/** Where an input goes beyond a limit, as an offset in its text, and what to say of it. */
export type Excess = { offset: number; message: string; hint: string };

const marks = /[*_~`[\]<{&\\!|]/g;
const front = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
/** A line across the page, which opens nothing but the quotes before it, however many signs it is made of. */
const quotes = /^(?:[ \t]*>)*/;
const across = /^[ \t>]*([-*_])(?:[ \t]*\1)*[ \t]*$/;

/** Other kinds of space are words to the parser. */
const empty = /^[ \t]*$/;

/** Where a word begins, as the parser sees it: it may be an address. */
const words = /(?<![a-z])[a-z]|(?<![\w.+-])[\w.+-]/gi;

/** A bracket that is not part of the text by a backslash before it. */
const bracket = /(?<!\\)(?:\\\\)*[[\]]/;

type Seen = {
  words: number;
  hasBracket: boolean;
  fronts: number;
  marks: number;
  together: number;
  bars: number;
  components: number;
};
type Found = [column: number, message: string, hint: string];

const shorten = 'Shorten the text, or link to a document.';
const plainer = 'Part it by empty lines, or write it with fewer of * _ ~ ` [ ] < { & \\ !';

/**
 * The first place at which a text below the fields is more than the parser can go through in time; looked for in one
 * pass, without parsing.
 */
export function excessOfText(text: string, { isMdx }: { isMdx: boolean }): Excess | undefined {
  if (text.length > limits.text.most)
    return {
      offset: limits.text.most,
      message: `The text is longer than ${inGroups(limits.text.most)} characters.`,
      hint: shorten,
    };
  const seen: Seen = { words: 0, hasBracket: false, fronts: 0, marks: 0, together: 0, bars: 0, components: 0 };
  let offset = 0;
  let number = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    number += 1;
    if (number > limits.lines.most)
      return { offset, message: `The text has more than ${inGroups(limits.lines.most)} lines.`, hint: shorten };
    const found = excessOfFront(line, seen) ?? excessOfMarks(line, seen, isMdx) ?? excessOfWords(line, seen);
    if (found) return { offset: offset + found[0], message: found[1], hint: found[2] };
    offset += line.length + (text.startsWith('\r\n', offset + line.length) ? 2 : 1);
  }
  return undefined;
}

function excessOfFront(line: string, seen: Seen): Found | undefined {
  const opening = across.test(line) ? (quotes.exec(line)?.[0] ?? '') : (front.exec(line)?.[0] ?? '');
  const space = opening.replace(/\S/g, '').replaceAll('\t', '    ').length;
  const count = opening.replace(/[\s\d]/g, '').length;
  seen.fronts += count;
  if (count > limits.front.most)
    return [
      0,
      `More than ${limits.front.most} lists and quotes are opened in one line.`,
      'Use fewer levels, or put the line in a block of code.',
    ];
  if (space > limits.indent.most)
    return [
      0,
      `A list or quote is indented by more than ${limits.indent.most} columns.`,
      'Indent it by two columns for each level.',
    ];
  return seen.fronts > limits.fronts.most
    ? [0, `The text has more than ${inGroups(limits.fronts.most)} marks of lists and quotes.`, shorten]
    : undefined;
}

function excessOfMarks(line: string, seen: Seen, isMdx: boolean): Found | undefined {
  if (empty.test(line)) seen.together = 0;
  for (const { 0: mark, index } of line.matchAll(marks)) {
    if (mark === '|') seen.bars += 1;
    else {
      seen.marks += 1;
      seen.together += 1;
    }
    if (mark === '<') seen.components += 1;
    if (seen.bars > limits.bars.most)
      return [index, `The text has more than ${inGroups(limits.bars.most)} bars.`, shorten];
    if (seen.together > limits.marksTogether.most)
      return [
        index,
        `More than ${inGroups(limits.marksTogether.most)} marks of Markdown stand in one paragraph.`,
        plainer,
      ];
    if (seen.marks > limits.marks.most)
      return [index, `The text has more than ${inGroups(limits.marks.most)} marks of Markdown.`, plainer];
    if (isMdx && seen.components > limits.components.most)
      return [index, `The text has more than ${limits.components.most} components.`, 'Name fewer records.'];
  }
  return undefined;
}

function excessOfWords(line: string, seen: Seen): Found | undefined {
  if (empty.test(line)) Object.assign(seen, { words: 0, hasBracket: false });
  seen.words += line.match(words)?.length ?? 0;
  seen.hasBracket ||= bracket.test(line);
  return seen.hasBracket && seen.words > limits.wordsTogether.most
    ? [
        0,
        `A paragraph with a bracket in it has more than ${inGroups(limits.wordsTogether.most)} words.`,
        'Part it by empty lines, or write a backslash before the bracket.',
      ]
    : undefined;
}
