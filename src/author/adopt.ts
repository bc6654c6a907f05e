import { adoptedName, toBeAdopted } from '../check/adopted-history.ts';
import { sha256Of } from '../derive/canonical.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Sources } from '../load/read-content.ts';
import { toDay } from '../model/time.ts';
import { type AsOf, evaluate } from '../pipeline.ts';
import { withChanges } from './publish-note.ts';
import type { Change } from './write-content.ts';

/** What is taken over, or what stands in the way. */
export type AdoptionPlan =
  | { change: Change; notes: number; lines: number; releases: number }
  | { refusal: string }
  | { diagnostics: Diagnostic[] };

/**
 * Plans to take over notes of format 1: one dated file with the digests of the notes and of the lines of their logs as
 * they stand. Nothing that is there is rewritten. An error about a published note stands in the way, for it would be
 * taken over with it. Pure: nothing is written.
 */
export function planAdoption(sources: Sources, moment: AsOf): AdoptionPlan {
  const { catalog, diagnostics } = evaluate(sources, moment);
  if (!catalog) return { diagnostics: diagnostics.filter(({ level }) => level === 'error') };
  const { notes, releases } = toBeAdopted(catalog);
  if (notes.length === 0) return { refusal: 'There is nothing to adopt: every note is in format 2, or adopted.' };
  const path = `published/adopted-${toDay(moment.instant, catalog.policy.programme.zone)}.json`;
  if (sources.files.some((file) => file.path === path))
    return { refusal: `${path} is there already: one file a day is written, and none is changed.` };
  const sealed = {
    format: 1,
    adoptedAt: moment.instant,
    notes: Object.fromEntries(notes.map((note) => [adoptedName(note), sha256Of(note.raw)])),
    logs: Object.fromEntries(releases.map(({ id, record }) => [id, record.rawLog.map((line) => sha256Of(line))])),
  };
  const text = `${JSON.stringify({ ...sealed, sha256: sha256Of(sealed) }, null, 2)}\n`;
  const change = { path, text, before: undefined };
  const after = evaluate(withChanges(sources, [change]), moment);
  const files = new Set([...notes, ...releases].map(({ file }) => file));
  const faults = after.diagnostics.filter(({ level, rule, file }) => {
    const isUnread = after.catalog?.unreadFiles.includes(file) && /^(?:published|releases)\//.test(file);
    return level === 'error' && (isUnread || (rule === 'published-note-unchanged' && files.has(file)));
  });
  if (faults.length > 0) return { diagnostics: faults };
  return {
    change,
    notes: notes.length,
    lines: releases.reduce((sum, { record }) => sum + record.log.length, 0),
    releases: releases.length,
  };
}
