import type { Catalog } from '../../derive/catalog.ts';
import { environmentName } from '../../derive/environments.ts';
import { absencesOf, type Component } from '../../model/component.ts';
import { labelled, type Labelled, labelledAll, labelledAmong, nameIn } from '../../model/labelled.ts';
import type { VersionOrder } from '../../model/version.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { type Reference, referenceTo } from './reference.ts';
import type { Holding } from './holdings.ts';
import { projectStanding, type Standing } from './standing.ts';

/** A change that is not a defect's fix. */
export type PublicChange = {
  id: string;
  reference: Reference;
  title: string;
  summary: string;
  /** Absent where the programme has no market roles. */
  impact?: Labelled[] | undefined;
  fuel?: Labelled | undefined;
  components: Labelled[];
  businessProcesses: Labelled[];
  markdown: string;
  releases: Holding[];
  standing: Standing;
};

export function projectChanges(catalog: Catalog): PublicChange[] {
  const { programme, components } = catalog.policy;
  return catalog.changes.map((change) => ({
    id: change.id,
    reference: referenceTo(catalog, 'item', change.id, change.title),
    title: change.title,
    summary: change.summary,
    impact: labelledAmong(change.impact, programme.marketRoles),
    fuel: change.fuel === undefined ? undefined : labelled(change.fuel, programme.fuels),
    components: labelledAll(change.components, components),
    businessProcesses: labelledAll(change.businessProcesses, programme.businessProcesses),
    markdown: change.text,
    ...projectStanding(catalog, change.id),
  }));
}

/** An environment in which a component has no place, and from when until when. */
export type PublicAbsence = { environment: string; from?: string | undefined; until?: string | undefined };

/** A component with everything that happened to it, oldest first. */
export type PublicComponent = {
  id: string;
  reference: Reference;
  name: string;
  purpose?: string | undefined;
  lines: string[];
  order: VersionOrder;
  /** From which day until which it is in use. */
  from?: string | undefined;
  until?: string | undefined;
  absentFrom: PublicAbsence[];
  history: {
    at: Time;
    environment: string;
    /** Its id, where names may be alike. */
    place: string;
    version: string;
    release: Reference;
    did: 'deliver' | 'deploy' | 'test';
    outcome: string;
  }[];
};

export function projectComponents(catalog: Catalog): PublicComponent[] {
  return catalog.policy.components.map((component) => projectComponent(catalog, component));
}

function projectComponent(catalog: Catalog, component: Component): PublicComponent {
  const { id, name, purpose, lines, from, until } = component;
  return {
    id,
    reference: referenceTo(catalog, 'component', id, name),
    name,
    purpose,
    lines: lines.map((line) => nameIn(catalog.policy.programme.codeLines, line)),
    order: { scheme: component.scheme, versions: component.versions },
    from,
    until,
    absentFrom: absencesOf(component).map((absence) => ({
      environment: environmentName(catalog.policy, absence.environment),
      from: absence.from,
      until: absence.until,
    })),
    history: catalog.events
      .filter(({ versions }) => versions[id] !== undefined)
      .map(({ at, environment, versions, release, did, outcome }) => ({
        at: timeOf(at, catalog.policy.programme.zone),
        environment: environmentName(catalog.policy, environment),
        place: environment,
        version: versions[id] as string,
        release: referenceTo(catalog, 'release', release),
        did,
        outcome,
      })),
  };
}
