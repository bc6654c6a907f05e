import { pathOfCell } from '../../words/address.ts';
import type { Time } from '../../words/dates.ts';
import type { PublicComponent } from '../changes.ts';
import type { Facts } from '../facts.ts';
import type { Reference } from '../reference.ts';
import { type MatrixCell, type MatrixTable, tableOf } from './matrix.ts';
import type { Page } from './page.ts';

/** One component in one environment: what is there now, since when, and what happened to it, newest first. */
export type CellPage = {
  asOf: Time;
  environment: string;
  component: Reference;
  cell: Omit<MatrixCell, 'isChanged' | 'path' | 'since'>;
  release?: Reference | undefined;
  since?: Time | undefined;
  others: { environment: string; path: string; version?: string | undefined }[];
  history: Pick<PublicComponent['history'][number], 'at' | 'version' | 'release' | 'did' | 'outcome'>[];
};

export function cellPages(facts: Facts): Page<CellPage>[] {
  const table = tableOf(facts, facts.matrix.now);
  return table.components.flatMap(({ component, cells }) =>
    table.environments.map((environment, place) => ({
      params: { environment: environment.id, component: component.id },
      model: cellPage(facts, { component, cells, environments: table.environments, place }),
    })),
  );
}

type Place = MatrixTable['components'][number] & { environments: MatrixTable['environments']; place: number };

function cellPage(facts: Facts, { component, cells, environments, place }: Place): CellPage {
  const environment = environments[place] as MatrixTable['environments'][number];
  const { state, isTested, version, attempted, ahead } = cells[place] as MatrixCell;
  const now = facts.matrix.now.find((cell) => cell.environment === environment.id && cell.component === component.id);
  const history = facts.components.find(({ id }) => id === component.id)?.history ?? [];
  return {
    asOf: facts.asOf.time,
    environment: environment.name,
    component,
    cell: { state, isTested, version, attempted, ahead },
    release: now?.release,
    since: now?.since,
    others: environments.flatMap(({ id, name }, other) =>
      other === place
        ? []
        : [{ environment: name, path: pathOfCell(id, component.id), version: cells[other]?.version }],
    ),
    history: history
      .filter((event) => event.place === environment.id)
      .map(({ at, version: held, release, did, outcome }) => ({ at, version: held, release, did, outcome }))
      .reverse(),
  };
}
