import { type Document, isPair, isScalar, isSeq, type Scalar, visit } from 'yaml';
import type { Path } from '../diagnostic.ts';

/** Something in a YAML text that looks like another sign than it is, and what would stand there instead. */
export type OddSign = { range: [number, number]; message: string; hint: string; instead: string };

const spaces: Record<string, string> = {
  '\u00a0': 'A no-break space',
  '\u202f': 'A narrow no-break space',
  '\u3000': 'An ideographic space',
};
const oddSpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const indented = /^ *([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+) *(?:- |[\w-]+:)/;
const afterName = /^(?:.*[\s{,])?([\w-]+:)([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+)/;

/** A tab or an odd space in the indentation, or an odd space behind a name, in the lines around a place. */
export function oddSpaceNear(yaml: string, offset: number): OddSign | undefined {
  const rows = yaml.split('\n');
  const row = yaml.slice(0, offset).split('\n').length - 1;
  let start = rows.slice(0, Math.max(row - 1, 0)).reduce((sum, text) => sum + text.length + 1, 0);
  for (const text of rows.slice(Math.max(row - 1, 0), row + 2)) {
    const found = oddSpaceIn(text);
    if (found) return { ...found, range: [found.range[0] + start, found.range[1] + start] };
    start += text.length + 1;
  }
  return undefined;
}

function oddSpaceIn(row: string): OddSign | undefined {
  const tab = /^ *\t/.exec(row);
  if (tab) {
    const at = tab[0].length - 1;
    return { range: [at, at + 1], message: 'A tab is used to indent.', hint: 'Use spaces.', instead: '  ' };
  }
  const [before, space] = indented.exec(row) ?? [];
  if (before !== undefined && space !== undefined) return inIndentation(row.indexOf(space), space);
  const named = afterName.exec(row);
  if (!named) return undefined;
  return behind(named[0].length - (named[2] as string).length, named[1] as string, named[2] as string);
}

function inIndentation(at: number, space: string): OddSign {
  return {
    range: [at, at + space.length],
    message: `${nameOf(space)} is used to indent.`,
    hint: 'Use spaces.',
    instead: ' '.repeat(space.length),
  };
}

function behind(at: number, name: string, space: string): OddSign {
  return {
    range: [at, at + space.length],
    message: `${nameOf(space)} stands behind "${name}", which takes a usual one.`,
    hint: 'Write a space from the keyboard in its place.',
    instead: ' ',
  };
}

function nameOf(space: string): string {
  return spaces[space.charAt(0)] ?? 'A space that is none of the keyboard';
}

/** An odd space or curly quotes in a text that can be read, but not as it was meant. */
export function oddSignIn(yaml: string, document: Document.Parsed): OddSign | undefined {
  let odd: OddSign | undefined;
  visit(document, {
    Scalar(key, node) {
      if (node.type !== 'PLAIN' || !node.range) return undefined;
      const [start, end] = node.range;
      const written = yaml.slice(start, end);
      odd = oddSpaces(written, start, key === 'key') ?? (key === 'key' ? undefined : curlyQuotes(written, start));
      return odd && visit.BREAK;
    },
  });
  return odd;
}

function oddSpaces(written: string, start: number, isName: boolean): OddSign | undefined {
  if (!oddSpace.test(written)) return undefined;
  if (isName) {
    const found = oddSpaceIn(`${written}${written.includes(':') ? '' : ':'}`);
    return found && { ...found, range: [found.range[0] + start, found.range[1] + start] };
  }
  // The next line was meant as a field, and was read as more of this text.
  let offset = 0;
  for (const row of written.split('\n')) {
    const space = offset === 0 ? undefined : indented.exec(row)?.[1];
    if (space) return inIndentation(start + offset + row.indexOf(space), space);
    offset += row.length + 1;
  }
  const first = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/.exec(written)?.[0];
  return first === undefined
    ? undefined
    : {
        range: [start, start + first.length],
        message: `${nameOf(first)} stands before this value, and is read as part of it.`,
        hint: 'Remove it.',
        instead: '',
      };
}

/** Around one word they are meant as the quotes of YAML; around a whole sentence they may be its own. */
function curlyQuotes(written: string, start: number): OddSign | undefined {
  const inner = /^[“”„‟‘’‚‛]([^\s“”„‟‘’‚‛]+)[“”‟‘’‛]$/.exec(written)?.[1];
  return inner === undefined
    ? undefined
    : {
        range: [start, start + written.length],
        message: 'Curly quotes stand around this value, and are read as part of it.',
        hint: `Use straight quotes: ${JSON.stringify(inner)}.`,
        instead: JSON.stringify(inner),
      };
}

/** A text behind which a comment begins in the same line: where the two stand, and what each of them is. */
export type Commented = { path: Path; range: [number, number]; text: string; rest: string };

/** The texts without quotes behind which a comment begins; whether it was meant as one depends on the field. */
export function commentedTexts(yaml: string, document: Document.Parsed): Commented[] {
  if (!/[ \t]#/.test(yaml)) return [];
  const found: Commented[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      const isText = typeof node.value === 'string' || node.value === null;
      if (key === 'key' || node.type !== 'PLAIN' || !isText || !node.range) return;
      const [start, end] = node.range;
      const close = yaml.indexOf('\n', end);
      const rest = yaml.slice(end, close === -1 ? undefined : close).trimEnd();
      if (!(node.value === null ? /^[ \t]*#/ : /^[ \t]+#/).test(rest)) return;
      found.push({
        path: pathOf(node, ancestors),
        range: [start, end + rest.length],
        text: (node.value as string | null) ?? '',
        rest,
      });
    },
  });
  return found;
}

function pathOf(node: Scalar, ancestors: readonly unknown[]): Path {
  const chain = [...ancestors, node];
  return chain.flatMap((entry, index): (string | number)[] => {
    if (isSeq(entry)) return [entry.items.indexOf(chain[index + 1])];
    if (!isPair(entry)) return [];
    return [isScalar(entry.key) ? String(entry.key.value) : ''];
  });
}
