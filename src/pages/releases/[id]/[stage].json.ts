import type { APIRoute } from 'astro';
import { pathsOf } from '../../../site/pages.ts';
import type { NoteFile } from '../../../site/project/pages/note.ts';

export const getStaticPaths = () => pathsOf('noteFile');

/** The very bytes that were hashed when the note was published: its SHA-256 is the one that the log records. */
export const GET: APIRoute<{ model: NoteFile }> = ({ props }) =>
  new Response(props.model.text, { headers: { 'Content-Type': 'application/json' } });
