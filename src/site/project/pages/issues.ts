import { labelled, type Labelled } from '../../../model/labelled.ts';
import type { Time } from '../../words/dates.ts';
import { type Choices, choicesOf } from '../affected.ts';
import type { Facts } from '../facts.ts';
import type { PublicIssue } from '../issues.ts';

/** The known issues of today, and what they can be filtered by. */
export type IssuesPage = {
  asOf: Time;
  markets: string;
  issues: IssueRow[];
  choices: Choices;
  hasRoles: boolean;
  hasUnknownComponent: boolean;
};

/** A known issue with its severity as readers call it; the worst first. */
export type IssueRow = Omit<PublicIssue, 'severity'> & { severity?: Labelled | undefined };

export function issuesPage(facts: Facts): IssuesPage {
  const { issues } = facts;
  return {
    asOf: facts.asOf.time,
    markets: facts.programme.markets,
    issues: issueRows(facts, issues),
    choices: choicesOf(issues, facts),
    hasRoles: facts.programme.marketRoles.length > 0,
    hasUnknownComponent: issues.some(({ components }) => components.length === 0),
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
