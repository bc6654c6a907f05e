import { at, defineRule } from '../rule.ts';

const plan = { file: 'plan/plan.md' };

export const planVersionsAdvance = defineRule({
  id: 'plan-versions-advance',
  obligations: ['C-006'],
  summary: 'The versions of the plan increase without a gap, each is listed once, and their dates do not go back.',
  *check({ policy }) {
    for (const [index, row] of policy.plan.history.entries()) {
      const before = policy.plan.history[index - 1];
      if (!before) continue;
      const version = at(plan, 'history', index, 'version');
      const [difference, steps] = compare(row.version, before.version);
      if (difference < 0 || row.version.toLowerCase() === before.version.toLowerCase())
        yield {
          at: version,
          message: `${row.version} follows ${before.version}, and is not a later version.`,
          hint: 'List the versions oldest first, each once.',
        };
      else if (steps > 1)
        yield {
          at: version,
          message: `Between ${before.version} and ${row.version} a version is missing.`,
          hint: 'Add its row; one that was never issued has a row that says so.',
        };
      if (row.date < before.date)
        yield {
          at: at(plan, 'history', index, 'date'),
          message: `${row.version} is of ${row.date}, and the version before it of ${before.date}.`,
          hint: 'List the versions oldest first, or correct the date.',
        };
    }
  },
});

/**
 * How two versions of a document differ in the first number that differs, so that V0.10 follows V0.9: for their order,
 * where 0.3 comes before 0.3.0, and in steps. A version that begins with a year is a date, which leaves none out.
 */
function compare(a: string, b: string): [difference: number, steps: number] {
  const [left, right] = [a, b].map((version) => (version.match(/\d+/g) ?? []).map(Number)) as [number[], number[]];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1);
    if (difference !== 0) return [difference, (left[0] ?? 0) > 1900 ? 1 : (left[index] ?? 0) - (right[index] ?? 0)];
  }
  return [0, 0];
}
