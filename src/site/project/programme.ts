import type { Catalog } from '../../derive/catalog.ts';
import { versionInForce } from '../../derive/plan-version.ts';
import { environmentsOf, plannedEnvironments } from '../../derive/environments.ts';

/** What the programme says of itself, its severities and its statuses. */
export type PublicProgramme = {
  name: string;
  changeOrder: string;
  zone: string;
  illustrative?: string | undefined;
  marking: string;
  notice: string;
  contact: string;
  planVersion?: string | undefined;
  /** The names of the environments that face the participants. */
  markets: string;
  severities: { id: string; meaning: string }[];
  statuses: { id: string; name: string }[];
};

export type PublicEnvironment = {
  id: string;
  name: string;
  purpose: string;
  aliases: string[];
  isMarket: boolean;
  /** False where nothing is tested, so that a version that is only deployed there is as it should be. */
  isTested: boolean;
  isProductionLike: boolean;
};

export function projectProgramme(catalog: Catalog): PublicProgramme {
  const { programme } = catalog.policy;
  return {
    name: programme.programme,
    changeOrder: programme.changeOrder,
    zone: programme.zone,
    illustrative: programme.illustrative,
    marking: programme.classification.marking,
    notice: programme.owner.notice,
    contact: programme.contact,
    planVersion: versionInForce(catalog.policy, catalog.asOf),
    markets: marketsIn(catalog),
    severities: programme.severities.map(({ id, meaning }) => ({ id, meaning })),
    statuses: programme.statuses.map(({ id, name }) => ({ id, name })),
  };
}

/** The names of the environments that face the participants. */
export function marketsIn({ policy }: Catalog): string {
  return environmentsOf(policy, 'market')
    .map(({ name }) => name)
    .join(', ');
}

/** The environments in the order of the route to live; what is out of the plan's scope has no column (C-031). */
export function projectEnvironments({ policy }: Catalog): PublicEnvironment[] {
  return plannedEnvironments(policy).map(({ id, name, purpose, aliases, use, productionLike }) => ({
    id,
    name,
    purpose,
    aliases,
    isMarket: use === 'market',
    isTested: use === 'market' || use === 'proving',
    isProductionLike: productionLike,
  }));
}
