import { anyOf, publicTexts } from '../public-texts.ts';
import { at, defineRule } from '../rule.ts';

/**
 * What often goes out by mistake. A number of a telephone begins with a plus, or with a zero and has a space, a hyphen
 * or a bracket in it: the numbers of meters and orders have not.
 */
const signs: [RegExp, string][] = [
  [/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/u, 'An e-mail address'],
  [/(?<![\w+])\+\d{1,3}(?:[ ().-]{0,3}\d){7,12}\b/u, 'A telephone number'],
  [/(?<![\w+.,:/-])\(?0\d{2,5}[) -]{1,2}\d{3,8}(?:[ -]\d{3,4}){0,2}(?![\w.:])/u, 'A telephone number'],
];

export const textsHoldNothingPrivate = defineRule({
  id: 'texts-hold-nothing-private',
  obligations: ['C-004'],
  summary: 'No text that is published holds an e-mail address, a telephone number, or a word of what must stay inside.',
  about: 'records',
  since: 2,
  *check(catalog) {
    const { words } = catalog.policy.programme.classification;
    const kinds: [RegExp, string][] = words.length === 0 ? signs : [...signs, [anyOf(words), '']];
    for (const { record, path, text, release } of publicTexts(catalog)) {
      for (const [sign, kind] of kinds) {
        const found = sign.exec(text)?.[0];
        // The plan is where such words are explained.
        const isOfPlan = kind === '' && record.file.startsWith('plan/');
        if (found === undefined || isOfPlan) continue;
        yield {
          at: at(record, ...path),
          message: `${kind || `The word "${found}"`} stands in this text, which is published.`,
          hint: 'Take it out before a note is frozen with it: what was published stays published.',
          level: 'warning',
          ...(release === undefined ? {} : { release }),
        };
      }
    }
  },
});
