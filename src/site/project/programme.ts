import type { Catalog } from '../../derive/catalog.ts';
import { versionInForce } from '../../derive/plan-version.ts';
import type { Environment } from '../../model/environment.ts';
import { nameIn } from '../../model/labelled.ts';
import type { Phase } from '../../model/programme.ts';
import type { Terms } from '../../model/terms.ts';
import { toDay } from '../../model/time.ts';
import { environmentsOf, plannedEnvironments } from '../../derive/environments.ts';

/** What the programme says of itself, its severities and its statuses. */
export type PublicProgramme = {
  name: string;
  changeOrder?: string | undefined;
  terms: Terms;
  zone: string;
  illustrative?: string | undefined;
  marking: string;
  notice: string;
  contact: string;
  planVersion?: string | undefined;
  /** The names of the environments that face the participants. */
  markets: string;
  /** Hours after which a page says that it is old; absent in an archive, which grows no older. */
  staleHours?: number | undefined;
  severities: { id: string; name?: string | undefined; meaning: string }[];
  statuses: { id: string; name: string }[];
  marketRoles: { id: string; name: string }[];
  fuels: { id: string; name: string }[];
  /** Phases whose records begin in the middle, with the releases before. */
  earlier: PublicEarlier[];
};

/** What was there before the records of a phase begin. */
export type PublicEarlier = {
  phase: string;
  recordedFrom: string;
  releases: {
    id: string;
    title?: string | undefined;
    date: string;
    versions: { name: string; version: string }[];
    note?: string | undefined;
  }[];
};

export type PublicEnvironment = {
  id: string;
  name: string;
  purpose: string;
  aliases: string[];
  use: Environment['use'];
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
    terms: programme.terms,
    zone: programme.zone,
    illustrative: programme.illustrative,
    marking: programme.classification.marking,
    notice: programme.owner.notice,
    contact: programme.contact,
    planVersion: versionInForce(catalog.policy, catalog.asOf),
    markets: marketsIn(catalog),
    staleHours: programme.asOf === undefined ? programme.limits.staleHours : undefined,
    severities: programme.severities.map(({ id, name, meaning }) => ({ id, name, meaning })),
    statuses: programme.statuses.map(({ id, name }) => ({ id, name })),
    marketRoles: programme.marketRoles.map(({ id, name }) => ({ id, name })),
    fuels: programme.fuels.map(({ id, name }) => ({ id, name })),
    earlier: programme.phases.flatMap((phase) => earlierOf(catalog, phase)),
  };
}

function earlierOf({ policy, asOf }: Catalog, { name, recordedFrom, earlier }: Phase): PublicEarlier[] {
  if (recordedFrom === undefined) return [];
  const today = toDay(asOf, policy.programme.zone);
  return [
    {
      phase: name,
      recordedFrom,
      releases: earlier
        .filter(({ date }) => date <= today)
        .map(({ id, title, date, versions, note }) => ({
          id,
          title,
          date,
          versions: Object.entries(versions).map(([component, version]) => ({
            name: nameIn(policy.components, component),
            version,
          })),
          note: note === undefined || note.startsWith('https://') ? note : `/${note}`,
        }))
        .reverse(),
    },
  ];
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
    use,
    isMarket: use === 'market',
    isTested: use === 'market' || use === 'proving',
    isProductionLike: productionLike,
  }));
}
