import type { Facts } from '../facts.ts';

/**
 * What the frame of every page prints of the programme. Nothing in it moves with a build: the moment of looking stands
 * on the pages that depend on it, and in the manifest.
 */
export type Frame = {
  programme: string;
  changeOrder: string;
  zone: string;
  marking: string;
  notice: string;
  contact: string;
  illustrative?: string | undefined;
};

export function frameOf({ programme }: Facts): Frame {
  const { name, changeOrder, zone, marking, notice, contact, illustrative } = programme;
  return { programme: name, changeOrder, zone, marking, notice, contact, illustrative };
}

/** What the site says of itself to programs: as of when it was made, and of which programme and plan. */
export type Manifest = { format: 1; asOf: string; programme: string; planVersion?: string | undefined };

export function manifestOf({ asOf, programme }: Facts): Manifest {
  return { format: 1, asOf: asOf.instant, programme: programme.name, planVersion: programme.planVersion };
}
