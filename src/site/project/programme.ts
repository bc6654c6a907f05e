import type { Catalog } from '../../derive/catalog.ts';
import { versionInForce } from '../../derive/plan-version.ts';
import type { Labelled } from '../../model/labelled.ts';

/** What stands on every page: whose site it is, under which plan, and as of when. */
export type PublicProgramme = {
  name: string;
  changeOrder: string;
  zone: string;
  asOf: string;
  illustrative?: string | undefined;
  marking: string;
  owner: { name: string; notice: string };
  contact: string;
  planTitle: string;
  planVersion?: string | undefined;
  severities: { id: string; meaning: string; isCritical: boolean }[];
  statuses: { id: string; name: string; isOpen: boolean }[];
  marketRoles: Labelled[];
  phases: { id: string; name: string; from: string; to: string }[];
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
  procedure?: string | undefined;
};

export function projectProgramme({ asOf, policy }: Catalog): PublicProgramme {
  const { programme, plan } = policy;
  return {
    name: programme.programme,
    changeOrder: programme.changeOrder,
    zone: programme.zone,
    asOf,
    illustrative: programme.illustrative,
    marking: programme.classification.marking,
    owner: { name: programme.owner.name, notice: programme.owner.notice },
    contact: programme.contact,
    planTitle: plan.title,
    planVersion: versionInForce(policy, asOf),
    severities: programme.severities.map(({ id, meaning, critical }) => ({
      id,
      meaning,
      isCritical: critical ?? false,
    })),
    statuses: programme.statuses.map(({ id, name, open }) => ({ id, name, isOpen: open })),
    marketRoles: programme.marketRoles.map(({ id, name }) => ({ id, name })),
    phases: programme.phases.map(({ id, name, from, to }) => ({ id, name, from, to })),
  };
}

/** The environments in the order of the route to live; what is out of the plan's scope has no column (C-031). */
export function projectEnvironments({ policy }: Catalog): PublicEnvironment[] {
  return policy.environments
    .filter(({ use }) => use !== 'production')
    .map(({ id, name, purpose, aliases, use, productionLike, procedure }) => ({
      id,
      name,
      purpose,
      aliases,
      isMarket: use === 'market',
      isTested: use === 'market' || use === 'proving',
      isProductionLike: productionLike,
      procedure,
    }));
}
