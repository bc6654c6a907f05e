import { labelled, type Labelled } from '../../../model/labelled.ts';
import type { Time } from '../../words/dates.ts';
import type { StandingKind } from '../../../derive/standing.ts';
import type { PublicDefect } from '../defects.ts';
import { type Affected, type Choices, choicesOf } from '../affected.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';

/** The register: open defects first, the worst at the top. */
export type DefectsPage = {
  asOf: Time;
  open: number;
  filters: DefectFilters;
  defects: DefectRow[];
  severities: { id: string; name?: string | undefined; meaning: string }[];
};

/** What the register can be filtered by: only what some defect has. */
export type DefectFilters = {
  severities: Labelled[];
  statuses: Labelled[];
  choices: Choices;
  hasUnrated: boolean;
  hasUnknownComponent: boolean;
};

export type DefectRow = Affected & {
  defect: Reference;
  key: string;
  /** By its id, for the filters; what readers call it; absent while nobody has rated it. */
  severity?: Labelled | undefined;
  status: Labelled;
  isOpen: boolean;
  summary?: string | undefined;
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
    defects: sorted.map((defect) => rowOf(defect, severities)),
    severities,
  };
}

function filtersOf(facts: Facts): DefectFilters {
  const { programme, defects } = facts;
  const severities = new Set(defects.map(({ severity }) => severity));
  const statuses = new Set(defects.map(({ status }) => status.id));
  return {
    severities: programme.severities.filter(({ id }) => severities.has(id)).map(({ id, name = id }) => ({ id, name })),
    statuses: programme.statuses.filter(({ id }) => statuses.has(id)),
    choices: choicesOf(defects, facts),
    hasUnrated: severities.has(undefined),
    hasUnknownComponent: defects.some(({ components }) => components.length === 0),
  };
}

function rowOf(defect: PublicDefect, severities: Facts['programme']['severities']): DefectRow {
  const { reference, key, severity, status, isOpen, summary, raised } = defect;
  const { impact, components, interfaces, fuels } = defect;
  const { kind, release } = defect.standing;
  return {
    ...{ impact, components, interfaces, fuels },
    defect: reference,
    key,
    severity: severity === undefined ? undefined : labelled(severity, severities),
    status,
    isOpen,
    summary,
    raised,
    standing: { kind, release },
  };
}
