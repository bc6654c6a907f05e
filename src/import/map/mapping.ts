import type { Component } from '../../model/component.ts';
import type { Profile } from '../../model/profile.ts';
import type { Programme } from '../../model/programme.ts';
import type { Column, Layout } from '../table.ts';

/** All that mapping needs to know beside the row, but for dates. */
export type TextMapping = {
  profile: Profile;
  profileName: string;
  layout: Layout;
  openStatuses: ReadonlySet<string>;
  /** Ids and names of components, in lower case, to ids. */
  components: ReadonlyMap<string, string>;
  kept: readonly Kept[];
};

/** A heading whose cells are kept, with all columns that carry it. */
export type Kept = { heading: string; indexes: number[]; separator?: string | undefined };

/** What mapping needs to know of a table and a programme before it has seen all rows. */
export function textMapping(
  profileName: string,
  profile: Profile,
  layout: Layout,
  programme: Programme,
  components: readonly Component[],
): TextMapping {
  return {
    profile,
    profileName,
    layout,
    openStatuses: new Set(programme.statuses.filter(({ open }) => open).map(({ id }) => id)),
    components: new Map(
      components.flatMap(({ id, name }) => [
        [id.toLowerCase(), id],
        [name.toLowerCase(), id],
      ]),
    ),
    kept: keptIn(layout.columns),
  };
}

/** Headings that are kept, each with all columns that carry it. */
function keptIn(columns: readonly Column[]): Kept[] {
  const kept = new Map<string, Kept>();
  for (const { heading, index, keep } of columns) {
    if (!keep) continue;
    const group = kept.get(heading) ?? { heading, indexes: [], separator: keep.separator };
    group.indexes.push(index);
    kept.set(heading, group);
  }
  return [...kept.values()];
}
