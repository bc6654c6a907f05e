import { at, defineRule } from '../rule.ts';

export const scheduleShowsRoute = defineRule({
  id: 'schedule-shows-route',
  obligations: ['C-063'],
  summary: 'The grid of the schedule has a row for every environment of the route, and for the notes.',
  *check({ policy }) {
    const { pattern, deadlines } = policy.schedule;
    const rows = pattern.map(({ row }) => row.toLowerCase());
    const missing = policy.environments
      .filter(
        ({ id, name, aliases, use }) =>
          use !== 'production' && ![id, name, ...aliases].some((word) => rows.includes(word.toLowerCase())),
      )
      .map(({ name }) => name);
    for (const stage of ['provisional', 'final'] as const) {
      if (stage === 'provisional' && !deadlines.provisional) continue;
      if (!rows.some((row) => row.includes(stage))) missing.push(`the ${stage} note`);
    }
    if (missing.length > 0)
      yield {
        at: at({ file: 'schedule.yaml' }, 'pattern'),
        message: `The grid has no row for ${missing.join(', ')}.`,
        hint: 'Add a row to "pattern"; write certain: false where the plan does not state the days.',
      };
  },
});
