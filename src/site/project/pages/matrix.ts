import type { CellState } from '../../../derive/matrix.ts';
import { aheadOf } from '../../../derive/inversions.ts';
import { pathOfCell } from '../../words/address.ts';
import { dayOf, type Time } from '../../words/dates.ts';
import { cellWord, type Word } from '../../words/statuses.ts';
import type { Facts } from '../facts.ts';
import { type PublicCell, type PublicMoment, snapshotsOf } from '../matrix.ts';
import type { Reference } from '../reference.ts';
import type { Page } from './page.ts';

/** Components against environments; the cells of a row stand in the order of the environments. */
export type MatrixTable = {
  environments: { id: string; name: string; isMarket: boolean }[];
  components: { component: Reference; cells: MatrixCell[] }[];
};

export type MatrixCell = {
  state: CellState;
  /** False where nothing is tested, so that a version that is only deployed there is as it should be. */
  isTested: boolean;
  version?: string | undefined;
  attempted?: string | undefined;
  /** The day from which it is there. */
  since?: string | undefined;
  /** Environments before it that hold an older version. */
  ahead: string[];
  isChanged: boolean;
  /** The page of the cell, where there is a version. */
  path?: string | undefined;
};

/** The versions in each environment now, and how to come to those of another moment. */
export type MatrixPage = {
  asOf: Time;
  table: MatrixTable;
  states: Word[];
  environments: { name: string; purpose: string; aliases: string[]; isProductionLike: boolean }[];
  last?: string | undefined;
  /** The months of which the matrix was kept, the newest first, with their moments. */
  months: {
    month: string;
    moments: { path: string; at: Time; causes: (Omit<Cause, 'release'> & { release: string })[] }[];
  }[];
  /** How many moments are not listed, because there are too many. */
  unlisted: number;
  /** Where records begin in the middle of a phase, the day. */
  recordedFrom: string[];
};

/** What was in each environment at one moment. */
export type MatrixAtPage = {
  at: Time;
  causes: Cause[];
  table: MatrixTable;
  before?: string | undefined;
  after?: string | undefined;
};

/** The moments of which the matrix is kept, for a program that looks for the one before another. */
export type MatrixMoment = { at: string; path: string };

type Cause = PublicMoment['causes'][number];

/** So many moments are listed; to the others the chooser leads. */
const most = 120;

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
    months: monthsOf(matrix.moments.slice(-most)),
    unlisted: Math.max(0, matrix.moments.length - most),
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

export function matrixMoments({ matrix }: Facts): MatrixMoment[] {
  return matrix.moments.map((moment) => ({ at: moment.at.local, path: pathOfMoment(moment) }));
}

function monthsOf(moments: readonly PublicMoment[]): MatrixPage['months'] {
  const months = Map.groupBy(moments.toReversed(), ({ at }) => at.local.slice(0, 7));
  return [...months].map(([month, own]) => ({
    month,
    moments: own.map((moment) => ({
      path: pathOfMoment(moment),
      at: moment.at,
      causes: moment.causes.map((cause) => ({ ...cause, release: cause.release.id })),
    })),
  }));
}

/** The matrix of some cells, those of a row in the order of the environments. */
export function tableOf(
  { environments, components }: Facts,
  cells: readonly PublicCell[],
  changed: readonly PublicCell[] = [],
): MatrixTable {
  const keyOf = ({ environment, component }: { environment: string; component: string }) =>
    `${environment} ${component}`;
  const found = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const marked = new Set(changed.map(keyOf));
  const namesOf = (ids: readonly string[]) => environments.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return {
    environments: environments.map(({ id, name, isMarket }) => ({ id, name, isMarket })),
    components: components.map(({ id, reference, order }) => {
      const row = cells.filter(({ component }) => component === id);
      return {
        component: reference,
        cells: environments.map((environment) => {
          const key = keyOf({ environment: environment.id, component: id });
          const { state = 'empty', version, attempted, since } = found.get(key) ?? {};
          return {
            state,
            isTested: environment.isTested,
            version,
            attempted,
            since: since && dayOf(since),
            ahead: namesOf(aheadOf({ environment: environment.id, component: id, version }, row, environments, order)),
            isChanged: marked.has(key),
            path: version === undefined ? undefined : pathOfCell(environment.id, id),
          };
        }),
      };
    }),
  };
}

function pathOfMoment({ id }: PublicMoment): string {
  return `/matrix/${id}/`;
}
