import type { APIRoute } from 'astro';
import { site } from 'virtual:ccmt';
import { canonical } from '../../../derive/canonical.ts';
import type { PublicNote } from '../../../site/project/notes.ts';

export function getStaticPaths() {
  return site.notes.map((published) => ({
    params: { id: published.release, stage: published.name },
    props: { published },
  }));
}

/** The very bytes that were hashed when the note was published: its SHA-256 is the one that the log records. */
export const GET: APIRoute<{ published: PublicNote }> = ({ props }) =>
  new Response(canonical(props.published.note), { headers: { 'Content-Type': 'application/json' } });
