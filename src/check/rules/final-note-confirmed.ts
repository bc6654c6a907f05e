import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import { entriesOf, type ReleaseHistory, snapshotAtEntry, snapshotBefore } from '../../derive/history.ts';
import type { Policy } from '../../validate/validate.ts';
import { stageTerm } from '../../model/terms.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const finalNoteConfirmed = defineRule({
  id: 'final-note-confirmed',
  obligations: ['C-076', 'C-077', 'C-078', 'C-061', 'C-082', 'C-093', 'C-094', 'C-110'],
  summary:
    'The contents of the note are confirmed after the last internal pass and before each deployment to the market-facing environment.',
  *check({ releases, policy }) {
    for (const release of releases) {
      yield* tooEarly(release);
      yield* tooLate(release, policy);
    }
  },
});

function* tooEarly(release: ReleaseHistory): Generator<RuleFinding> {
  for (const entry of entriesOf(release, 'publish')) {
    if (entry.line.note === 'provisional') continue;
    const { bundle, proved, contents } = snapshotAtEntry(release, entry);
    const shared = { at: at(release.record, 'log', entry.index, 'at'), when: entry.at, release: release.id };
    const open = bundle.filter((item) => !proved.includes(item));
    if (open.length > 0) {
      yield {
        ...shared,
        message: `The ${stageTerm(entry.line.note, release.policy.programme.terms)} note confirms ${open.join(', ')}, which had not passed internal testing.`,
        hint: 'Publish it after the last pass, or withdraw what did not pass.',
        obligation: 'C-077',
      };
      continue;
    }
    const extra = contents.filter((item) => !bundle.includes(item));
    const absent = bundle.filter((item) => !contents.includes(item));
    if (extra.length > 0)
      yield {
        ...shared,
        message: `The delivered versions still hold ${extra.join(', ')}, which the note leaves out.`,
        hint: 'Deliver versions without it and prove them, then confirm the note.',
        obligation: 'C-078',
      };
    if (absent.length > 0)
      yield {
        ...shared,
        message: `The note confirms ${absent.join(', ')}, which was not delivered.`,
        hint: 'Deliver it and prove it, or withdraw it.',
        obligation: 'C-078',
      };
  }
}

function* tooLate(release: ReleaseHistory, policy: Policy): Generator<RuleFinding> {
  for (const entry of deploymentsTo(release, policy, 'market')) {
    const before = snapshotBefore(release, entry.at);
    if (before.noteCurrent) continue;
    const shared = { at: at(release.record, 'log', entry.index, 'at'), when: entry.at, release: release.id };
    const market = environmentName(policy, entry.line.to);
    if (before.note) {
      yield {
        ...shared,
        message: `Bundle or versions changed after the note was confirmed, and ${market} gets what no note says.`,
        hint: `Publish an erratum first: ccmt publish ${release.id} erratum --reason "…".`,
        obligation: 'C-110',
      };
    } else {
      yield {
        ...shared,
        message: `No confirmed note was published when the deployment to ${market} started.`,
        hint: `Publish it first: ccmt publish ${release.id} final.`,
        obligation: release.kind === 'emergency' ? 'C-094' : 'C-076',
      };
    }
  }
}
