import { referencesOf } from './references.ts';
import type { Repairs } from './repair.ts';

/** What may repair a finding of a waiver, of the people or of the schedule. */
export const grantedByWhoMay: Repairs = (_, { file }, { policy }) =>
  policy.programme.waiversBy.map((value) => [{ file, path: ['by'], kind: 'set', value }]);

/** A last day that is never reached. */
export const neverEnds: Repairs = (_, { file, path }) => {
  const field = { 'waivers/': 'expires', 'people.yaml': path[0] === 'delegations' ? 'until' : 'to' };
  const [, name] = Object.entries(field).find(([start]) => file.startsWith(start)) ?? [];
  const holder = file === 'people.yaml' ? path.slice(0, 2) : [];
  return name === undefined ? [] : [[{ file, path: [...holder, name], kind: 'set', value: '9999-12-31' }]];
};

/** Two people of one id: the second is the one whom nobody knows otherwise. */
export const idThatIsMissing: Repairs = (_, place, catalog) => {
  if (place.file !== 'people.yaml' || place.path[0] !== 'people') return [];
  const known = new Set(
    [catalog.policy.people.people, catalog.policy.people.parties, catalog.policy.raci.roles].flat().map(({ id }) => id),
  );
  const unknown = [...referencesOf(catalog)].find(({ kinds, id }) => kinds.includes('person') && !known.has(id));
  return unknown ? [[{ ...place, kind: 'set', value: unknown.id }]] : [];
};

/** An entry of the schedule as a whole. */
export const exceptionRemoved: Repairs = (_, { file, path }) =>
  file === 'schedule.yaml' && path[0] === 'slots' && path.length > 1
    ? [[{ file, path: path.slice(0, 2), kind: 'remove' }]]
    : [];
