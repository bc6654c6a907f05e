import { entriesOf } from '../../derive/history.ts';
import { at, defineRule } from '../rule.ts';

export const notesAreSteps = defineRule({
  id: 'notes-are-steps',
  obligations: ['C-010'],
  summary: 'A release has the notes that the steps of its type name, and errata of them.',
  since: 2,
  *check({ releases, policy }) {
    for (const release of releases) {
      const { type } = release.record;
      const named = release.type.steps.flat().filter(({ did }) => did === 'publish');
      // A type that nobody knows has no steps, and is a finding itself.
      if (!Object.hasOwn(policy.programme.types, type) || named.some(({ target }) => target === undefined)) continue;
      const stages = named.map(({ target }) => target as string);
      for (const { line, index, at: when } of entriesOf(release, 'publish')) {
        if (stages.includes(line.note) || (line.note === 'erratum' && stages.includes('final'))) continue;
        yield {
          at: at(release.record, 'log', index, 'note'),
          message: `${article(line.note)} ${line.note} note is published, and the steps of the type "${type}" name none.`,
          hint:
            stages.length > 0
              ? `Its steps name ${stages.map((stage) => `"publish ${stage}"`).join(' and ')}: publish that, or correct the type of the release.`
              : 'Correct the type of the release, or add the step to the type in programme.yaml.',
          when,
          release: release.id,
        };
      }
    }
  },
});

function article(stage: string): string {
  return /^[aeiou]/.test(stage) ? 'An' : 'A';
}
