import { plannedEnvironments } from '../../derive/environments.ts';
import { subjectOf } from '../../derive/schedule-rows.ts';
import type { Policy } from '../../validate/validate.ts';
import { policiesBy } from '../../derive/policy-at.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const scheduleShowsRoute = defineRule({
  id: 'schedule-shows-route',
  obligations: ['C-063'],
  summary: 'The grid of the schedule has a row for every environment of the route, and for the notes.',
  *check(catalog) {
    for (const policy of policiesBy(catalog, 'pattern')) yield* hidden(policy);
  },
});

/** What the grid of one version of the plan leaves out. */
function* hidden(policy: Policy): Generator<RuleFinding> {
  const { pattern, deadlines } = policy.schedule;
  const subjects = pattern.map((row) => subjectOf(row, policy));
  const missing = plannedEnvironments(policy)
    .filter(({ id }) => !subjects.some(({ environment }) => environment?.id === id))
    .map(({ name }) => name);
  for (const shown of ['provisional', 'final'] as const) {
    if (shown === 'provisional' && !deadlines.provisional) continue;
    if (!subjects.some(({ stage }) => stage === shown)) missing.push(`the ${shown} note`);
  }
  if (missing.length > 0)
    yield {
      at: at({ file: 'schedule.yaml' }, ...policy.places.pattern),
      message: `The grid has no row for ${missing.join(', ')}.`,
      hint: 'Add a row to "pattern"; write certain: false where the plan does not state the days.',
    };
}
