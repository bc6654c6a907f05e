import { firstMarketDeployment } from '../../derive/market.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { deadlinesOf } from '../../derive/slots.ts';
import { deadlineInWords } from '../../model/time.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const provisionalNoteOnTime = defineRule({
  id: 'provisional-note-on-time',
  obligations: ['C-070', 'C-081'],
  aliases: ['provisional-by-tuesday'],
  summary: 'The provisional note of a release that uses a slot is published by its deadline.',
  *check({ releases, policy, asOf }) {
    for (const release of releases) {
      const { slot, phase } = release.record;
      const due = slot && release.type.usesSlot ? deadlinesOf(slot, phase, release.policy).provisional : undefined;
      if (due) yield* late(release, due, policy, asOf);
    }
  },
});

function* late(release: ReleaseHistory, due: string, policy: Policy, asOf: string): Generator<RuleFinding> {
  const { record } = release;
  const term = policy.programme.terms.provisional;
  const by = deadlineInWords(due, policy.programme.zone);
  const notes = entriesOf(release, 'publish');
  const provisional = notes.find(({ line }) => line.note === 'provisional');
  if (provisional) {
    if (provisional.at < due) return;
    yield {
      at: at(record, 'log', provisional.index, 'at'),
      message: `The ${term} note was published after its deadline, ${by}.`,
      hint: 'Record in waivers/ who waived the deadline.',
      when: provisional.at,
      release: release.id,
    };
    return;
  }
  const later = firstMarketDeployment(release, policy) ?? notes[0];
  if (later) {
    yield {
      at: at(record, 'log', later.index, 'at'),
      message: `No ${term} note was published before this line.`,
      hint: `It was due by ${by}; record the line that published it, or who waived it in waivers/.`,
      obligation: 'C-081',
      when: later.at,
      release: release.id,
    };
  } else if (asOf >= due && release.state !== 'closed' && release.now.live.length > 0) {
    yield {
      at: at(record, 'slot'),
      message: `The ${term} note was due by ${by} and is not published.`,
      hint: `Publish it: ccmt publish ${release.id} provisional.`,
      level: 'overdue',
      when: due,
      release: release.id,
    };
  }
}
