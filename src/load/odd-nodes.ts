import { type Document, isAlias, isMap, isScalar, isSeq, visit } from 'yaml';
import { shorten } from '../model/wording.ts';
import { rangeOfNode } from './yaml-document.ts';

/**
 * What is marked in a way that no record needs: a directive, a tag that the parser knows, an anchor that nothing refers
 * to.
 */
export function markedNode(
  yaml: string,
  document: Document.Parsed,
): { range: [number, number]; message: string } | undefined {
  let marked: { range: [number, number]; message: string } | undefined;
  if (document.directives.yaml.explicit)
    marked = { range: [0, 5], message: 'A directive such as %YAML is not read here.' };
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || (!node.tag && !node.anchor)) return undefined;
      const message = node.anchor
        ? 'Anchors and aliases are not read here.'
        : 'A tag stands before this value, and tags are not read here.';
      const range = rangeOfNode(node) ?? [0, 0];
      const sign = yaml.lastIndexOf(node.anchor ? '&' : '!', range[0]);
      marked = { range: sign === -1 ? range : [sign, sign + 1], message };
      return visit.BREAK;
    },
  });
  return marked;
}

/** Where it stands, what is wrong with it, and what would be right. */
type Odd = { range: [number, number]; message: string; hint: string };

/**
 * The first key that is a list or a record, as in `{a}: b` or `? [a]`, or that stands in its record for a second time.
 */
export function oddKey(document: Document.Parsed): Odd | undefined {
  let odd: Odd | undefined;
  visit(document, {
    Map(_, { items }) {
      const names = new Set<string>();
      for (const { key } of items) {
        const range = rangeOfNode(key) ?? [0, 0];
        if (isMap(key) || isSeq(key))
          odd = {
            range: [range[0], range[0] + 1],
            message: 'A list or record stands here in the place of a name.',
            hint: 'Write a name and a colon before it, or put it in quotes.',
          };
        const name = isScalar(key) ? String(key.value) : '';
        if (isScalar(key) && names.has(name))
          odd = { range, message: `The field "${shorten(name)}" stands here twice.`, hint: 'Keep one of the two.' };
        if (name === '__proto__')
          odd = { range, message: 'The name "__proto__" is not read here.', hint: 'Give it another name.' };
        if (odd) return visit.BREAK;
        names.add(name);
      }
      return undefined;
    },
  });
  return odd;
}
