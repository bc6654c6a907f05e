import type { Catalog } from '../../derive/catalog.ts';
import { versionInForce } from '../../derive/plan-version.ts';
import type { Plan } from '../../model/plan.ts';
import { toInstant } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';

type PlanVersion = {
  version: string;
  status: string;
  date: string;
  authors: string[];
  summary: string;
  inForceFrom?: Time | undefined;
  isInForce: boolean;
};

/** The plan in our words with its control tables; people stand in them by initials, role and unit only. */
export type PublicPlan = {
  title: string;
  aliases: string[];
  header: { version: string; status: string; date: string; author: string };
  history: PlanVersion[];
  reviewers: { role: string; unit: string; initials?: string | undefined; isReviewed: boolean }[];
  approvers: { role: string; unit: string; initials?: string | undefined; outcome?: string | undefined }[];
  outcomes: { outcome: string; meaning: string }[];
  lastReviewed?: string | undefined;
  nextReview?: string | undefined;
  markdown: string;
  about?: { title: string; markdown: string } | undefined;
  raci: PublicRaci;
};

/** The roles, and for each process their letters in the same order; an empty text where a role has no part. */
export type PublicRaci = {
  roles: string[];
  processes: {
    id: string;
    name: string;
    inputs?: string | undefined;
    outputs?: string | undefined;
    letters: string[];
  }[];
};

export function projectPlan(catalog: Catalog): PublicPlan {
  const { plan, about, programme } = catalog.policy;
  const { version, status, date, author } = plan.header;
  const current = versionInForce(catalog.policy, catalog.asOf);
  return {
    title: plan.title,
    aliases: plan.aliases,
    header: { version, status, date, author },
    history: plan.history.map((entry) => ({
      version: entry.version,
      status: entry.status,
      date: entry.date,
      authors: entry.authors,
      summary: entry.summary,
      inForceFrom: entry.inForceFrom ? timeOf(toInstant(entry.inForceFrom, programme.zone), programme.zone) : undefined,
      isInForce: entry.version === current,
    })),
    reviewers: plan.reviewers.map(({ role, unit, person, reviewed }) => ({
      role,
      unit,
      initials: initialsOf(catalog, person),
      isReviewed: reviewed ?? false,
    })),
    approvers: plan.approvers.map(({ role, unit, person, outcome }) => ({
      role,
      unit,
      initials: initialsOf(catalog, person),
      outcome: outcomeOf(plan, outcome),
    })),
    outcomes: Object.entries(plan.outcomes).map(([outcome, meaning]) => ({ outcome, meaning })),
    lastReviewed: plan.lastReviewed,
    nextReview: plan.nextReview,
    markdown: plan.text,
    about: about && { title: about.title, markdown: about.text },
    raci: projectRaci(catalog),
  };
}

/** Initials only for somebody the programme lists; anything else might be a name. */
function initialsOf({ policy }: Catalog, person: string | undefined): string | undefined {
  return policy.people.people.find(({ id }) => id === person)?.initials;
}

function outcomeOf({ outcomes }: Plan, outcome: number | undefined): string | undefined {
  if (outcome === undefined) return undefined;
  return outcomes[outcome] ? `${outcome}: ${outcomes[outcome]}` : `${outcome}`;
}

function projectRaci({ policy: { raci } }: Catalog): PublicRaci {
  return {
    roles: raci.roles.map(({ name }) => name),
    processes: raci.processes.map(({ id, name, inputs, outputs, letters }) => ({
      id,
      name,
      inputs,
      outputs,
      letters: raci.roles.map(({ id: role }) => letters[role] ?? ''),
    })),
  };
}
