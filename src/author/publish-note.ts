import { inTermsOf } from '../model/terms.ts';
import { holdersOf } from '../derive/actors.ts';
import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { accountableFor } from '../derive/roles.ts';
import { openBefore, type StepState } from '../derive/steps.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Sources } from '../load/read-content.ts';
import type { Stage } from '../model/log.ts';
import { type Instant, toRecordTime } from '../model/time.ts';
import { evaluate } from '../pipeline.ts';
import { idOfPath } from '../validate/record-kinds.ts';
import { appendLine } from './append-line.ts';
import { type FrozenNote, freezeNote, type Publication } from './freeze-note.ts';
import type { Change } from './write-content.ts';
import { compareText } from '../diagnostic.ts';
import { rawText } from '../load/decode.ts';

export type PublicationRequest = {
  release: string;
  stage: Stage;
  /** The moment of publication, a whole minute as log lines tell it. */
  at: Instant;
  /** Who publishes; the holder of the accountable role when absent. */
  by?: string[] | undefined;
  informed?: string[] | undefined;
  reason?: string | undefined;
};

/** A publication that can be written, or what stands in its way. */
export type PublicationPlan =
  | { changes: Change[]; frozen: FrozenNote; lineNumber: number; warnings: Diagnostic[]; elsewhere: number }
  | { refusal: string; hint?: string }
  | { open: StepState[] }
  | { diagnostics: Diagnostic[]; elsewhere: number; sources: Sources };

/**
 * Plans the publication of a note: the frozen file and the log line. It stands in the way that the release is not
 * there, that a step before it is open, or that the records with this very publication in them have an error about the
 * release, or one that they do not have without it. What is wrong elsewhere is counted. Pure: nothing is written.
 */
export function planPublication(sources: Sources, request: PublicationRequest): PublicationPlan {
  const moment = { instant: request.at, isChosen: true };
  const { catalog, diagnostics: before } = evaluate(sources, moment);
  const errors = before.filter(({ level }) => level === 'error');
  if (!catalog) return { diagnostics: errors, elsewhere: 0, sources };
  const unread = errors.filter(({ file }) => catalog.unreadFiles.includes(file) && !file.startsWith('profiles/'));
  // A note tells of all releases, defects and waivers: what cannot be read would be missing from it for ever.
  if (unread.length > 0) return { diagnostics: unread, elsewhere: errors.length - unread.length, sources };
  const release = catalog.releases.find(({ id }) => id === request.release);
  if (!release) return { refusal: `There is no release ${request.release}.` };
  const refusal = faultOf(catalog, release, request);
  if (refusal) return refusal;
  const open = openBefore(catalog, release, request.stage);
  if (open.length > 0) return { open };
  const by = publishers(catalog, release, request);
  const line = publicationLine(catalog, by, request);
  const frozen = freezeNote(catalog, release, { line, index: release.record.log.length });
  const changes = changesFor(sources, release, frozen, line);
  const published = withChanges(sources, changes);
  const after = evaluate(published, moment).diagnostics;
  const known = new Set(before.map(identity));
  const own = after.filter((diagnostic) => isAbout(diagnostic, release) || !known.has(identity(diagnostic)));
  const stands = own.filter(({ level }) => level === 'error');
  const elsewhere = after.filter(({ level }) => level === 'error').length - stands.length;
  if (stands.length > 0) return { diagnostics: stands, elsewhere, sources: published };
  const warnings = own.filter(({ level }) => level === 'warning' || level === 'overdue');
  return { changes, frozen, lineNumber: release.record.log.length + 1, warnings, elsewhere };
}

/** True for what concerns a release: its own files, and the records of its items, which the note copies from. */
function isAbout({ release, file }: Diagnostic, { id, file: own, now }: ReleaseHistory): boolean {
  const record = idOfPath(file) ?? '';
  return release === id || file === own || record.startsWith(`${id}/`) || now.live.includes(record);
}

