import type { Document, LineCounter, YAMLError } from 'yaml';
import type { Finding, Position } from '../diagnostic.ts';
import { openingOf, slipIn, unclosed } from './yaml-slips.ts';

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
  const position = positionOf(lineCounter, linesBefore, ...(openingOf(fault, document, yaml) ?? fault.pos));
  const written = yaml.slice(fault.pos[0], fault.pos[1]).split('\n')[0] ?? '';
  const begun = slipIn(yaml, fault, document);
  if (begun) {
    const { offset, message, hint } = begun;
    const place = positionOf(lineCounter, linesBefore, offset, offset + 1);
    return { rule: 'yaml-well-formed', at: { file, position: place }, message, hint };
  }
  const [message, hint] = sentences(fault, written, isMultiline);
  return { rule: 'yaml-well-formed', at: { file, position }, message, hint };
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
