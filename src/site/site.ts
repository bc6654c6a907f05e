import { sha256Of } from '../derive/canonical.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { addressesOf, type Kept, keptOf } from './addresses.ts';
import { factsOf } from './project/facts.ts';
import { type Models, type Pages, pagesOf } from './project/pages/all.ts';
import { type Frame, frameOf } from './project/pages/frame.ts';
import { type SearchRecord, searchRecords } from './project/search-records.ts';

/**
 * Everything that the site shows, as plain JSON: what the frame prints, one model for each page, the records of the
 * search, and what became of the addresses that are kept. It may be handed on as a file, for nothing else is needed to
 * make the site.
 */
export type Site = { frame: Frame; pages: SitePages; search: SearchRecord[]; kept: Kept };

/** A page with the digest of its model and of what the frame prints: while it is the same, so is the page. */
export type SitePages = { [Name in keyof Models]: (Pages[Name][number] & { digest: string })[] };

/** The public projection of a catalog and of what the rules found in it. */
export function project(catalog: Catalog, diagnostics: readonly Diagnostic[]): Site {
  const facts = factsOf(catalog, diagnostics);
  const frame = frameOf(facts);
  const printed = sha256Of(frame);
  const made = pagesOf(facts);
  const pages = Object.entries(made).map(([name, entries]) => [
    name,
    entries.map((page) => ({ ...page, digest: sha256Of([printed, page.model]) })),
  ]);
  return {
    frame,
    pages: Object.fromEntries(pages) as SitePages,
    search: searchRecords(facts),
    kept: keptOf(catalog, addressesOf(made)),
  };
}
