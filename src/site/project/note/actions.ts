import type { Catalog } from '../../../derive/catalog.ts';
import type { Labelled } from '../../../model/labelled.ts';
import type { Note, NoteItem } from '../../../model/note.ts';
import { compareText } from '../../../diagnostic.ts';
import { type Time, timeOf } from '../../words/dates.ts';
import { type Reference, referenceTo } from '../reference.ts';

/** What a note asks of participants: all of it, what has a deadline first; and by role. */
export type NoteActions = {
  all: (SharedAction & { roles: Labelled[] })[];
  /** The roles that some item affects, with what each must do; nothing where it only has to know. */
  roles: { id: string; name: string; actions: SharedAction[]; items: Reference[] }[];
  /** What is asked of everybody, because its items name no role. */
  everybody: SharedAction[];
  /** The roles that no item affects. */
  unaffected: string[];
};

/** The same action for several items stands once. */
export type SharedAction = { name: string; text?: string | undefined; by?: Time | undefined; items: Reference[] };

export function noteActions(catalog: Catalog, { items }: Note): NoteActions {
  const { marketRoles } = catalog.policy.programme;
  const named = new Map(items.flatMap(({ impact = [] }) => impact.map(({ id, name }) => [id, name] as const)));
  const all = new Map([...marketRoles.map(({ id, name }) => [id, name] as const), ...named]);
  const has = (item: NoteItem, role: string) => item.impact?.some(({ id }) => id === role) ?? false;
  const shared = (some: readonly NoteItem[]) => sharedActions(catalog, some);
  const rolesOf = (ids: readonly Reference[]) =>
    [...named].flatMap(([role, name]) =>
      items.some((item) => ids.some(({ id }) => id === item.id) && has(item, role)) ? [{ id: role, name }] : [],
    );
  const moment = ({ by }: SharedAction) => by?.local ?? '~';
  return {
    all: shared(items)
      .map((action) => ({ ...action, roles: rolesOf(action.items) }))
      .sort((a, b) => compareText(moment(a), moment(b))),
    roles: [...all].flatMap(([role, name]) => {
      const own = items.filter((item) => has(item, role));
      if (own.length === 0) return [];
      return [{ id: role, name, actions: shared(own), items: own.map(({ id }) => referenceTo(catalog, 'item', id)) }];
    }),
    everybody: shared(items.filter(({ impact = [] }) => impact.length === 0)),
    unaffected: [...all].flatMap(([role, name]) => (items.some((item) => has(item, role)) ? [] : [name])),
  };
}

function sharedActions(catalog: Catalog, items: readonly NoteItem[]): SharedAction[] {
  const { zone } = catalog.policy.programme;
  const actions = new Map<string, SharedAction>();
  for (const { id, actions: own } of items) {
    for (const { name, text, by } of own) {
      const key = JSON.stringify([name, text, by]);
      const action = actions.get(key) ?? { name, text, by: by === undefined ? undefined : timeOf(by, zone), items: [] };
      action.items.push(referenceTo(catalog, 'item', id));
      actions.set(key, action);
    }
  }
  return [...actions.values()];
}
