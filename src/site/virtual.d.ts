/** The public projection, evaluated once for a build and again after each edit in development. */
declare module 'virtual:ccmt' {
  export const site: import('./site.ts').Site;
  /**
   * Where the site is served, as configured; `import.meta.env.BASE_URL` can be overruled by a variable of the shell.
   */
  export const base: string;
}
