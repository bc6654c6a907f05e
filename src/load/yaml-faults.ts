import { type Document, isMap, isNode, isScalar, isSeq, Lexer, type LineCounter, visit, type YAMLError } from 'yaml';
import type { Finding, Position } from '../diagnostic.ts';

/** One plain sentence for each fault of the YAML parser that people meet. */
export function inWords(
  file: string,
  faults: YAMLError[],
  document: Document.Parsed,
  lineCounter: LineCounter,
  linesBefore: number,
  yaml: string,
): Finding {
  const fault = faults[0] as YAMLError;
  const isMultiline = faults.some(({ code }) => code === 'MULTILINE_IMPLICIT_KEY');
  const position = positionOf(lineCounter, linesBefore, ...(openingOf(fault, document) ?? fault.pos));
  const written = yaml.slice(fault.pos[0], fault.pos[1]).split('\n')[0] ?? '';
  const begun = commentInside(yaml, fault, document) ?? signAtStart(yaml, fault);
  if (begun) {
    const { offset, message, hint } = begun;
    const place = positionOf(lineCounter, linesBefore, offset, offset + 1);
    return { rule: 'yaml-well-formed', at: { file, position: place }, message, hint };
  }
  const [message, hint] = sentences(fault, written, isMultiline);
  return { rule: 'yaml-well-formed', at: { file, position }, message, hint };
}

type Begun = { offset: number; message: string; hint: string };

/** A bracket that is not closed, because a comment began before the closing one. */
function commentInside(yaml: string, fault: YAMLError, document: Document.Parsed): Begun | undefined {
  const opening = openingOf(fault, document)?.[0];
  if (opening === undefined || !/[[{]/.test(yaml.charAt(opening))) return undefined;
  const offset = commentsOf(yaml).find((start) => start > opening && start < fault.pos[1] && !isAlone(yaml, start));
  return offset === undefined
    ? undefined
    : {
        offset,
        message: 'A comment begins here, and takes with it what closes the list or record.',
        hint: 'Put the text that holds " #" in double quotes.',
      };
}

/** Where comments begin; some of what the lexer tells stands for no sign of the text. */
function commentsOf(yaml: string): number[] {
  const found: number[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(yaml)) {
    if (token === '\x02' || token === '\x18' || token === '\x1f') continue;
    if (token.startsWith('#')) found.push(offset);
    offset += token.length;
  }
  return found;
}

/** A comment on a line of its own takes nothing with it. */
function isAlone(yaml: string, offset: number): boolean {
  return yaml.slice(yaml.lastIndexOf('\n', offset) + 1, offset).trim() === '';
}

/** A sign that has a meaning of its own at the beginning of a value, and after which the text went on. */
function signAtStart(yaml: string, fault: YAMLError): Begun | undefined {
  if (!['UNEXPECTED_TOKEN', 'BAD_SCALAR_START', 'BAD_ALIAS', 'TAG_RESOLVE_FAILED'].includes(fault.code))
    return undefined;
  if (/same line with key/.test(fault.message)) return undefined;
  const start = yaml.lastIndexOf('\n', fault.pos[0] - 1) + 1;
  const before = yaml.slice(start, fault.pos[0] + 1);
  const found = /(?:^\s*-|[:,[{])\s+(?<sign>[*&!@%`|>[{])(?=[^:,]*$)/d.exec(before);
  const offset = found?.indices?.groups?.['sign']?.[0];
  const sign = found?.groups?.['sign'];
  if (offset === undefined || sign === undefined) return undefined;
  // A tag that stands before nothing else is one.
  if (sign === '!' && /^!![\w/]+/.test(yaml.slice(start + offset))) return undefined;
  return {
    offset: start + offset,
    message: `Text cannot begin with "${sign}" unless it stands in quotes.`,
    hint: 'Put the whole text in double quotes.',
  };
}

/** What the parser says at the end of a text in which a bracket or a quote was never closed. */
const unclosed = /end with a (\S)$|^Missing closing (["'])quote/;

/** Where the bracket or quote was opened; people look for it there, not where the text ends. */
function openingOf(fault: YAMLError, document: Document.Parsed): [number, number] | undefined {
  if (!unclosed.test(fault.message)) return undefined;
  let opened: number | undefined;
  visit(document, (_, node) => {
    const isOpening = (isScalar(node) && /^QUOTE/.test(node.type ?? '')) || ((isMap(node) || isSeq(node)) && node.flow);
    const range = isOpening && isNode(node) ? node.range : undefined;
    if (range && range[0] < fault.pos[0] && fault.pos[0] <= range[2] + 1) opened = range[0];
  });
  return opened === undefined ? undefined : [opened, opened + 1];
}

function sentences(fault: YAMLError, written: string, isMultiline: boolean): [string, string] {
  const [, bracket, quote] = unclosed.exec(fault.message) ?? [];
  if (bracket) return ['A list or record is opened here and not closed.', `Close it with ${bracket}.`];
  if (quote) return ['A quote is opened here and not closed.', `Close it with ${quote}.`];
  if (isMultiline)
    return [
      'The next line is indented as if it went on with this text.',
      'Begin every field of a record in the same column.',
    ];
  switch (fault.code) {
    case 'BAD_SCALAR_START':
      return [
        `Text cannot begin with "${written.charAt(0)}" unless it stands in quotes.`,
        'Put the text in double quotes.',
      ];
    case 'UNEXPECTED_TOKEN':
      if (/same line with key/.test(fault.message))
        return [
          'A list begins on the same line as its name.',
          'Put the first dash on the next line, or the list in brackets.',
        ];
      return [
        'Something stands here after the value has ended.',
        'Put text that holds a quote in double quotes, and begin every field in the same column.',
      ];
    case 'BLOCK_IN_FLOW':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return ['A colon and a space stand in text that has no quotes.', 'Put the text in double quotes.'];
    case 'TAB_AS_INDENT':
      return ['A tab is used to indent.', 'Use spaces.'];
    case 'BAD_INDENT':
      return [
        'The indentation does not fit the lines above.',
        'Indent fields of one record by the same number of spaces.',
      ];
    case 'MISSING_CHAR':
      return [
        `Something is missing here: ${lowerFirst(fault.message)}.`,
        'Close every quote, bracket and brace that is opened.',
      ];
    case 'TAG_RESOLVE_FAILED':
      return [`The tag "${written}" is not read here.`, 'Remove the tag; put text in quotes.'];
    case 'BAD_ALIAS':
      return ['Anchors and aliases are not read here.', 'Write the value out, or put it in quotes.'];
    case 'MULTIPLE_DOCS':
      return ['A second YAML document begins here.', 'Keep one document to a file.'];
    default:
      return [
        `This is not YAML: ${lowerFirst(fault.message.split('\n')[0] as string).replace(/\.$/, '')}.`,
        'Put text that holds a colon, a hash, a brace or a quote in double quotes.',
      ];
  }
}

/** A range of the YAML as lines and columns of its file. */
export function positionOf(lineCounter: LineCounter, linesBefore: number, start: number, end: number): Position {
  const from = lineCounter.linePos(start);
  const to = lineCounter.linePos(Math.max(end, start));
  return { line: from.line + linesBefore, column: from.col, endLine: to.line + linesBefore, endColumn: to.col };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
