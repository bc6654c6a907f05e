import type { Terms } from '../../../model/terms.ts';
import type { Facts } from '../facts.ts';

/**
 * What the frame of every page prints of the programme. Nothing in it moves with a build: the moment of looking stands
 * on the pages that depend on it, and in the manifest.
 */
export type Frame = {
  programme: string;
  changeOrder?: string | undefined;
  zone: string;
  marking: string;
  notice: string;
  contact: string;
  illustrative?: string | undefined;
  staleHours?: number | undefined;
  /** What the programme calls things. */
  terms: Terms;
  /** Files that cannot be read; none in a site that was built, only while records are edited. */
  unread: string[];
};

export function frameOf({ programme, unread }: Facts): Frame {
  const { name, changeOrder, zone, marking, notice, contact, illustrative, staleHours, terms } = programme;
  return { programme: name, changeOrder, zone, marking, notice, contact, illustrative, staleHours, terms, unread };
}

/** What the site says of itself to programs: as of when it was made, and of which programme and plan. */
export type Manifest = {
  format: 1;
  asOf: string;
  programme: string;
  planVersion?: string | undefined;
  unread?: string[];
};

export function manifestOf({ asOf, programme, unread }: Facts): Manifest {
  const { name, planVersion } = programme;
  return { format: 1, asOf: asOf.instant, programme: name, planVersion, ...(unread.length > 0 ? { unread } : {}) };
}
