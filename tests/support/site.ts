import { fileURLToPath } from 'node:url';
import { readContent, type Sources } from '../../src/load/read-content.ts';
import { toInstant } from '../../src/model/time.ts';
import { evaluate } from '../../src/pipeline.ts';
import { type Facts, factsOf } from '../../src/site/project/facts.ts';
import { project, type Site } from '../../src/site/site.ts';

/** The records of the sample, as bytes; the moment at which its pages are looked at. */
export const sampleMoment = '2020-11-18T11:00';
export function sampleSources(): Promise<Sources> {
  return readContent(fileURLToPath(new URL('../../content', import.meta.url)));
}

/** The site of some records at a local time of the sample's zone, with the facts that it was made from. */
export function siteAt(sources: Sources, time: string): { facts: Facts; site: Site } {
  const { catalog, diagnostics } = evaluate(sources, { instant: toInstant(time, 'Europe/London'), isChosen: true });
  if (!catalog) throw new Error('the programme cannot be read');
  return { facts: factsOf(catalog, diagnostics), site: project(catalog, diagnostics) };
}

/** The digest of each page of a site by its kind and parameters: `note R02 final`. */
export function digestsOf({ pages }: Site): Map<string, string> {
  return new Map(
    Object.entries(pages).flatMap(([name, entries]) =>
      entries.map(({ params, digest }) => [[name, ...Object.values(params)].join(' '), digest] as const),
    ),
  );
}
