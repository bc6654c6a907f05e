import type { APIRoute } from 'astro';
import { modelOf } from '../../site/pages.ts';

/** The moments of which the matrix is kept, oldest first, for those who look for the one at some time. */
export const GET: APIRoute = () =>
  new Response(JSON.stringify(modelOf('matrixMoments')), { headers: { 'Content-Type': 'application/json' } });
