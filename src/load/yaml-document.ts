import {
  Composer,
  type CST,
  type Document,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  type ParsedNode,
  YAMLParseError,
} from 'yaml';
import { limits } from './limits.ts';
import type { Excess } from './text-limits.ts';
import { inGroups } from '../model/wording.ts';

/** YAML 1.2, core schema: dates and versions in quotes stay text, keys are unique, nothing is shared or run. */
export const yamlOptions = { schema: 'core', version: '1.2', uniqueKeys: true, prettyErrors: false } as const;

/** That keys are unique is looked for in one pass by the reader of records, for the library compares all. */
const options = { ...yamlOptions, uniqueKeys: false } as const;

export type YamlDocument = { document: Document.Parsed; lineCounter: LineCounter };

/**
 * The document of a YAML text, or where the text is more than the parser can go through in time. The tokens are made
 * first, which takes no longer than the text is long; what is composed of them calls itself for each level.
 */
export function readDocument(yaml: string): YamlDocument | { excess: Excess; lineCounter: LineCounter } {
  const lineCounter = new LineCounter();
  const tokens = tokensOf(yaml, lineCounter);
  if (!Array.isArray(tokens)) return { excess: tokens, lineCounter };
  const [document, next] = new Composer<ParsedNode>({ ...options, lineCounter }).compose(tokens, true, yaml.length);
  if (document && next)
    document.errors.push(new YAMLParseError([next.range[0], next.range[1]], 'MULTIPLE_DOCS', 'a second document'));
  return { document: document as Document.Parsed, lineCounter };
}

function tokensOf(yaml: string, lineCounter: LineCounter): CST.Token[] | Excess {
  lineCounter.addNewLine(0);
  if (yaml.length > limits.yaml.most) {
    for (let end = yaml.indexOf('\n'); end !== -1 && end < limits.yaml.most; end = yaml.indexOf('\n', end + 1))
      lineCounter.addNewLine(end + 1);
    return {
      offset: limits.yaml.most,
      message: `The fields are longer than ${inGroups(limits.yaml.most)} characters.`,
      hint: 'Put long texts below the fields, or into a document of their own.',
    };
  }
  const parser = new Parser(lineCounter.addNewLine);
  const tokens: CST.Token[] = [];
  let pieces = 0;
  for (const piece of new Lexer().lex(yaml)) {
    pieces += 1;
    const start = parser.offset;
    for (const token of parser.next(piece)) tokens.push(token);
    const fault = faultOf(parser, pieces);
    if (fault) return { offset: start, ...fault };
  }
  return [...tokens, ...parser.end()];
}

/** What is being read, from the document inwards, is the parser's stack. */
function faultOf({ stack }: Parser, pieces: number): Omit<Excess, 'offset'> | undefined {
  if (pieces > limits.pieces.most)
    return {
      message: `The fields have more than ${inGroups(limits.pieces.most)} names, values and signs.`,
      hint: 'Put long texts below the fields, and leave out what no reader needs.',
    };
  if (stack.length - 2 > limits.levels.most)
    return {
      message: `Lists and records are nested more than ${limits.levels.most} levels deep here.`,
      hint: 'Put text that holds brackets, braces or dashes in quotes.',
    };
  const current = stack.at(-1);
  const entries = current && 'items' in current ? current.items.length : 0;
  return entries > limits.entries.most
    ? {
        message: `A list or record has more than ${inGroups(limits.entries.most)} entries.`,
        hint: 'Keep what is in it in several records.',
      }
    : undefined;
}

/** Where a node stands in its text; nothing for a value that is not written. */
export function rangeOfNode(node: unknown): [number, number] | undefined {
  if (!isNode(node) || !node.range) return undefined;
  const [start, end] = node.range;
  return start === end && isScalar(node) && node.value === null ? undefined : [start, end];
}
