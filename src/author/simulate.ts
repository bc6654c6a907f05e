import type { Catalog } from '../derive/catalog.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { unreadFileOf } from '../derive/lookup.ts';
import { stepsOf } from '../derive/steps.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Sources } from '../load/read-content.ts';
import type { Stage } from '../model/log.ts';
import type { Note } from '../model/note.ts';
import { type Step, writtenStep } from '../model/step.ts';
import { toRecordTime } from '../model/time.ts';
import { type AsOf, evaluate } from '../pipeline.ts';
import { freezeNote } from './freeze-note.ts';
import { withChanges } from './publish-note.ts';
import { withLines } from './simulated-text.ts';

export type Simulation = {
  note: Note;
  /** Findings that are there only with the change. */
  added: Diagnostic[];
  /** Findings that the change makes go away. */
  gone: Diagnostic[];
  /** Steps of the release that are met, and would be open with the change. */
  reopened: string[];
  /** Market roles that the note touches only with the change, and only without it. */
  newlyAffected: string[];
  noLongerAffected: string[];
  /** Files that cannot be read: what they say is missing here. */
  unread: string[];
  /** Open releases that hold an added item already. */
  alsoIn: { item: string; release: string }[];
};

/**
 * The note of a release as it would be with items dropped and added now, what the check would say, and whom it would
 * newly touch. Pure: the change is made to a copy of the sources. Answers a sentence when the release or an item does
 * not fit.
 */
export function simulate(
  sources: Sources,
  moment: AsOf,
  id: string,
  change: Change,
): Simulation | { refusal: string; isUnread?: true } {
  const chosen = { ...moment, isChosen: true };
  const before = evaluate(sources, chosen);
  const { catalog } = before;
  if (!catalog) return { refusal: 'The programme cannot be read: run ccmt check first.', isUnread: true };
  const unread = [id, ...change.drop, ...change.add].flatMap((record) => unreadFileOf(catalog, record) ?? [])[0];
  if (unread !== undefined) {
    const first = before.diagnostics.find(({ file }) => file === unread)?.message ?? '';
    return { refusal: `${unread} is there, and cannot be read: ${first}`, isUnread: true };
  }
  const release = catalog.releases.find((candidate) => candidate.id === id);
  if (!release) return { refusal: `There is no release ${id}.` };
  const refusal = faultOf(catalog, release, change);
  if (refusal) return { refusal };
  const text = withLines(sources, catalog, release, { at: moment.instant, ...change });
  const after = evaluate(withChanges(sources, [{ path: release.file, text, before: undefined }]), chosen);
  const future = after.catalog?.releases.find((candidate) => candidate.id === id);
  if (!after.catalog || !future)
    return { refusal: `${id} could not be read with the change: ${after.diagnostics[0]?.message ?? 'unknown'}` };
  return {
    ...compared({ catalog, release }, { catalog: after.catalog, release: future }),
    added: without(after.diagnostics, before.diagnostics),
    gone: without(before.diagnostics, after.diagnostics),
    unread: after.catalog.unreadFiles,
    alsoIn: change.add.flatMap((item) => openWith(catalog, id, item).map((release) => ({ item, release }))),
  };
}

type Change = { drop: string[]; add: string[] };
type Moment = { catalog: Catalog; release: ReleaseHistory };

/** The note with the change, the steps that it opens again, and whom it touches no more or newly. */
function compared(
  before: Moment,
  after: Moment,
): Pick<Simulation, 'note' | 'reopened' | 'newlyAffected' | 'noLongerAffected'> {
  const openIn = ({ catalog, release }: Moment) => stepsOf(catalog, release).filter(({ isMet }) => !isMet);
  const open = openIn(before).map(({ step }) => writtenStep(step));
  const [now, then] = [nextNote(before), nextNote(after)];
  const impact = (note: Note) => [
    ...new Set(note.items.flatMap(({ impact }) => (impact ?? []).map(({ name }) => name))),
  ];
  return {
    note: then,
    reopened: openIn(after)
      .filter(({ step }) => !open.includes(writtenStep(step)))
      .map(({ name }) => name),
    newlyAffected: impact(then).filter((role) => !impact(now).includes(role)),
    noLongerAffected: impact(now).filter((role) => !impact(then).includes(role)),
  };
}

function nextNote({ catalog, release }: Moment): Note {
  const { asOf, policy } = catalog;
  const at = toRecordTime(asOf, policy.programme.zone);
  const line = {
    at,
    did: 'publish' as const,
    note: nextStage(catalog, release),
    by: [],
    informed: policy.programme.audience,
  };
  return freezeNote(catalog, release, { line, index: release.record.log.length }).published.note;
}

/** The other open releases that hold an item. */
function openWith({ releases }: Catalog, id: string, item: string): string[] {
  return releases
    .filter((other) => other.id !== id && other.now.live.includes(item) && !isDone(other))
    .map((other) => other.id);
}

function isDone({ state }: ReleaseHistory): boolean {
  return state === 'complete' || state === 'closed';
}

function faultOf(catalog: Catalog, release: ReleaseHistory, { drop, add }: Change): string | undefined {
  const absent = drop.find((item) => !release.now.live.includes(item));
  if (absent) return `${absent} is not in ${release.id}, which holds ${release.now.live.join(', ') || 'nothing'}.`;
  const present = add.find((item) => release.now.live.includes(item));
  if (present) return `${present} is in ${release.id} already.`;
  const unknown = add.find((item) => ![...catalog.defects, ...catalog.changes].some((record) => record.id === item));
  if (unknown) return `There is no defect or change ${unknown}.`;
  return isDone(release) ? `${release.id} is ${release.state}: nothing can be dropped or added.` : undefined;
}

/** The stage of the next note: provisional where the type has it, then final, then errata. */
function nextStage({ published, asOf }: Catalog, { id, type }: ReleaseHistory): Stage {
  const notes = published.filter(({ release, publishedAt }) => release === id && publishedAt <= asOf);
  if (notes.some(({ stage }) => stage !== 'provisional')) return 'erratum';
  const isProvisional = ({ did, target }: Step) => did === 'publish' && target === 'provisional';
  return notes.length === 0 && type.steps.flat().some(isProvisional) ? 'provisional' : 'final';
}

function without(diagnostics: Diagnostic[], others: Diagnostic[]): Diagnostic[] {
  const known = new Set(others.map(({ rule, file, message }) => `${rule} ${file} ${message}`));
  return diagnostics.filter(({ rule, file, message }) => !known.has(`${rule} ${file} ${message}`));
}
