import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { deadlinesOf } from '../../derive/slots.ts';
import { deadlineInWords } from '../../model/time.ts';
import type { Policy } from '../../validate/validate.ts';
import { stageTerm } from '../../model/terms.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const finalNoteOnTime = defineRule({
  id: 'final-note-on-time',
  obligations: ['C-077'],
  summary:
    'Where the schedule has a deadline for it, the final note of a release that uses a slot is published by then.',
  since: 2,
  *check({ releases, policy, asOf }) {
    for (const release of releases) {
      const { slot, phase } = release.record;
      const due = slot && release.type.usesSlot ? deadlinesOf(slot, phase, policy).final : undefined;
      if (due) yield* late(release, due, policy, asOf);
    }
  },
});

/** That a release is deployed without its note is a finding of the deployment. */
function* late(release: ReleaseHistory, due: string, policy: Policy, asOf: string): Generator<RuleFinding> {
  const { record, id } = release;
  const by = deadlineInWords(due, policy.programme.zone);
  const note = entriesOf(release, 'publish').find(({ line }) => line.note !== 'provisional');
  if (note && note.at >= due)
    yield {
      at: at(record, 'log', note.index, 'at'),
      message: `The ${stageTerm(note.line.note, policy.programme.terms)} note was published after its deadline, ${by}.`,
      hint: 'Record in waivers/ who waived the deadline.',
      when: note.at,
      release: id,
    };
  if (note || firstMarketDeployment(release, policy) || asOf < due) return;
  if (release.state === 'closed' || release.now.live.length === 0) return;
  yield {
    at: at(record, 'slot'),
    message: `The ${policy.programme.terms.final} note was due by ${by} and is not published.`,
    hint: `Publish it: ccmt publish ${id} final.`,
    level: 'overdue',
    when: due,
    release: id,
  };
}
