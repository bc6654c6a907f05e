import { nameIn } from '../../../model/labelled.ts';
import type { CellState } from '../../../derive/matrix.ts';
import { pathOfCell } from '../../words/address.ts';
import { longDay, type Time } from '../../words/dates.ts';
import type { PublicAbsence, PublicComponent } from '../changes.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import type { Page } from './page.ts';

/** One component: where it is now, its open defects, and everything that happened to it, newest first. */
export type ComponentPage = {
  asOf: Time;
  name: string;
  purpose?: string | undefined;
  lines: string[];
  inUse: string[];
  absentFrom: string[];
  now: ComponentCell[];
  open: { defect: Reference; severity?: string | undefined }[];
  history: Omit<PublicComponent['history'][number], 'place'>[];
};

/** A component in one environment. */
export type ComponentCell = {
  environment: string;
  path: string;
  isTested: boolean;
  state: CellState;
  version?: string | undefined;
  since?: Time | undefined;
  release?: Reference | undefined;
};

export function componentPages(facts: Facts): Page<ComponentPage>[] {
  return facts.components.map((component) => ({
    params: { id: component.id },
    model: {
      asOf: facts.asOf.time,
      name: component.name,
      purpose: component.purpose,
      lines: component.lines,
      inUse: usesOf(component),
      absentFrom: component.absentFrom.map(absenceOf),
      now: cellsOf(facts, component),
      open: facts.defects
        .filter((defect) => defect.components[0]?.id === component.id && defect.isOpen)
        .map(({ reference, severity }) => ({
          defect: reference,
          severity: nameIn(facts.programme.severities, severity),
        })),
      history: component.history.toReversed().map(({ place: _, ...event }) => event),
    },
  }));
}

/** From when until when it is in use, where that is not always. */
function usesOf({ from, until }: PublicComponent): string[] {
  return [...(from ? [`In use from ${longDay(from)}`] : []), ...(until ? [`Retired on ${longDay(until)}`] : [])];
}

function absenceOf({ environment, from, until }: PublicAbsence): string {
  return `${environment}${from ? ` from ${longDay(from)}` : ''}${until ? ` until ${longDay(until)}` : ''}`;
}

function cellsOf({ matrix, environments }: Facts, component: PublicComponent): ComponentCell[] {
  return matrix.now
    .filter((cell) => cell.component === component.id)
    .map(({ environment: id, state, version, since, release }) => {
      const environment = environments.find((candidate) => candidate.id === id);
      return {
        environment: environment?.name ?? id,
        path: pathOfCell(id, component.id),
        isTested: environment?.isTested ?? true,
        state,
        version,
        since,
        release,
      };
    });
}
