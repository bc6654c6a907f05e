import type { Catalog } from '../../derive/catalog.ts';
import type { Instant } from '../../model/time.ts';
import { environmentName } from '../../derive/environments.ts';
import { labelled, type Labelled, labelledAll } from '../../model/labelled.ts';
import { type Holding, holdingsOf, type Standing, standingOf } from './standing.ts';

/** A change that is not a defect's fix. */
export type PublicChange = {
  id: string;
  title: string;
  summary: string;
  impact: Labelled[];
  fuel?: Labelled | undefined;
  components: Labelled[];
  businessProcesses: Labelled[];
  markdown: string;
  releases: Holding[];
  standing: Standing;
};

export function projectChanges(catalog: Catalog): PublicChange[] {
  const { programme, components } = catalog.policy;
  return catalog.changes.map((change) => {
    const releases = holdingsOf(catalog, change.id);
    return {
      id: change.id,
      title: change.title,
      summary: change.summary,
      impact: labelledAll(change.impact, programme.marketRoles),
      fuel: change.fuel === undefined ? undefined : labelled(change.fuel, programme.fuels),
      components: labelledAll(change.components, components),
      businessProcesses: labelledAll(change.businessProcesses, programme.businessProcesses),
      markdown: change.text,
      releases,
      standing: standingOf(catalog, releases, undefined),
    };
  });
}

/** A component with everything that happened to it, oldest first. */
export type PublicComponent = {
  id: string;
  name: string;
  purpose?: string | undefined;
  lines: string[];
  absentFrom: string[];
  history: {
    at: Instant;
    environment: string;
    version: string;
    release: string;
    did: 'deliver' | 'deploy' | 'test';
    outcome: string;
  }[];
};

export function projectComponents(catalog: Catalog): PublicComponent[] {
  return catalog.policy.components.map(({ id, name, purpose, lines, absentFrom }) => ({
    id,
    name,
    purpose,
    lines,
    absentFrom: absentFrom.map((environment) => environmentName(catalog.policy, environment)),
    history: catalog.events
      .filter(({ versions }) => versions[id] !== undefined)
      .map(({ at, environment, versions, release, did, outcome }) => ({
        at,
        environment: environmentName(catalog.policy, environment),
        version: versions[id] as string,
        release,
        did,
        outcome,
      })),
  }));
}
