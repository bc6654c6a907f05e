import { compareText } from '../../diagnostic.ts';
import { at, defineRule } from '../rule.ts';

export const summaryFitsTheNote = defineRule({
  id: 'summary-fits-the-note',
  obligations: ['C-079'],
  summary: 'The summary of a final note was not written for other items than it lists.',
  since: 2,
  *check({ releases, published, asOf, policy }) {
    for (const release of releases) {
      const notes = published
        .filter(({ release: id, publishedAt }) => id === release.id && publishedAt <= asOf)
        .sort((a, b) => compareText(a.publishedAt, b.publishedAt));
      const first = notes.find(({ stage }) => stage === 'provisional');
      const last = notes.findLast(({ stage }) => stage !== 'provisional');
      if (!first || !last || first.note.summary !== last.note.summary) continue;
      const known = new Set(first.note.items.map(({ id }) => id));
      const added = last.note.items.filter(({ id }) => !known.has(id));
      if (added.length * 2 <= last.note.items.length) continue;
      const which = last.stage === 'erratum' ? `Erratum ${last.number}` : `The ${policy.programme.terms.final} note`;
      yield {
        at: at(release.record, 'summary'),
        message: `${which} of ${release.id} has the summary of its ${policy.programme.terms.provisional} note, which did not list ${added.map(({ id }) => id).join(', ')}.`,
        hint: `Say what is in the release now, and publish it: ccmt publish ${release.id} erratum --reason "…".`,
        level: 'warning',
        when: last.publishedAt,
        release: release.id,
      };
    }
  },
});
