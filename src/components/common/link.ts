import { base, site } from 'virtual:ccmt';
import { address, pathOf } from '../../site/words/address.ts';

/** The address of a path of this site, under the base it is served from. */
export function to(path: string): string {
  return address(base, path);
}

const defects = new Set(site.defects.map(({ id }) => id));
const changes = new Set(site.changes.map(({ id }) => id));
const releases = new Set(site.releases.map(({ id }) => id));

/** The address of a defect or change; nothing when it has no page. */
export function toItem(id: string): string | undefined {
  if (changes.has(id)) return to(pathOf('change', id));
  return defects.has(id) ? to(pathOf('defect', id)) : undefined;
}

/** The address of a release; nothing when it has no page. */
export function toRelease(id: string): string | undefined {
  return releases.has(id) ? to(pathOf('release', id)) : undefined;
}

/** The names of the environments that face the participants. */
export const marketNames: string = site.environments
  .filter(({ isMarket }) => isMarket)
  .map(({ name }) => name)
  .join(', ');
