import type { Place } from '../../diagnostic.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { stages } from '../../model/log.ts';
import { nearest } from '../../validate/nearest.ts';
import { nearestId } from '../../validate/nearest-id.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { catalogue } from '../catalogue.ts';
import { type Reference, referencesOf } from '../references.ts';

export const referencesResolve = defineRule({
  id: 'references-resolve',
  obligations: ['C-135', 'C-014', 'C-019', 'C-054'],
  summary: 'Every id that a record names is the id of something that exists.',
  *check(catalog) {
    const known = idsOf(catalog);
    for (const reference of referencesOf(catalog)) {
      const ids = known(reference.kinds);
      if (!ids.has(reference.id)) yield unknown(reference, [...ids]);
    }
  },
});

function unknown({ id, kinds, place, likely }: Reference & { place: Place }, ids: string[]): RuleFinding {
  const near =
    (likely &&
      nearestId(
        id,
        likely.filter((item) => ids.includes(item)),
      )) ??
    nearest(id, ids);
  const words = kinds.join(' or ');
  const some = ids.length > 12 ? `${ids.slice(0, 12).join(', ')}, …` : ids.join(', ');
  const hint = near
    ? `Did you mean "${near}"?`
    : ids.length === 0
      ? `There is no ${words} yet: add it first.`
      : `Known are ${some}.`;
  const correction = near ? { kind: 'replace' as const, text: near } : undefined;
  return {
    at: place,
    correction,
    message: `There is no ${words} "${id}".`,
    hint,
    obligation: kinds.includes('defect') ? 'C-014' : 'C-135',
  };
}

function idsOf(catalog: Catalog): (kinds: readonly string[]) => Set<string> {
  const { environments, components, people, raci, programme } = catalog.policy;
  const lists: Record<string, string[]> = {
    release: [...catalog.releases.map(({ id }) => id), ...catalog.unread],
    defect: [...catalog.defects.map(({ id }) => id), ...catalog.unread],
    change: [...catalog.changes.map(({ id }) => id), ...catalog.unread],
    environment: environments.map(({ id }) => id),
    component: components.map(({ id }) => id),
    person: people.people.map(({ id }) => id),
    party: people.parties.map(({ id }) => id),
    role: raci.roles.map(({ id }) => id),
    process: raci.processes.map(({ id }) => id),
    severity: programme.severities.map(({ id }) => id),
    status: programme.statuses.map(({ id }) => id),
    'market role': programme.marketRoles.map(({ id }) => id),
    fuel: programme.fuels.map(({ id }) => id),
    'business process': programme.businessProcesses.map(({ id }) => id),
    'file format': programme.fileFormats.map(({ id }) => id),
    action: programme.actions.map(({ id }) => id),
    phase: programme.phases.map(({ id }) => id),
    'release type': Object.keys(programme.types),
    'stage of a note': [...stages],
    obligation: catalogue.map(({ id }) => id),
    'code line': [...new Set(components.flatMap(({ lines }) => lines))],
  };
  const sets = new Map<string, Set<string>>();
  return (kinds) => {
    const key = kinds.join(' or ');
    const found = sets.get(key) ?? new Set(kinds.flatMap((kind) => lists[kind] ?? []));
    sets.set(key, found);
    return found;
  };
}
