import { firstMarketDeployment } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { partyName } from '../../derive/names.ts';
import { partiesNamed } from '../../derive/release-state.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const stakeholdersAgreed = defineRule({
  id: 'stakeholders-agreed',
  obligations: ['C-095', 'C-096'],
  summary: 'The stakeholders agree to an emergency after its note and before it is deployed.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const first = release.kind === 'emergency' ? firstMarketDeployment(release, catalog.policy) : undefined;
      if (first) yield* unagreed(release, first, catalog);
    }
  },
});

function* unagreed(release: ReleaseHistory, first: Entry<'deploy'>, catalog: Catalog): Generator<RuleFinding> {
  const named = partiesNamed(release.type);
  const agreements = entriesOf(release, 'agree').filter(({ actors }) =>
    actors.some(
      ({ id, kind }) => kind === 'unknown' || (kind === 'party' && (named.length === 0 || named.includes(id))),
    ),
  );
  const last = agreements.findLast(({ at: when }) => when < first.at);
  const who = named.map((party) => partyName(catalog, party)).join(' and ') || 'the stakeholders';
  const shared = { when: first.at, release: release.id };
  if (!last) {
    const later = agreements[0];
    const related = later
      ? [{ at: at(release.record, 'log', later.index, 'at'), message: 'the agreement, which came later' }]
      : [];
    yield {
      ...shared,
      at: at(release.record, 'log', first.index, 'at'),
      message: `The emergency was deployed before ${who} agreed to it.`,
      hint: 'Record the "agree" line with the time at which they did, before this one.',
      related,
    };
    return;
  }
  const note = entriesOf(release, 'publish').find(({ line }) => line.note === 'final');
  // A note that came after the deployment is an error of its own.
  if (!note || note.at >= first.at || last.at >= note.at) return;
  yield {
    ...shared,
    at: at(release.record, 'log', last.index, 'at'),
    message: `${who} agreed before the note was published.`,
    hint: 'The note comes first, so that they know what they agree to: have the agreement confirmed after it.',
    obligation: 'C-096',
    related: [{ at: at(release.record, 'log', note.index, 'at'), message: 'the note' }],
  };
}
