import type { Labelled } from '../../../model/labelled.ts';
import type { Time } from '../../words/dates.ts';
import type { StandingKind } from '../../../derive/standing.ts';
import type { PublicDefect } from '../defects.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';

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
