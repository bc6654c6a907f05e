import { environmentsFor, environmentName } from '../../derive/environments.ts';
import { firstMarketDeployment } from '../../derive/market.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { deadlinesOf } from '../../derive/slots.ts';
import { deadlineInWords } from '../../model/time.ts';
import type { Policy } from '../../validate/validate.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const testedOnTime = defineRule({
  id: 'tested-on-time',
  obligations: ['C-069'],
  summary:
    'The items of a release that uses a slot passed internal testing by its deadline; the first deployment is judged.',
  *check({ releases, policy, asOf }) {
    for (const release of releases) {
      const { slot, phase } = release.record;
      const due = slot && release.type.usesSlot ? deadlinesOf(slot, phase, release.policy).tested : undefined;
      if (due) yield* late(release, due, policy, asOf);
    }
  },
});

function* late(release: ReleaseHistory, due: string, policy: Policy, asOf: string): Generator<RuleFinding> {
  const { record, id } = release;
  const first = firstMarketDeployment(release, policy);
  const judged = first ? snapshotBefore(release, first.at) : release.now;
  const by = deadlineInWords(due, policy.programme.zone);
  for (const environment of environmentsFor(release.policy, 'proving')) {
    const results = judged.bundle.map((item) => ({ item, result: judged.results[environment]?.[item] }));
    const passes = new Set(results.flatMap(({ result }) => (result?.outcome === 'passed' ? [result.entry] : [])));
    for (const entry of passes) {
      if (entry.at < due) continue;
      const items = results.filter(({ result }) => result?.entry === entry).map(({ item }) => item);
      yield {
        at: at(record, 'log', entry.index, 'at'),
        message: `${items.join(', ')} passed in ${environmentName(policy, environment)} after the deadline, ${by}.`,
        hint: 'What is not tested in time waits for the next slot: withdraw it, or record a waiver.',
        when: entry.at,
        release: id,
      };
    }
    const open = results.filter(({ result }) => result?.outcome !== 'passed').map(({ item }) => item);
    if (first || open.length === 0 || asOf < due || release.state === 'closed') continue;
    yield {
      at: at(record, 'slot'),
      message: `${open.join(', ')} had to pass in ${environmentName(policy, environment)} by ${by}.`,
      hint: 'Withdraw what did not pass, with its reason and its new target.',
      level: 'overdue',
      when: due,
      release: id,
    };
  }
}
