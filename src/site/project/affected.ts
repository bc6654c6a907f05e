import type { Catalog } from '../../derive/catalog.ts';
import type { Defect } from '../../model/defect.ts';
import { type Labelled, labelled, labelledAmong } from '../../model/labelled.ts';
import type { NoteItem } from '../../model/note.ts';

/** Whom and what something touches: what lists are filtered by. */
export type Affected = {
  /** Absent where the programme has no market roles. */
  impact?: Labelled[] | undefined;
  components: Labelled[];
  interfaces: string[];
  /** What it is said to affect, then what that includes. */
  fuels: Labelled[];
};

/** What an item of a release touches. */
export function affectedBy(
  { policy }: Catalog,
  { impact, components, interfaces, fuel }: Pick<NoteItem, 'impact' | 'components' | 'interfaces' | 'fuel'>,
): Affected {
  const named = (list: readonly Labelled[]) => list.map(({ id, name }) => ({ id, name }));
  const { fuels } = policy.programme;
  const own = fuels.find(({ id }) => id === fuel?.id);
  return {
    impact: impact && named(impact),
    components: named(components),
    interfaces,
    fuels: fuel ? [...named([fuel]), ...(own?.includes ?? []).map((id) => labelled(id, fuels))] : [],
  };
}

/** What a defect touches; its interfaces as far as a release names them. */
export function affectedByDefect(catalog: Catalog, { id, impact, fuel, tracker: { component } }: Defect): Affected {
  const { programme, components } = catalog.policy;
  return affectedBy(catalog, {
    impact: labelledAmong(impact, programme.marketRoles),
    components: component === undefined ? [] : [labelled(component, components)],
    interfaces: interfacesOf(catalog, id),
    fuel: fuel === undefined ? undefined : labelled(fuel, programme.fuels),
  });
}

const interfaces = new WeakMap<Catalog, ReadonlyMap<string, ReadonlySet<string>>>();

/** The interfaces that any release names for an item; found once for a catalog. */
function interfacesOf(catalog: Catalog, id: string): string[] {
  const known = interfaces.get(catalog) ?? interfacesByItem(catalog);
  interfaces.set(catalog, known);
  return [...(known.get(id) ?? [])].sort();
}

function interfacesByItem({ releases }: Catalog): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const item of releases.flatMap(({ record }) => record.items))
    found.set(item.id, new Set([...(found.get(item.id) ?? []), ...(item.interfaces ?? [])]));
  return found;
}

/** What a list can be filtered by: only what some of it has, in the order of the programme. */
export type Choices = { roles: Labelled[]; components: Labelled[]; interfaces: string[]; fuels: Labelled[] };

/** The choices that a list offers. */
export function choicesOf(
  list: readonly Affected[],
  known: { programme: { marketRoles: Labelled[]; fuels: Labelled[] }; components: readonly Labelled[] },
): Choices {
  const used = (all: readonly Labelled[], own: (entry: Affected) => readonly Labelled[]) => {
    const ids = new Set(list.flatMap((entry) => own(entry).map(({ id }) => id)));
    return all.filter(({ id }) => ids.has(id)).map(({ id, name }) => ({ id, name }));
  };
  return {
    roles: used(known.programme.marketRoles, ({ impact = [] }) => impact),
    components: used(known.components, ({ components }) => components),
    interfaces: [...new Set(list.flatMap(({ interfaces }) => interfaces))].sort(),
    fuels: used(known.programme.fuels, ({ fuels }) => fuels),
  };
}
