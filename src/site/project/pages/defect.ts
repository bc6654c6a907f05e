import { nameIn } from '../../../model/labelled.ts';
import type { Description } from '../../text/description.ts';
import type { Time } from '../../words/dates.ts';
import type { LifeEvent, PublicDefect } from '../defects.ts';
import type { PublicPath } from '../duties.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import type { Holding } from '../holdings.ts';
import type { Standing } from '../standing.ts';
import type { Page } from './page.ts';

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
  notKnown?: string | undefined;
  severity?: string | undefined;
  severityMeaning?: string | undefined;
  priority?: string | undefined;
  component?: Reference | undefined;
  raisedAt: Time;
  heldWhenRaised: PublicDefect['heldWhenRaised'];
  workaround?: string | undefined;
  impact?: string[] | undefined;
  fuel?: string | undefined;
  markdown: string;
  description?: Description | undefined;
  path: PublicPath;
  markets: string;
  releases: Holding[];
  life: LifeEvent[];
};

export function defectPages(facts: Facts): Page<DefectPage>[] {
  return facts.defects.map((defect) => ({ params: { id: defect.id }, model: defectPage(facts, defect) }));
}

function defectPage(facts: Facts, defect: PublicDefect): DefectPage {
  const { programme, components } = facts;
  const [component] = defect.components;
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
    notKnown: defect.notKnown,
    severity: nameIn(programme.severities, defect.severity),
    severityMeaning: programme.severities.find(({ id }) => id === defect.severity)?.meaning,
    priority: defect.priority,
    component: component && {
      id: component.id,
      title: component.name,
      path: components.find(({ id }) => id === component.id)?.reference.path,
    },
    raisedAt: defect.raisedAt,
    heldWhenRaised: defect.heldWhenRaised,
    workaround: defect.workaround,
    impact: defect.impact?.map(({ name }) => name),
    fuel: defect.fuels[0]?.name,
    markdown: defect.markdown,
    description: defect.description,
    path: defect.path,
    markets: programme.markets,
    releases: defect.releases,
    life: defect.life,
  };
}
