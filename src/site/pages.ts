import { base, commit, site } from 'virtual:ccmt';
import type { Models } from './project/pages/all.ts';
import type { Frame } from './project/pages/frame.ts';

/**
 * The door through which pages get what they show: the only file that reads the module made by the integration.
 *
 * A page is a function of one model. `src/site/project/pages/` makes for each page one plain object that holds all it
 * shows, and the page passes parts of it on to its components. A page with parameters gets its model as the prop
 * `model` from `pathsOf`, any other asks `modelOf` for it. Only the layout uses `frame`; `terms` are words, and `base`
 * and `staleHours` are configuration.
 */
export { base, commit };

/** What the frame of every page prints. */
export const frame: Frame = site.frame;

/** What the programme calls things. */
export const terms = frame.terms;

/** Hours after which a page says that it is old; none in an archive, or where the programme says nothing. */
export const { staleHours } = frame;

/** The model of the only page of its kind. */
export function modelOf<Name extends keyof Models>(name: Name): Models[Name] {
  return (site.pages[name][0] as { model: Models[Name] }).model;
}

/**
 * The pages of one kind for `getStaticPaths`: parameters, the model as a prop, and a key that changes with what is
 * shown.
 */
export function pathsOf<Name extends keyof Models>(
  name: Name,
): { params: Record<string, string>; props: { model: Models[Name] }; cacheKey: string }[] {
  return site.pages[name].map(({ params, model, digest }) => ({
    params,
    props: { model: model },
    cacheKey: digest,
  }));
}
