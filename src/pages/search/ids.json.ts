import type { APIRoute } from 'astro';
import { site } from 'virtual:ccmt';
import { pathOf } from '../../site/words/address.ts';

/** Every id with its page, so that an exact number leads straight to its record. */
export const GET: APIRoute = () => {
  const releases = site.releases.map(({ id, title }) => ({
    id,
    title: `${id} ${title}`,
    kind: 'Release',
    path: pathOf('release', id),
  }));
  const defects = site.defects.map(({ id, key, title }) => ({
    id,
    key,
    title: `${id} ${title}`,
    kind: 'Defect',
    path: pathOf('defect', id),
  }));
  const changes = site.changes.map(({ id, title }) => ({
    id,
    title: `${id} ${title}`,
    kind: 'Change',
    path: pathOf('change', id),
  }));
  return new Response(JSON.stringify([...defects, ...releases, ...changes]), {
    headers: { 'Content-Type': 'application/json' },
  });
};
