import { z } from 'zod';
import { text } from './primitives.ts';
import { capital } from './wording.ts';

const term = (usual: string, meaning: string) => text.default(usual).describe(meaning);

/**
 * What a programme calls things, as it writes them inside of a sentence; the sentences around them stay. Records keep
 * the words of the model: a release has a `slot`, a note the stage `final`, whatever readers are told.
 */
export const terms = z.strictObject({
  smokeTest: term('smoke test', 'The test that completes a release where participants test.'),
  internalTest: term('internal test', 'The test before participants see a release.'),
  changeOrder: term('change order', 'What the plan belongs to.'),
  marketRole: term('participant role', 'What a participant is in the market.'),
  fuel: term('affected part', 'What an item may affect beside the roles.'),
  codeLine: term('code line', 'One of several lines of work on a component.'),
  slot: term('slot', 'A day on which a regular release can come.'),
  marketEnvironment: term('market-facing environment', 'Where participants test.'),
  provisional: term('provisional', 'The stage of a note whose contents may still change.'),
  final: term('final', 'The stage of a note that confirms the contents.'),
});

export type Terms = z.infer<typeof terms>;

const usual = terms.parse({});

/**
 * A sentence of the product's own, which uses the usual words, in the words of a programme: names and addresses in
 * which they are a part stay. The article before a word that changes follows it.
 */
export function inTermsOf(sentence: string, own: Terms): string {
  return Object.entries(own).reduce((text, [name, word]) => {
    const known = usual[name as keyof Terms];
    if (word === known) return text;
    const pattern = new RegExp(`(\\b[Aa]n? )?(?<![\\w/-])(${known})(s?)(?![\\w/-])`, 'gi');
    return text.replace(pattern, (_, article: string | undefined, found: string, plural: string) => {
      const isCapital = found.charAt(0) !== found.charAt(0).toLowerCase();
      const before = article === undefined ? '' : `${article.charAt(0)}${/^[aeiou]/i.test(word) ? 'n' : ''} `;
      return `${before}${isCapital ? capital(word) : word}${plural}`;
    });
  }, sentence);
}

/** What a stage of a note is called. */
export function stageTerm(stage: string, { provisional, final }: Terms): string {
  return stage === 'provisional' ? provisional : stage === 'final' ? final : stage;
}
