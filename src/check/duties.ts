import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { unknownBecause } from '../derive/lookup.ts';
import { versionInForce } from '../derive/plan-version.ts';
import { ifVersionsChange } from '../derive/step-words.ts';
import { stepsOf } from '../derive/steps.ts';
import { compareText } from '../diagnostic.ts';
import type { Duty } from './duty.ts';
import { askedBy, isAskedOf } from './obligations.ts';
import { rules } from './registry.ts';

/**
 * Everything that is owed at the moment of the catalog: first what cannot be known, for it may be an emergency; then
 * emergencies, what is overdue, and the rest by its moment; what has none comes last.
 */
export function dutiesOf(catalog: Catalog): Duty[] {
  const duties = [
    ...unknownDuties(catalog),
    ...catalog.releases.flatMap((release) => dutiesOfRelease(catalog, release)),
    ...dutiesOfRules(catalog),
  ];
  const emergencies = new Set(catalog.releases.filter(({ kind }) => kind === 'emergency').map(({ id }) => id));
  return duties
    .map((duty) => (isUrgent(duty, emergencies) ? { ...duty, isUrgent: true as const } : duty))
    .sort(
      (a, b) =>
        Number(b.isUnknown ?? false) - Number(a.isUnknown ?? false) ||
        Number(b.isUrgent ?? false) - Number(a.isUrgent ?? false) ||
        compareText(a.due ?? '9', b.due ?? '9') ||
        compareText(a.release ?? '', b.release ?? ''),
    );
}

/** A file that cannot be read may hold anything that is owed: it is told, and nothing is taken for absent. */
function unknownDuties({ unread, unreadFiles }: Catalog): Duty[] {
  return unreadFiles
    .map((file, index) => ({ file, id: unread[index] as string }))
    .filter(({ file }) => !/^(?:profiles|waivers)\//.test(file))
    .map(({ file, id }) => ({
      what: `What is owed for ${id} is ${unknownBecause([file])}`,
      roles: [],
      isUnknown: true,
    }));
}

/** The steps of an emergency; what else it owes, only while nothing says when. */
function isUrgent({ release = '', step, due }: Duty, emergencies: ReadonlySet<string>): boolean {
  return emergencies.has(release) && (step !== undefined || due === undefined);
}

/** The steps of a release that somebody owes. */
function dutiesOfRelease(catalog: Catalog, release: ReleaseHistory): Duty[] {
  return stepsOf(catalog, release)
    .filter(({ isOwed }) => isOwed)
    .map(({ step, name, again, due, owedBy }) => ({
      what: `${again ?? name} of ${release.id}`,
      roles: owedBy,
      ...(due ? { due } : {}),
      ...(again ? { condition: ifVersionsChange } : {}),
      release: release.id,
      step,
    }));
}

/** What rules remind of before it is late, as far as the plan of this programme asks for it. */
function dutiesOfRules(catalog: Catalog): Duty[] {
  const version = versionInForce(catalog.policy, catalog.asOf);
  return rules.flatMap(({ id, owes, obligations }) =>
    owes && askedBy(catalog.policy, obligations[0], version)
      ? [...owes(catalog)]
          .filter(({ release }) => isAskedOf(catalog, obligations[0], release))
          .map((duty) => ({ ...duty, rule: id }))
      : [],
  );
}
