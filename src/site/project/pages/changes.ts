import type { Time } from '../../words/dates.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import type { Holding } from '../holdings.ts';
import type { Standing } from '../standing.ts';
import type { Page } from './page.ts';

/** The register of changes. */
export type ChangesPage = {
  asOf: Time;
  changes: { change: Reference; components: string[]; businessProcesses: string[]; standing: string }[];
};

export function changesPage({ asOf, changes }: Facts): ChangesPage {
  return {
    asOf: asOf.time,
    changes: changes.map(({ reference, components, businessProcesses, standing }) => ({
      change: reference,
      components: components.map(({ name }) => name),
      businessProcesses: businessProcesses.map(({ name }) => name),
      standing: standing.sentence,
    })),
  };
}

/** One change: what it brings, and in which release. */
export type ChangePage = {
  asOf: Time;
  id: string;
  title: string;
  summary: string;
  standing: Standing;
  components: string[];
  businessProcesses: string[];
  impact?: string[] | undefined;
  fuel?: string | undefined;
  markdown: string;
  markets: string;
  releases: Holding[];
};

export function changePages({ asOf, programme, changes }: Facts): Page<ChangePage>[] {
  return changes.map((change) => ({
    params: { id: change.id },
    model: {
      asOf: asOf.time,
      id: change.id,
      title: change.title,
      summary: change.summary,
      standing: change.standing,
      components: change.components.map(({ name }) => name),
      businessProcesses: change.businessProcesses.map(({ name }) => name),
      impact: change.impact?.map(({ name }) => name),
      fuel: change.fuel?.name,
      markdown: change.markdown,
      markets: programme.markets,
      releases: change.releases,
    },
  }));
}
