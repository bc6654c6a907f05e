import type { Place } from '../../diagnostic.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { policiesBy } from '../../derive/policy-at.ts';
import { stages } from '../../model/log.ts';
import type { Terms } from '../../model/terms.ts';
import { nearest } from '../../validate/nearest.ts';
import { nearestId } from '../../validate/nearest-id.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { catalogue } from '../catalogue.ts';
import { type Reference, referencesOf } from '../references.ts';

export const referencesResolve = defineRule({
  id: 'references-resolve',
  obligations: ['C-135', 'C-014', 'C-019', 'C-054'],
  summary: 'Every id that a record names is the id of something that exists.',
  about: 'records',
  *check(catalog) {
    const known = idsOf(catalog);
    const names = idsByName(catalog);
    const { terms } = catalog.policy.programme;
    const noted = idsInNotes(catalog);
    const missed = new Set<string>();
    for (const reference of referencesOf(catalog)) {
      const ids = known(reference.kinds);
      if (ids.has(reference.id)) continue;
      const wasThere = noted.has(reference.id) && reference.kinds.some((kind) => retirable.includes(kind));
      if (!wasThere) yield unknown(reference, [...ids], { names, terms });
      // One record was taken out, however many places name it.
      else if (!missed.has(reference.id)) yield removed(reference);
      if (wasThere) missed.add(reference.id);
    }
  },
});

const retirable: readonly string[] = ['component', 'environment'];

/** What frozen notes name was there once: it is retired, and never removed. */
function removed({ id, kinds, place }: Reference & { place: Place }): RuleFinding {
  return {
    at: place,
    message: `There is no ${kinds.join(' or ')} "${id}" any more, and published notes name it.`,
    hint: `Put it back, with "until": the first day on which it was no longer in use.`,
  };
}

/** The components and environments that published notes name. */
function idsInNotes({ published }: Catalog): Set<string> {
  return new Set(
    published.flatMap(({ note }) => [
      ...note.versions.map(({ component }) => component),
      ...note.environments.map(({ id }) => id),
      ...note.items.flatMap(({ components }) => components.map(({ id }) => id)),
    ]),
  );
}

/** The other names of what has an id, in small letters, for those who write the name. */
function idsByName({ policy }: Catalog): Map<string, string> {
  const { environments, components, people, raci, programme } = policy;
  const { statuses, marketRoles, fuels, businessProcesses, fileFormats, actions, phases } = programme;
  const lists = [components, people.parties, raci.roles, statuses, marketRoles, fuels, businessProcesses];
  return new Map([
    ...[...lists, fileFormats, actions, phases].flat().map(({ id, name }) => [name.toLowerCase(), id] as const),
    ...people.people.map(({ id, initials }) => [initials.toLowerCase(), id] as const),
    ...environments.flatMap(({ id, name, aliases }) =>
      [name, ...aliases].map((other) => [other.toLowerCase(), id] as const),
    ),
  ]);
}

/** A kind of thing as the programme calls it. */
function wordFor(kind: string, { marketRole, fuel, codeLine }: Terms): string {
  return { 'market role': marketRole, fuel, 'code line': codeLine }[kind] ?? kind;
}

function unknown(
  { id, kinds, place, likely, beside = [] }: Reference & { place: Place },
  all: string[],
  { names, terms }: { names: ReadonlyMap<string, string>; terms: Terms },
): RuleFinding {
  const ids = all.filter((other) => !beside.includes(other));
  const named = names.get(id.toLowerCase());
  const near =
    (named !== undefined && ids.includes(named) ? named : undefined) ??
    (likely &&
      nearestId(
        id,
        likely.filter((item) => ids.includes(item)),
      )) ??
    nearest(id, ids);
  const words = kinds.map((kind) => wordFor(kind, terms)).join(' or ');
  const hint = near
    ? `Did you mean "${near}"?`
    : all.length === 0
      ? `There is no ${words} yet: add it first.`
      : all.length > 12
        ? `Correct the id, or add the ${words} that is meant.`
        : `Known are ${all.join(', ')}.`;
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
  const { environments, components, people, raci, programme, plan } = catalog.policy;
  const policies = policiesBy(catalog, 'processes', 'severities', 'types');
  const lists: Record<string, string[]> = {
    release: [...catalog.releases, ...programme.phases.flatMap(({ earlier }) => earlier)]
      .map(({ id }) => id)
      .concat(catalog.unread),
    defect: [...catalog.defects.map(({ id }) => id), ...catalog.unread],
    change: [...catalog.changes.map(({ id }) => id), ...catalog.unread],
    environment: environments.map(({ id }) => id),
    component: components.map(({ id }) => id),
    person: people.people.map(({ id }) => id),
    party: people.parties.map(({ id }) => id),
    role: raci.roles.map(({ id }) => id),
    process: policies.flatMap((policy) => policy.raci.processes.map(({ id }) => id)),
    severity: policies.flatMap((policy) => policy.programme.severities.map(({ id }) => id)),
    'version of the plan': plan.history.map(({ version }) => version),
    status: programme.statuses.map(({ id }) => id),
    'market role': programme.marketRoles.map(({ id }) => id),
    fuel: programme.fuels.map(({ id }) => id),
    'business process': programme.businessProcesses.map(({ id }) => id),
    'file format': programme.fileFormats.map(({ id }) => id),
    action: programme.actions.map(({ id }) => id),
    phase: programme.phases.map(({ id }) => id),
    'release type': policies.flatMap((policy) => Object.keys(policy.programme.types)),
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
