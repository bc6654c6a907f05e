import { isMap, isSeq, parseDocument } from 'yaml';
import { yamlOptions } from '../load/yaml-document.ts';

const beginning = `# The addresses of the site that lead somewhere for ever, by the day from which they are kept. \`ccmt addresses --write\`
# adds new ones. Where a page has to go, say under "moved" from which address to which page.
kept: {}
`;

/** The text of the kept addresses with more of them, kept from a day on; what stands there stays, comments included. */
export function keepAddresses(text: string | undefined, day: string, addresses: readonly string[]): string {
  const document = parseDocument(text ?? beginning, yamlOptions);
  const kept = document.get('kept', true);
  if (isMap(kept)) kept.flow = false;
  else document.set('kept', document.createNode({}));
  const list = document.getIn(['kept', day], true);
  if (isSeq(list)) for (const address of addresses) list.add(address);
  else document.setIn(['kept', day], document.createNode(addresses));
  return document.toString({ lineWidth: 0 });
}
