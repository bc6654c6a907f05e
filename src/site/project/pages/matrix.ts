import type { CellState } from '../../../derive/matrix.ts';
import type { Time } from '../../words/dates.ts';
import { cellWord, type Word } from '../../words/statuses.ts';
import type { Facts } from '../facts.ts';
import { type PublicCell, type PublicMoment, snapshotsOf } from '../matrix.ts';
import type { Reference } from '../reference.ts';
import type { Page } from './page.ts';

/** Components against environments; the cells of a row stand in the order of the environments. */
export type MatrixTable = {
  environments: { name: string; isMarket: boolean }[];
  components: { component: Reference; cells: MatrixCell[] }[];
};

export type MatrixCell = {
  state: CellState;
  /** False where nothing is tested, so that a version that is only deployed there is as it should be. */
  isTested: boolean;
  version?: string | undefined;
  attempted?: string | undefined;
  release?: Reference | undefined;
  since?: Time | undefined;
  isChanged: boolean;
};

/** The versions in each environment now, and the moments at which the matrix was kept. */
export type MatrixPage = {
  asOf: Time;
  table: MatrixTable;
  states: Word[];
  environments: { name: string; purpose: string; aliases: string[]; isProductionLike: boolean }[];
  last?: string | undefined;
  recent: { path: string; at: Time; causes: (Omit<Cause, 'release'> & { release: string })[] }[];
  count: number;
  /** Where records begin in the middle of a phase, the day. */
  recordedFrom: string[];
};

/** What was where at one moment. */
export type MatrixAtPage = {
  at: Time;
  causes: Cause[];
  table: MatrixTable;
  before?: string | undefined;
  after?: string | undefined;
};

type Cause = PublicMoment['causes'][number];

export function matrixPage(facts: Facts): MatrixPage {
  const { matrix, environments } = facts;
  const tested = new Map(environments.map(({ id, isTested }) => [id, isTested]));
  const words = matrix.now.map(({ state, environment }) => cellWord(state, tested.get(environment) ?? true));
  const last = matrix.moments.at(-1);
  return {
    asOf: facts.asOf.time,
    table: tableOf(facts, matrix.now),
    states: [...new Map(words.map((word) => [word.word, word])).values()],
    environments: environments.map(({ name, purpose, aliases, isProductionLike }) => ({
      name,
      purpose,
      aliases,
      isProductionLike,
    })),
    last: last && pathOfMoment(last),
    recent: matrix.moments
      .slice(-60)
      .reverse()
      .map((moment) => ({
        path: pathOfMoment(moment),
        at: moment.at,
        causes: moment.causes.map((cause) => ({ ...cause, release: cause.release.id })),
      })),
    count: matrix.moments.length,
    recordedFrom: facts.programme.earlier.map(({ recordedFrom }) => recordedFrom),
  };
}

export function matrixAtPages(facts: Facts): Page<MatrixAtPage>[] {
  const snapshots = snapshotsOf(facts.matrix);
  return snapshots.map(({ moment, cells }, place) => {
    const before = snapshots[place - 1]?.moment;
    const after = snapshots[place + 1]?.moment;
    return {
      params: { moment: moment.id },
      model: {
        at: moment.at,
        causes: moment.causes,
        table: tableOf(facts, cells, moment.cells),
        before: before && pathOfMoment(before),
        after: after && pathOfMoment(after),
      },
    };
  });
}

function tableOf(
  { environments, components }: Facts,
  cells: readonly PublicCell[],
  changed: readonly PublicCell[] = [],
): MatrixTable {
  const keyOf = ({ environment, component }: { environment: string; component: string }) =>
    `${environment} ${component}`;
  const found = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const marked = new Set(changed.map(keyOf));
  return {
    environments: environments.map(({ name, isMarket }) => ({ name, isMarket })),
    components: components.map(({ id, reference }) => ({
      component: reference,
      cells: environments.map((environment) => {
        const key = keyOf({ environment: environment.id, component: id });
        return cellOf(found.get(key), environment.isTested, marked.has(key));
      }),
    })),
  };
}

function cellOf(cell: PublicCell | undefined, isTested: boolean, isChanged: boolean): MatrixCell {
  const { version, attempted, release, since } = cell ?? {};
  const isKnown = release !== undefined && since !== undefined;
  return {
    state: cell?.state ?? 'empty',
    isTested,
    version,
    attempted,
    release: isKnown ? release : undefined,
    since: isKnown ? since : undefined,
    isChanged,
  };
}

function pathOfMoment({ id }: PublicMoment): string {
  return `/matrix/${id}/`;
}
