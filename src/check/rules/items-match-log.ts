import { nearestId } from '../../validate/nearest-id.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const itemsMatchLog = defineRule({
  id: 'items-match-log',
  obligations: ['C-035', 'C-013', 'C-014', 'C-117', 'C-121'],
  summary: 'The items of a release and the items its log speaks of are the same, each listed once and proposed first.',
  about: 'records',
  *check({ releases, defects, changes, unread }) {
    const known = new Set([...defects, ...changes].map(({ id }) => id).concat(unread));
    for (const { record, id: release } of releases) {
      const listed = record.items.map(({ id }) => id);
      const everProposed = record.log.flatMap((line) => (line.did === 'propose' ? line.items : []));
      const never = listed.filter((item) => !everProposed.includes(item));
      const proposed = new Set<string>();
      for (const [index, line] of record.log.entries()) {
        if (!('items' in line)) continue;
        for (const [position, item] of (line.items ?? []).entries()) {
          const place = at(record, 'log', index, 'items', position);
          if (line.did === 'propose') proposed.add(item);
          // What is no defect and no change at all is a finding of the reference.
          if (!listed.includes(item) && known.has(item))
            yield { at: place, ...unlisted(item, line.did === 'propose' ? never : [], listed, release) };
          else if (listed.includes(item) && !proposed.has(item))
            yield {
              at: place,
              message: `${item} was never proposed for ${release}.`,
              hint: 'Record a "propose" line with it before this one.',
              obligation: line.did === 'deliver' ? 'C-121' : 'C-117',
              release,
              item,
            };
        }
      }
      for (const [index, { id: item }] of record.items.entries()) {
        if (listed.indexOf(item) < index)
          yield {
            at: at(record, 'items', index, 'id'),
            message: `${item} is listed twice.`,
            hint: 'Keep one of the two.',
            obligation: 'C-014',
            release,
            item,
          };
        else if (!proposed.has(item) && record.log.length > 0)
          yield {
            at: at(record, 'items', index, 'id'),
            message: `${item} is listed, and no line of the log proposes it.`,
            hint: 'Add it to a "propose" line, or remove it.',
            release,
            item,
          };
      }
    }
  },
});

/** An item that is listed and that no line proposes is likelier to be meant than any other. */
function unlisted(
  item: string,
  never: readonly string[],
  listed: readonly string[],
  release: string,
): Omit<RuleFinding, 'at'> {
  const near = nearestId(item, never) ?? (never.length === 1 ? never[0] : nearestId(item, listed));
  return {
    message: `${item} is not among the items of ${release}.`,
    hint: near ? `Did you mean "${near}"?` : 'Add it under "items" with its text for readers.',
    correction: near ? { kind: 'replace', text: near } : undefined,
    obligation: 'C-013',
    release,
    item,
  };
}