function faultOf(
  catalog: Catalog,
  release: ReleaseHistory,
  { stage, reason, by }: PublicationRequest,
): { refusal: string; hint: string } | undefined {
  const stages = release.type.steps.flat().flatMap(({ did, target }) => (did === 'publish' && target ? [target] : []));
  if (!stages.includes(stage) && (stage !== 'erratum' || stages.length === 0))
    return {
      refusal: `${release.id} is of the type "${release.record.type}", which has no ${stage} note.`,
      hint: stages.length === 0 ? 'Its steps name no note.' : `Its notes are ${[...stages, 'erratum'].join(', ')}.`,
    };
  const notes = catalog.published.filter((note) => note.release === release.id);
  const isPublished = notes.some((note) => note.stage === stage);
  if (stage !== 'erratum' && isPublished)
    return {
      refusal: `The ${stage} note of ${release.id} is published already.`,
      hint: `A correction is an erratum: ccmt publish ${release.id} erratum --reason "…".`,
    };
  if (stage === 'provisional' && notes.length > 0)
    return {
      refusal: `${release.id} has a later note already.`,
      hint: inTermsOf('A provisional note comes before the final one.', catalog.policy.programme.terms),
    };
  if (stage === 'erratum' && notes.length === 0)
    return {
      refusal: `${release.id} has no note that an erratum could correct.`,
      hint: `Publish the note itself: ccmt publish ${release.id} final.`,
    };
  if (stage === 'erratum' && !reason)
    return { refusal: 'An erratum says why it is needed.', hint: 'Add --reason "…".' };
  if (release.now.live.length === 0)
    return { refusal: `${release.id} has no items.`, hint: 'Record a "propose" line first.' };
  if (!by && publishers(catalog, release, { by } as PublicationRequest).length === 0)
    return {
      refusal: 'Nobody holds the role that publishes notes at this moment.',
      hint: 'Name the publisher with --by, or record the assignment in people.yaml.',
    };
  return undefined;
}

function publishers({ policy, offices, asOf }: Catalog, release: ReleaseHistory, { by }: PublicationRequest): string[] {
  if (by && by.length > 0) return by;
  return accountableFor(policy, 'publish')
    .flatMap((role) => holdersOf(offices, role, asOf, release.record.phase))
    .slice(0, 1);
}

/** The line that publishes a note, but for its digest. */
function publicationLine({ policy: { programme } }: Catalog, by: string[], request: PublicationRequest): Publication {
  return {
    at: toRecordTime(request.at, programme.zone),
    did: 'publish',
    note: request.stage,
    by: by.length === 1 ? (by[0] as string) : by,
    ...(request.reason ? { reason: request.reason } : {}),
    informed: request.informed ?? programme.audience,
  };
}

function changesFor(sources: Sources, release: ReleaseHistory, frozen: FrozenNote, publication: Publication): Change[] {
  const { at, did, note, by, ...rest } = publication;
  const line = { at, did, note, by, sha256: frozen.published.sha256, ...rest };
  const bytes = sources.files.find(({ path }) => path === release.file)?.bytes as Uint8Array;
  return [
    { path: frozen.path, text: frozen.text, before: sources.files.find(({ path }) => path === frozen.path)?.bytes },
    {
      path: release.file,
      text: appendLine(rawText(bytes), line),
      before: bytes,
    },
  ];
}

/** The sources as they would be with changes applied. */
export function withChanges({ files, ...folder }: Sources, changes: readonly Change[]): Sources {
  const changed = new Map(changes.map(({ path, text }) => [path, { path, bytes: new TextEncoder().encode(text) }]));
  const kept = files.filter(({ path }) => !changed.has(path));
  return { ...folder, files: [...kept, ...changed.values()].sort((a, b) => compareText(a.path, b.path)) };
}

function identity({ rule, file, message }: Diagnostic): string {
  return `${rule} ${file} ${message}`;
}
