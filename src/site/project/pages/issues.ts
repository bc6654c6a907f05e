import { labelled, type Labelled } from '../../../model/labelled.ts';
import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { PublicIssue } from '../issues.ts';

/** The known issues of today, and what they can be filtered by: only what some of them has. */
export type IssuesPage = {
  asOf: Time;
  markets: string;
  issues: IssueRow[];
  roles: Labelled[];
  components: Labelled[];
  interfaces: string[];
  hasRoles: boolean;
  hasUnknownComponent: boolean;
};

/** A known issue with its severity as readers call it; the worst first. */
export type IssueRow = Omit<PublicIssue, 'severity'> & { severity?: Labelled | undefined };

export function issuesPage(facts: Facts): IssuesPage {
  const { issues } = facts;
  const named = (list: readonly Labelled[], ids: readonly (string | undefined)[]) =>
    list.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));
  return {
    asOf: facts.asOf.time,
    markets: facts.programme.markets,
    issues: issueRows(facts, issues),
    roles: named(
      facts.programme.marketRoles,
      issues.flatMap(({ impact = [] }) => impact.map(({ id }) => id)),
    ),
    components: named(
      facts.components,
      issues.map(({ component }) => component?.id),
    ),
    interfaces: [...new Set(issues.flatMap(({ interfaces }) => interfaces))].sort(),
    hasRoles: facts.programme.marketRoles.length > 0,
    hasUnknownComponent: issues.some(({ component }) => component === undefined),
  };
}

export function issueRows({ programme }: Facts, issues: readonly PublicIssue[]): IssueRow[] {
  const rank = ({ severity }: PublicIssue) => {
    const place = programme.severities.findIndex(({ id }) => id === severity);
    return place < 0 ? programme.severities.length : place;
  };
  return [...issues]
    .sort((a, b) => rank(a) - rank(b))
    .map((issue) => ({
      ...issue,
      severity: issue.severity === undefined ? undefined : labelled(issue.severity, namedSeverities(programme)),
    }));
}

function namedSeverities({ severities }: Facts['programme']): Labelled[] {
  return severities.map(({ id, name = id }) => ({ id, name }));
}
