import { environmentsFor, environmentName } from '../../derive/environments.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { eventsBefore, releaseBefore } from '../../derive/note-start.ts';
import { noteOfLine } from '../../derive/publications.ts';
import { isAbsent } from '../../derive/snapshot.ts';
import type { Note } from '../../model/note.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const noteContinuesTheLast = defineRule({
  id: 'note-continues-the-last',
  obligations: ['C-079', 'C-102'],
  summary:
    'The note that confirms a release tells all changes since what was in the market-facing environment when it was published, or before the release was deployed.',
  about: 'records',
  *check(catalog) {
    // What an unread release deployed is not known, so nothing else is blamed for it.
    if (catalog.unread.length > 0) return;
    for (const release of catalog.releases) {
      const market = environmentsFor(release.policy, 'market')[0];
      if (market !== undefined) yield* outdated(release, market, catalog);
    }
  },
});

/** Only the last note is judged: an erratum takes the place of what it corrects. */
function* outdated(
  release: ReleaseHistory,
  market: string,
  { policy, events, published }: Catalog,
): Generator<RuleFinding> {
  const last = entriesOf(release, 'publish').findLast(({ line }) => line.note !== 'provisional');
  const note = last && noteOfLine({ published }, release.record, last.index)?.note;
  if (!note) return;
  const before = eventsBefore({ events, policy }, release, last.at).filter(
    ({ environment, did, outcome }) => environment === market && did === 'deploy' && outcome === 'succeeded',
  );
  const present = (component: string) =>
    isAbsent(policy, component, market, last.at)
      ? undefined
      : before.findLast(({ versions }) => versions[component] !== undefined)?.versions[component];
  const wrong = wrongStarts(note, present);
  const first = firstMarketDeployment(release, policy);
  // Notes of before had what was there at their publication.
  const since = first && first.at < last.at ? { since: 2 } : {};
  const shared = { at: at(release.record, 'log', last.index, 'note'), when: last.at, release: release.id, ...since };
  const hint = `Correct what was recorded late, or publish an erratum that starts from it: ccmt publish ${release.id} erratum --reason "…".`;
  if (wrong.length > 0)
    yield {
      ...shared,
      message: `The note starts from versions that were not in ${environmentName(policy, market)} before it: ${wrong.join(', ')}.`,
      hint,
    };
  const previous = releaseBefore({ events, policy }, release, last.at);
  if (wrong.length === 0 && note.previous !== previous)
    yield {
      ...shared,
      message: `The note continues ${note.previous ?? 'nothing'}, and the release before it in ${environmentName(policy, market)} was ${previous ?? 'none'}.`,
      hint,
    };
}

function wrongStarts(note: Note, present: (component: string) => string | undefined): string[] {
  return note.versions.flatMap(({ component, from }) =>
    from === present(component)
      ? []
      : [`${component} from ${from ?? 'nothing'} instead of ${present(component) ?? 'nothing'}`],
  );
}
