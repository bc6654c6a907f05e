/** One page: what tells its address apart from others of its kind, and all that it shows. */
export type Page<Model> = { params: Record<string, string>; model: Model };

/** The one page of its kind. */
export function onlyPage<Model>(model: Model): Page<Model>[] {
  return [{ params: {}, model }];
}
