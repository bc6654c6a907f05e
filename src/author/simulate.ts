import { Document, parseDocument } from 'yaml';
import type { Catalog } from '../derive/catalog.ts';
import { holdersOf } from '../derive/actors.ts';
import type { ReleaseHistory } from '../derive/history.ts';
import { unreadFileOf } from '../derive/lookup.ts';
import { accountableFor, rolesFor } from '../derive/roles.ts';
import { stepsOf } from '../derive/steps.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { splitFrontMatter } from '../load/front-matter.ts';
import type { Sources } from '../load/read-content.ts';
import type { LogLine, Stage } from '../model/log.ts';
import type { Note } from '../model/note.ts';
import { type Step, writtenStep } from '../model/step.ts';
import { toInstant, toRecordTime } from '../model/time.ts';
import { type AsOf, evaluate } from '../pipeline.ts';
import { appendLine } from './append-line.ts';
import { freezeNote } from './freeze-note.ts';
import { withChanges } from './publish-note.ts';
import { rawText } from '../load/decode.ts';
import { yamlOptions } from '../load/yaml-document.ts';

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
  { drop, add }: { drop: string[]; add: string[] },
): Simulation | { refusal: string; isUnread?: true } {
  const chosen = { ...moment, isChosen: true };
  const before = evaluate(sources, chosen);
  const release = before.catalog?.releases.find((candidate) => candidate.id === id);
  if (!before.catalog) return { refusal: 'The programme cannot be read: run ccmt check first.', isUnread: true };
  const unread = [id, ...drop, ...add].flatMap((record) => unreadFileOf(before.catalog as Catalog, record) ?? [])[0];
  if (unread !== undefined) {
    const first = before.diagnostics.find(({ file }) => file === unread)?.message ?? '';
    return { refusal: `${unread} is there, and cannot be read: ${first}`, isUnread: true };
  }
  if (!release) return { refusal: `There is no release ${id}.` };
  const refusal = faultOf(before.catalog, release, drop, add);
  if (refusal) return { refusal };
  const changed = withChanges(sources, [
    {
      path: release.file,
      text: rewrite(sources, before.catalog, release, moment.instant, drop, add),
      before: undefined,
    },
  ]);
  const after = evaluate(changed, chosen);
  const future = after.catalog?.releases.find((candidate) => candidate.id === id);
  if (!after.catalog || !future)
    return { refusal: `${id} could not be read with the change: ${after.diagnostics[0]?.message ?? 'unknown'}` };
  const noteOf = (catalog: Catalog, history: ReleaseHistory) =>
    freezeNote(catalog, history, { stage: nextStage(catalog, history), by: [] }).published.note;
  const openIn = (catalog: Catalog, history: ReleaseHistory) => stepsOf(catalog, history).filter(({ isMet }) => !isMet);
  const open = openIn(before.catalog, release).map(({ step }) => writtenStep(step));
  const [now, then] = [noteOf(before.catalog, release), noteOf(after.catalog, future)];
  const impact = (note: Note) => [...new Set(note.items.flatMap((item) => item.impact.map(({ name }) => name)))];
  return {
    note: then,
    added: without(after.diagnostics, before.diagnostics),
    gone: without(before.diagnostics, after.diagnostics),
    reopened: openIn(after.catalog, future)
      .filter(({ step }) => !open.includes(writtenStep(step)))
      .map(({ name }) => name),
    newlyAffected: impact(then).filter((role) => !impact(now).includes(role)),
    noLongerAffected: impact(now).filter((role) => !impact(then).includes(role)),
    unread: after.catalog.unreadFiles,
    alsoIn: add.flatMap(
      (item) =>
        before.catalog?.releases
          .filter(
            (other) =>
              other.id !== id && other.now.live.includes(item) && !['complete', 'closed'].includes(other.state),
          )
          .map((other) => ({ item, release: other.id })) ?? [],
    ),
  };
}

function faultOf(catalog: Catalog, release: ReleaseHistory, drop: string[], add: string[]): string | undefined {
  const absent = drop.find((item) => !release.now.live.includes(item));
  if (absent) return `${absent} is not in ${release.id}, which holds ${release.now.live.join(', ') || 'nothing'}.`;
  const present = add.find((item) => release.now.live.includes(item));
  if (present) return `${present} is in ${release.id} already.`;
  const unknown = add.find((item) => ![...catalog.defects, ...catalog.changes].some((record) => record.id === item));
  if (unknown) return `There is no defect or change ${unknown}.`;
  return ['complete', 'closed'].includes(release.state)
    ? `${release.id} is ${release.state}: nothing can be dropped or added.`
    : undefined;
}

/** The release's text with the lines that dropping and adding would take. */
function rewrite(
  sources: Sources,
  catalog: Catalog,
  release: ReleaseHistory,
  at: string,
  drop: string[],
  add: string[],
): string {
  const bytes = sources.files.find(({ path }) => path === release.file)?.bytes;
  const when = toRecordTime(at, catalog.policy.programme.zone);
  const people = (roles: string[]) => roles.flatMap((role) => holdersOf(catalog.offices, role, at));
  let text = rawText(bytes).replaceAll('\r\n', '\n');
  const listed = release.record.items.map(({ id }) => id);
  const later = release.record.log.findIndex((line) => toInstant(line.at, catalog.policy.programme.zone) > at);
  text = prepare(
    text,
    add.filter((item) => !listed.includes(item)),
    later,
    catalog,
  );
  const lines: LogLine[] = [];
  if (drop.length > 0)
    lines.push({
      at: when,
      did: 'withdraw',
      by: people(accountableFor(catalog.policy, 'withdraw')),
      items: drop,
      reason: 'Simulated',
      target: 'none',
    });
  if (add.length > 0) {
    lines.push({ at: when, did: 'propose', by: people(accountableFor(catalog.policy, 'propose')), items: add });
    lines.push({ at: when, did: 'agree', by: people(rolesFor(catalog.policy, 'agree')), items: add });
  }
  return lines.reduce(appendLine, text);
}

/**
 * The text without the lines from `later` on, which a chosen moment does not know yet, and with items that are new to
 * it.
 */
function prepare(text: string, items: string[], later: number, { defects, policy }: Catalog): string {
  if (items.length === 0 && later === -1) return text;
  const split = splitFrontMatter('', text);
  if ('finding' in split) return text;
  const document: Document = parseDocument(split.yaml, yamlOptions);
  const log = document.toJS() as { log: unknown[] };
  for (let index = log.log.length - 1; later >= 0 && index >= later; index -= 1) document.deleteIn(['log', index]);
  for (const id of items) {
    const note = defects.find((defect) => defect.id === id)?.summary ?? 'To be written.';
    const none = (list: { id: string }[]) =>
      list.find((entry) => entry.id === 'none')?.id ?? (list[0] as { id: string }).id;
    document.addIn(
      ['items'],
      document.createNode({
        id,
        kind: 'code',
        note,
        action: none(policy.programme.actions),
        fileFormat: none(policy.programme.fileFormats),
      }),
    );
  }
  return `---\n${document.toString({ lineWidth: 0 })}---\n${split.body}`;
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
