import type { APIRoute } from 'astro';
import { commit, modelOf } from '../site/pages.ts';

/**
 * As of when the site was made, of which programme and plan, and from which commit where that is known; a build adds
 * every file with its digest.
 */
export const GET: APIRoute = () =>
  new Response(`${JSON.stringify({ ...modelOf('manifest'), commit }, null, 2)}\n`, {
    headers: { 'Content-Type': 'application/json' },
  });
