import { anyOf, publicTexts } from '../public-texts.ts';
import { at, defineRule } from '../rule.ts';

/** Bodies are published word for word: the fields that are withheld keep nothing private that stands in a text. */
export const namesStayPrivate = defineRule({
  id: 'names-stay-private',
  obligations: ['C-004'],
  summary: 'The name or login of a person stands in no text that is published.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const { people } = catalog.policy.people;
    const { confidential, permission } = catalog.policy.programme.classification;
    if (permission) return;
    // A login of two or three letters is a word like any other.
    const logins = people.flatMap(({ git }) => (git !== undefined && git.length > 3 ? [git] : []));
    const lists = [
      { words: people.flatMap(({ name }) => name ?? []), kind: 'name', field: 'people.people.name' },
      { words: logins, kind: 'login', field: 'people.people.git' },
    ];
    const texts = [...publicTexts(catalog)];
    for (const { words, kind, field } of lists) {
      if (words.length === 0) continue;
      const isClassed = confidential.includes(field);
      const named = anyOf(words);
      for (const { record, path, text, release } of texts) {
        if (!named.test(text)) continue;
        yield {
          at: at(record, ...path),
          message: `The ${kind} of a person stands in this text${isClassed ? `, and ${kind}s are classed confidential` : ', which is published'}.`,
          hint: 'Write the initials or the role, or record the permission to publish names.',
          ...(isClassed ? {} : { level: 'warning' as const }),
          ...(release === undefined ? {} : { release }),
        };
      }
    }
  },
});
