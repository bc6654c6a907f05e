import type { Root } from 'hast';
import { sanitize, type Schema } from 'hast-util-sanitize';

/** Where the site is served, and what every id that the renderer makes begins with. */
export type Frame = { base: string; prefix: string };

/**
 * The last pass over what is rendered: whatever a tree held, nothing leaves but the elements and attributes that the
 * renderer itself makes, with values of closed lists, and links to https, mailto or a record of this site. What is in
 * any other element stays as text.
 */
export function onlyAllowed(root: Root, frame: Frame): Root {
  const safe = sanitize(root, schemaFor(frame));
  return safe.type === 'root' ? safe : { type: 'root', children: [safe] };
}

function schemaFor({ base, prefix }: Frame): Schema {
  const site = literal(base.replace(/\/$/, ''));
  const own = literal(prefix);
  const align = ['className', 'align-left', 'align-center', 'align-right'] as [string, ...string[]];
  const heading: Schema['attributes'] = Object.fromEntries(
    ['h2', 'h3', 'h4', 'h5', 'h6'].map((name) => [
      name,
      [['id', new RegExp(`^${own}-[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*$`, 'u')]],
    ]),
  );
  return {
    tagNames: [
      'p',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'a',
      'em',
      'strong',
      'del',
      'code',
      'pre',
      'ul',
      'ol',
      'li',
      'blockquote',
      'hr',
      'br',
      'div',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'sup',
      'section',
    ],
    attributes: {
      ...heading,
      p: [
        ['className', 'typed', 'callout-label', 'sr-only'],
        ['id', `${prefix}--notes`],
      ],
      a: [
        [
          'href',
          /^https:\/\//i,
          /^mailto:/i,
          new RegExp(`^${site}/(?:releases|defects|changes|components)/\\w[\\w.-]*/$`),
          new RegExp(`^#${own}--fn(?:ref)?-\\d+(?:-\\d+)?$`),
        ],
        ['id', new RegExp(`^${own}--fnref-\\d+(?:-\\d+)?$`)],
        ['className', 'data-footnote-backref'],
        ['ariaDescribedBy', `${prefix}--notes`],
        ['ariaLabel', /^Back to reference \d+(?:-\d+)?$/],
        ['dataFootnoteRef', true],
        ['dataFootnoteBackref', ''],
      ],
      ul: [['className', 'contains-task-list']],
      ol: [
        ['className', 'contains-task-list'],
        ['start', /^\d{1,9}$/],
      ],
      li: [
        ['className', 'task-list-item'],
        ['id', new RegExp(`^${own}--fn-\\d+$`)],
      ],
      div: [['className', 'steps', 'callout', 'callout-information', 'callout-action', 'callout-warning'], 'ariaLabel'],
      th: [align, ['scope', 'col']],
      td: [align],
      section: [['className', 'scroll', 'footnotes'], ['dataFootnotes', true], ['tabIndex', 0], 'ariaLabel'],
    },
    ancestors: { thead: ['table'], tbody: ['table'], tr: ['table'], th: ['tr'], td: ['tr'], li: ['ul', 'ol'] },
    // The form of each address and id is decided above; the defaults would let through any address without a scheme.
    protocols: {},
    clobber: [],
    required: {},
    strip: ['script', 'style'],
    allowComments: false,
    allowDoctypes: false,
  };
}

/** A text as a pattern that matches just it. */
function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
