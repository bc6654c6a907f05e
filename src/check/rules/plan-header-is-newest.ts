import { at, defineRule } from '../rule.ts';

const plan = { file: 'plan/plan.md' };

export const planHeaderIsNewest = defineRule({
  id: 'plan-header-is-newest',
  obligations: ['C-003'],
  summary: "The title page of the plan names the newest version of its history and that version's author.",
  *check({ policy }) {
    const { header, history } = policy.plan;
    const newest = history.at(-1);
    if (!newest) return;
    const related = [{ at: at(plan, 'history', history.length - 1), message: 'the newest version' }];
    if (header.version !== newest.version) {
      yield {
        at: at(plan, 'header', 'version'),
        message: `The title page says ${header.version}, and the newest version is ${newest.version}.`,
        hint: `Write ${newest.version} on the title page, or add the row it belongs to.`,
        related,
      };
    } else if (!newest.authors.includes(header.author)) {
      yield {
        at: at(plan, 'header', 'author'),
        message: `The title page names "${header.author}", who is not an author of ${newest.version}.`,
        hint: `Its authors are ${newest.authors.join(', ')}.`,
        related,
      };
    }
  },
});
