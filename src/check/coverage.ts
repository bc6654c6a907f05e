import { rules } from './registry.ts';

/** How an obligation is kept: by rules, by a page that shows it, by hand, or not at all because it cannot apply. */
export type Kept =
  | { how: 'rule'; rules: string[] }
  | { how: 'page'; pages: string[]; reason: string }
  | { how: 'manual'; reason: string }
  | { how: 'not-applicable'; reason: string };

/** Every obligation that the project knows, in order: C-001 to C-140. */
export const obligationIds: readonly string[] = Array.from(
  { length: 140 },
  (_, index) => `C-${String(index + 1).padStart(3, '0')}`,
);

/** What makes all the others possible. It stands in no plan and holds in every programme. */
export const groundRules: Readonly<Record<string, string>> = {
  'C-135': 'Every record fits its form, ids are unique, and what is named exists.',
  'C-136': 'Every day and time exists in the calendar and in the zone.',
  'C-137': 'What a record says has happened lies in the past.',
  'C-138': 'What was published is only ever added to.',
  'C-139': 'An exception names its rule, its reason, who granted it, and until when.',
  'C-140': 'Every obligation is enforced, shown, done by hand or not applicable, and this is public.',
};

/** What no rule can enforce: the pages that show it, each address as its route, or why a person has to see to it. */
export const elsewhere: Readonly<Record<string, Exclude<Kept, { how: 'rule' }>>> = {
  'C-005': { how: 'page', pages: ['/'], reason: "The foot of every page carries the owner's notice and the marking." },
  'C-018': { how: 'page', pages: ['/plan/about/'], reason: 'The background and the glossary stand there.' },
  'C-036': {
    how: 'page',
    pages: ['/releases/<id>/', '/defects/<id>/'],
    reason: 'A release shows which environments it has reached and which gates are open; a defect shows its own.',
  },
  'C-041': {
    how: 'manual',
    reason: 'There is no page with the weekly report yet, so someone writes and sends it by hand.',
  },
  'C-067': {
    how: 'page',
    pages: ['/schedule/', '/defects/<id>/'],
    reason:
      'The schedule says that nothing is fixed and deployed automatically in the week it is raised, and no tool sets a release by itself.',
  },
  'C-072': {
    how: 'page',
    pages: ['/releases/<id>/<stage>/'],
    reason: 'Every provisional note begins with a banner that says so, and that it may change.',
  },
  'C-098': {
    how: 'page',
    pages: ['/'],
    reason: 'The first page lists the fixes of emergencies that the next regular note still has to tell again.',
  },
  'C-109': {
    how: 'page',
    pages: ['/matrix/', '/releases/<id>/'],
    reason:
      'Until its smoke test has passed, a version stands there as deployed and not tested, and its release as not yet complete.',
  },
  'C-122': {
    how: 'page',
    pages: ['/releases/<id>/'],
    reason: 'The log is the release plan: a delivery or test that is recorded is in it at once.',
  },
  'C-125': {
    how: 'page',
    pages: ['/releases/<id>/'],
    reason: 'The log is the release plan: the review is a line of it.',
  },
  'C-140': {
    how: 'page',
    pages: ['/plan/coverage/'],
    reason: 'This page lists every one, and a test keeps the list complete.',
  },
};

/** How an obligation is kept; nothing for one that the project does not know. */
export function keptBy(obligation: string): Kept | undefined {
  const enforcing = rules.filter(({ obligations }) => obligations.includes(obligation)).map(({ id }) => id);
  return enforcing.length > 0 ? { how: 'rule', rules: enforcing } : elsewhere[obligation];
}
