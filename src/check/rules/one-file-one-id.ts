import type { Catalog } from '../../derive/catalog.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const oneFileOneId = defineRule({
  id: 'one-file-one-id',
  obligations: ['C-135'],
  summary:
    'Every record has an id of its own, its file is named by it, and no two defects stand for one of the same tracker.',
  about: 'records',
  *check({ releases, defects, changes, waivers }) {
    const records = [...releases.map(({ record }) => record), ...defects, ...changes, ...waivers];
    const claimed = new Map<string, (typeof records)[number]>();
    for (const record of records) {
      const named = (record.file.split('/').at(-1) as string).replace(/\.mdx?$/, '');
      if (named !== record.id) {
        yield {
          at: at(record, 'id'),
          message: `The id is "${record.id}", and the file is named "${named}".`,
          hint: `Rename the file to ${record.id}, or correct the id.`,
        };
      }
      const key = keyOf(record.id);
      const first = claimed.get(key);
      if (first) {
        yield {
          at: at(record, 'id'),
          message: `The id "${record.id}" is already that of ${first.file}.`,
          hint: 'Give one of the two the next free number, and rename its file.',
          related: [{ at: at(first, 'id'), message: 'the first record of this id' }],
        };
      } else claimed.set(key, record);
    }
    yield* importedTwice(defects);
  },
});

function keyOf(id: string): string {
  return id.normalize('NFC').toLowerCase();
}

/**
 * The name of the tracker and the id in it are one identity: a second file with both would split what the next import
 * writes. What was written by hand has the key alone.
 */
function* importedTwice(defects: Catalog['defects']): Generator<RuleFinding> {
  const imported = new Map<string, (typeof defects)[number]>();
  for (const defect of defects) {
    const { source, key: name } = defect.tracker;
    const key = JSON.stringify(source ? [source.system, source.id] : [name]);
    const first = imported.get(key);
    // Two files of one id are told of as that.
    if (first && keyOf(first.id) !== keyOf(defect.id)) {
      const path = source ? ['tracker', 'source', 'id'] : ['tracker', 'key'];
      yield {
        at: at(defect, ...path),
        message: source
          ? `The defect "${source.id}" of ${source.system} already stands in ${first.file}.`
          : `The defect "${name}" of the tracker already stands in ${first.file}.`,
        hint: 'Keep one of the two, move to it what people wrote in the other, and change the places that name the other.',
        related: [{ at: at(first, ...path), message: 'the first record of this defect' }],
        item: defect.id,
        ...(source ? {} : { since: 2 }),
      };
    } else imported.set(key, defect);
  }
}
