import { z } from 'zod';
import { text } from './primitives.ts';

const term = (usual: string, meaning: string) => text.default(usual).describe(meaning);

/**
 * What a programme calls things, as it writes them inside of a sentence; the sentences around them stay. Records keep
 * the words of the model: a release has a `slot`, a note the stage `final`, whatever readers are told.
 */
export const terms = z.strictObject({
  smokeTest: term('smoke test', 'The test that completes a release where participants test.'),
  internalTest: term('internal test', 'The test before participants see a release.'),
  changeOrder: term('change order', 'What the plan belongs to.'),
  marketRole: term('market role', 'What a participant is in the market.'),
  fuel: term('fuel', 'What an item may affect beside the roles.'),
  codeLine: term('code line', 'One of several lines of work on a component.'),
  slot: term('slot', 'A day on which a regular release can come.'),
  provisional: term('provisional', 'The stage of a note whose contents may still change.'),
  final: term('final', 'The stage of a note that confirms the contents.'),
});

export type Terms = z.infer<typeof terms>;

/** What a stage of a note is called. */
export function stageTerm(stage: string, { provisional, final }: Terms): string {
  return stage === 'provisional' ? provisional : stage === 'final' ? final : stage;
}
