/** The public projection, evaluated once for a build and again after each edit in development; see `pages.ts`. */
declare module 'virtual:ccmt' {
  export const site: Pick<import('./site.ts').Site, 'frame' | 'pages'>;
  /**
   * Where the site is served, as configured; `import.meta.env.BASE_URL` can be overruled by a variable of the shell.
   */
  export const base: string;
  /** The commit that the site is made from, where the environment names it. */
  export const commit: string | undefined;
}
