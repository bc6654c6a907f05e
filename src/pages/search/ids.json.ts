import type { APIRoute } from 'astro';
import { modelOf } from '../../site/pages.ts';

/** Every id with its page, so that an exact number leads straight to its record. */
export const GET: APIRoute = () =>
  new Response(JSON.stringify(modelOf('knownIds')), { headers: { 'Content-Type': 'application/json' } });
