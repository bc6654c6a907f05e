import { type Document, isMap, isNode, isScalar, isSeq, Lexer, visit, type YAMLError } from 'yaml';

/** Where a slip is, what it is, and what would be right. */
type Begun = { offset: number; message: string; hint: string };

/** A slip of the hand that the parser tells of in another place, or not in words that help. */
export function slipIn(yaml: string, fault: YAMLError, document: Document.Parsed): Begun | undefined {
  return (
    commentInside(yaml, fault, document) ??
    signAtStart(yaml, fault) ??
    dashWithoutSpace(yaml, fault) ??
    commaLeftOut(yaml, fault)
  );
}

/** A bracket that is not closed, because a comment began before the closing one. */
function commentInside(yaml: string, fault: YAMLError, document: Document.Parsed): Begun | undefined {
  const opening = openingOf(fault, document, yaml)?.[0];
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
export const unclosed = /end with a (\S)$|^Missing closing (["'])quote/;

/** Where the bracket or quote was opened; people look for it there, not where the text ends. */
export function openingOf(fault: YAMLError, document: Document.Parsed, yaml: string): [number, number] | undefined {
  if (!unclosed.test(fault.message)) return undefined;
  let opened: number | undefined;
  visit(document, (_, node) => {
    const isOpening = (isScalar(node) && /^QUOTE/.test(node.type ?? '')) || ((isMap(node) || isSeq(node)) && node.flow);
    const range = isOpening && isNode(node) ? node.range : undefined;
    if (range && range[0] < fault.pos[0] && fault.pos[0] <= range[2] + 1 && !isClosed(yaml, range)) opened = range[0];
  });
  return opened === undefined ? undefined : [opened, opened + 1];
}

function isClosed(yaml: string, [start, end]: readonly [number, number, ...number[]]): boolean {
  const closing: Record<string, string> = { '{': '}', '[': ']', '"': '"', "'": "'" };
  return end > start + 1 && yaml.charAt(end - 1) === closing[yaml.charAt(start)];
}

/** An entry of a list whose dash goes straight on. */
function dashWithoutSpace(yaml: string, fault: YAMLError): Begun | undefined {
  const start = yaml.lastIndexOf('\n', fault.pos[0] - 1) + 1;
  const dash = /^\s*-(?=[{["'A-Za-z])/.exec(yaml.slice(start));
  return dash
    ? {
        offset: start + dash[0].length - 1,
        message: 'A dash begins an entry, and no space stands after it.',
        hint: 'Put a space after the dash.',
      }
    : undefined;
}

/** Two fields of an entry in braces with nothing between them. */
function commaLeftOut(yaml: string, fault: YAMLError): Begun | undefined {
  if (!['BLOCK_IN_FLOW', 'BLOCK_AS_IMPLICIT_KEY'].includes(fault.code)) return undefined;
  const start = yaml.lastIndexOf('\n', fault.pos[0] - 1) + 1;
  const line = /^.*/.exec(yaml.slice(start))?.[0] ?? '';
  const found = /[{,]\s*[\w-]+: [^\s,:{}[\]]+ (?<name>[A-Za-z_][\w-]*): /d.exec(line);
  const offset = found?.indices?.groups?.['name']?.[0];
  return offset === undefined
    ? undefined
    : {
        offset: start + offset,
        message: `No comma stands before "${found?.groups?.['name']}".`,
        hint: 'Put a comma between two fields; a text that holds a colon and a space stands in double quotes.',
      };
}
