import { pathOf, type PageKind } from '../../words/address.ts';
import type { Facts } from '../facts.ts';

/** The search page; only an id to show what can be looked for is the programme's. */
export type SearchPage = { example?: string | undefined };

export function searchPage({ defects, releases }: Facts): SearchPage {
  return { example: defects[0]?.id ?? releases[0]?.id };
}

/** Every id with its page, so that an exact number leads straight to its record. */
export type KnownId = { id: string; key?: string | undefined; title: string; kind: string; path: string };

export function knownIds({ defects, releases, changes }: Facts): KnownId[] {
  const known = (kind: PageKind, name: string, { id, key, title }: { id: string; key?: string; title: string }) => ({
    id,
    key,
    title: `${id} ${title}`,
    kind: name,
    path: pathOf(kind, id),
  });
  return [
    ...defects.map((defect) => known('defect', 'Defect', defect)),
    ...releases.map(({ id, title }) => known('release', 'Release', { id, title })),
    ...changes.map(({ id, title }) => known('change', 'Change', { id, title })),
  ];
}
