import { base } from '../../site/pages.ts';
import { address } from '../../site/words/address.ts';

/** The address of a path of this site, under the base it is served from. */
export function to(path: string): string {
  return address(base, path);
}
