import { fromHtml } from 'hast-util-from-html';

/**
 * Whatever a tree holds, the renderer makes nothing but the elements, attributes, classes and addresses of this list,
 * which is not its own.
 */
const elements =
  /^(?:p|h[2-6]|a|em|strong|del|code|pre|ul|ol|li|blockquote|hr|br|div|table|thead|tbody|tr|th|td|sup|section)$/;
const classes =
  /^(?:typed|sr-only|scroll|steps|footnotes|data-footnote-backref|contains-task-list|task-list-item|align-(?:left|center|right)|callout|callout-(?:label|information|action|warning))$/;
const attributes: Record<string, RegExp> = {
  href: /^(?:https:\/\/|mailto:|\/site\/(?:releases|defects|changes|components)\/\w[\w.-]*\/$|#text--fn(?:ref)?-\d+(?:-\d+)?$)/i,
  id: /^text-[\p{L}\p{N}-]+$/u,
  start: /^\d{1,9}$/,
  scope: /^col$/,
  role: /^region$/,
  tabIndex: /^0$/,
  ariaLabel: /./s,
  ariaDescribedBy: /^text--notes$/,
  dataFootnotes: /^$/,
  dataFootnoteRef: /^$/,
  dataFootnoteBackref: /^$/,
};

type Node = { type: string; tagName?: string; properties?: Record<string, unknown>; children?: Node[] };

/** Every element, attribute and value of a page that is not on the list. */
export function faultsOf(html: string): string[] {
  const found: string[] = [];
  const rest: Node[] = [fromHtml(html, { fragment: true }) as Node];
  for (let node = rest.pop(); node; node = rest.pop()) {
    rest.push(...(node.children ?? []));
    if (node.type === 'element' && !elements.test(node.tagName as string)) found.push(`<${node.tagName}>`);
    if (node.type !== 'element' && node.type !== 'text' && node.type !== 'root') found.push(node.type);
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      const isRight =
        name === 'className'
          ? (value as string[]).every((one) => classes.test(one))
          : attributes[name]?.test([value].flat().join(' '));
      if (!isRight) found.push(`${node.tagName} ${name}=${String(value)}`);
    }
  }
  return found;
}
