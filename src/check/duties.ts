import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { versionInForce } from '../derive/plan-version.ts';
import { stepsOf } from '../derive/steps.ts';
import { compareText } from '../diagnostic.ts';
import type { Duty } from './duty.ts';
import { askedBy } from './obligations.ts';
import { rules } from './registry.ts';

/** Everything that is owed at the moment of the catalog, soonest first; what has no moment comes last. */
export function dutiesOf(catalog: Catalog): Duty[] {
  const duties = [
    ...catalog.releases.flatMap((release) => dutiesOfRelease(catalog, release)),
    ...dutiesOfRules(catalog),
  ];
  return duties.sort(
    (a, b) => compareText(a.due ?? '9', b.due ?? '9') || compareText(a.release ?? '', b.release ?? ''),
  );
}

/** The open steps of a release that is on its way. */
function dutiesOfRelease(catalog: Catalog, release: ReleaseHistory): Duty[] {
  if (['complete', 'closed', 'draft'].includes(release.state) || release.now.live.length === 0) return [];
  return stepsOf(catalog, release)
    .filter(({ isMet, isPast }) => !isMet && !isPast)
    .map(({ step, name, due, owedBy }) => ({
      what: `${name} of ${release.id}`,
      roles: owedBy,
      ...(due ? { due } : {}),
      release: release.id,
      step,
    }));
}

/** What rules remind of before it is late, as far as the plan of this programme asks for it. */
function dutiesOfRules(catalog: Catalog): Duty[] {
  const version = versionInForce(catalog.policy, catalog.asOf);
  return rules.flatMap(({ owes, obligations }) =>
    owes && askedBy(catalog.policy, obligations[0], version) ? [...owes(catalog)] : [],
  );
}
