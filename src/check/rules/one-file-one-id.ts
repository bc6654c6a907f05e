import { at, defineRule } from '../rule.ts';

export const oneFileOneId = defineRule({
  id: 'one-file-one-id',
  obligations: ['C-135'],
  summary: 'Every record has an id of its own, and its file is named by it.',
  *check({ releases, defects, changes, waivers }) {
    const records = [...releases.map(({ record }) => record), ...defects, ...changes, ...waivers];
    const claimed = new Map<string, (typeof records)[number]>();
    for (const record of records) {
      const named = (record.file.split('/').at(-1) as string).replace(/\.mdx?$/, '');
      if (named !== record.id) {
        yield { at: at(record, 'id'), message: `The id is "${record.id}", and the file is named "${named}".`, hint: `Rename the file to ${record.id}, or correct the id.` };
      }
      const key = record.id.normalize('NFC').toLowerCase();
      const first = claimed.get(key);
      if (first) {
        yield { at: at(record, 'id'), message: `The id "${record.id}" is already that of ${first.file}.`, hint: 'Give one of the two the next free number, and rename its file.', related: [{ at: at(first, 'id'), message: 'the first record of this id' }] };
      } else claimed.set(key, record);
    }
  },
});
