/** A record that is followed on this device: its path, its name, and what its page said when it was last seen. */
export type Followed = { path: string; name: string; said: string };

const key = 'my-list';
/** What may be followed; anything else in a link or in what is kept is left aside. */
const paths = /^\/(?:defects|changes|components)\/\w[\w.%-]{0,120}\/$/;
/** So many records are taken out of a link, and no more. */
const most = 100;

/** The records that this device follows; none where it may not keep anything. */
export function myList(): Followed[] {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]') as Partial<Followed>[];
    return kept.flatMap(({ path = '', name = path, said = '' }) => (paths.test(path) ? [{ path, name, said }] : []));
  } catch {
    return [];
  }
}

/** Keeps the list on this device; false where it may not keep anything. */
export function keep(list: readonly Followed[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

/** What a page says of its record today. */
export function saidOn(page: Document): string {
  return [...page.querySelectorAll('[data-said]')].map((part) => plain(part.textContent)).join('; ');
}

/** The records that a link takes along, as their paths. */
export function pathsIn(text: string): string[] {
  const offered = text.split(',').map((part) => `/${part}/`);
  return [...new Set(offered)].filter((path) => paths.test(path)).slice(0, most);
}

/** A list as a link takes it along: `defects/D-0042,components/core`. */
export function asText(list: readonly Followed[]): string {
  return list.map(({ path }) => path.slice(1, -1)).join(',');
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
