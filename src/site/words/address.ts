/**
 * The one maker of addresses: a path from the site's root, under the base the site is served from.
 * `address('/ccmt', '/defects/D-0042/')` is `/ccmt/defects/D-0042/`; the base may end in a slash or not.
 */
export function address(base: string, path: string): string {
  const root = base.endsWith('/') ? base.slice(0, -1) : base;
  return `${root}/${path.startsWith('/') ? path.slice(1) : path}`;
}

/** The kinds of record that have a page of their own. */
export type PageKind = 'release' | 'defect' | 'change' | 'component' | 'rule';

const folders: Record<PageKind, string> = {
  release: 'releases',
  defect: 'defects',
  change: 'changes',
  component: 'components',
  rule: 'rules',
};

/** The path of a record's page from the site's root. */
export function pathOf(kind: PageKind, id: string): string {
  return `/${folders[kind]}/${encodeURIComponent(id)}/`;
}

/** The path of one published stage of a release: `/releases/R05/erratum-1/`. */
export function pathOfStage(release: string, stage: string): string {
  return `${pathOf('release', release)}${stage}/`;
}

/** The path of what changed after a release: `/since/R05/`. */
export function pathOfSince(release: string): string {
  return `/since/${encodeURIComponent(release)}/`;
}

/** The path of the site as one market role needs it: `/for/supplier/`. */
export function pathOfRole(role: string): string {
  return `/for/${encodeURIComponent(role)}/`;
}

/** The path of one component in one environment: `/matrix/mt/core/`. */
export function pathOfCell(environment: string, component: string): string {
  return `/matrix/${encodeURIComponent(environment)}/${encodeURIComponent(component)}/`;
}

/** The place on the page of people that says who is behind some initials: `/plan/people/#initials-CR`. */
export function pathOfPerson(initials: string): string {
  return `/plan/people/#${encodeURIComponent(anchorOf(initials))}`;
}

/** The name of that place; initials are letters, but nothing says so. */
export function anchorOf(initials: string): string {
  return `initials-${initials.replaceAll(/\s+/g, '-')}`;
}
