import type { Labelled } from '../../../model/labelled.ts';
import type { Description } from '../../text/description.ts';
import type { Time } from '../../words/dates.ts';
import type { StandingKind } from '../../words/statuses.ts';
import type { LifeEvent, PublicDefect } from '../defects.ts';
import type { PublicGate } from '../duties.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import type { Holding, Standing } from '../standing.ts';
import type { Page } from './page.ts';

/** The register: open defects first, the worst at the top. */
export type DefectsPage = {
  asOf: Time;
  open: number;
  filters: DefectFilters;
  defects: DefectRow[];
  severities: { id: string; meaning: string }[];
};

/** What the register can be filtered by: only what some defect has. */
export type DefectFilters = {
  severities: string[];
  statuses: Labelled[];
  components: Labelled[];
  hasUnrated: boolean;
  hasUnknownComponent: boolean;
};

export type DefectRow = {
  defect: Reference;
  key: string;
  severity?: string | undefined;
  status: Labelled;
  isOpen: boolean;
  component?: Labelled | undefined;
  raised: string;
  standing: { kind: StandingKind; release?: Reference | undefined };
};

export function defectsPage(facts: Facts): DefectsPage {
  const { severities } = facts.programme;
  const rank = new Map(severities.map(({ id }, index) => [id, index]));
  const rankOf = ({ severity = '' }: PublicDefect) => rank.get(severity) ?? rank.size;
  const sorted = [...facts.defects].sort(
    (a, b) => Number(b.isOpen) - Number(a.isOpen) || rankOf(a) - rankOf(b) || (a.id < b.id ? 1 : -1),
  );
  return {
    asOf: facts.asOf.time,
    open: facts.defects.filter(({ isOpen }) => isOpen).length,
    filters: filtersOf(facts),
    defects: sorted.map(rowOf),
    severities,
  };
}

function filtersOf({ programme, components, defects }: Facts): DefectFilters {
  const severities = new Set(defects.map(({ severity }) => severity));
  const statuses = new Set(defects.map(({ status }) => status.id));
  const held = new Set(defects.map(({ component }) => component?.id));
  return {
    severities: programme.severities.map(({ id }) => id).filter((id) => severities.has(id)),
    statuses: programme.statuses.filter(({ id }) => statuses.has(id)),
    components: components.filter(({ id }) => held.has(id)).map(({ id, name }) => ({ id, name })),
    hasUnrated: severities.has(undefined),
    hasUnknownComponent: held.has(undefined),
  };
}

function rowOf({ reference, key, severity, status, isOpen, component, raised, standing }: PublicDefect): DefectRow {
  const { kind, release } = standing;
  return { defect: reference, key, severity, status, isOpen, component, raised, standing: { kind, release } };
}

/** One defect: what it is, where it stands, and why. */
export type DefectPage = {
  asOf: Time;
  id: string;
  title: string;
  key: string;
  standing: Standing;
  stopsTestPhase?: string | undefined;
  summary?: string | undefined;
  status: string;
  isOpen: boolean;
  severity?: string | undefined;
  severityMeaning?: string | undefined;
  priority?: string | undefined;
  component?: Reference | undefined;
  workaround?: string | undefined;
  impact: string[];
  fuel?: string | undefined;
  markdown: string;
  description?: Description | undefined;
  path: DefectPath;
  markets: string;
  releases: Holding[];
  life: LifeEvent[];
};

/** The gates of a defect on its way to the participants, and whether the release of the next slot brings it. */
export type DefectPath = {
  gates: PublicGate[];
  release?: string | undefined;
  /** The day of the next slot; absent once every gate is met. */
  nextSlot?: string | undefined;
  isInNext: boolean;
};

export function defectPages(facts: Facts): Page<DefectPage>[] {
  return facts.defects.map((defect) => ({ params: { id: defect.id }, model: defectPage(facts, defect) }));
}

function defectPage(facts: Facts, defect: PublicDefect): DefectPage {
  const { programme, components } = facts;
  const { component } = defect;
  return {
    asOf: facts.asOf.time,
    id: defect.id,
    title: defect.title,
    key: defect.key,
    standing: defect.standing,
    stopsTestPhase: defect.stopsTestPhase,
    summary: defect.summary,
    status: defect.status.name,
    isOpen: defect.isOpen,
    severity: defect.severity,
    severityMeaning: programme.severities.find(({ id }) => id === defect.severity)?.meaning,
    priority: defect.priority,
    component: component && {
      id: component.id,
      title: component.name,
      path: components.find(({ id }) => id === component.id)?.reference.path,
    },
    workaround: defect.workaround,
    impact: defect.impact.map(({ name }) => name),
    fuel: defect.fuel?.name,
    markdown: defect.markdown,
    description: defect.description,
    path: pathFor(facts, defect),
    markets: programme.markets,
    releases: defect.releases,
    life: defect.life,
  };
}

function pathFor({ schedule, home }: Facts, { path, standing }: PublicDefect): DefectPath {
  const next = schedule.slots.find(({ date }) => date === home.nextSlot);
  return {
    gates: path.gates,
    release: path.release,
    nextSlot: path.gates.every(({ isMet }) => isMet) ? undefined : next?.day,
    isInNext: standing.kind === 'coming' && (next?.releases.some(({ id }) => id === path.release) ?? false),
  };
}
