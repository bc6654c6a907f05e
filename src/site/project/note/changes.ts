import type { Catalog } from '../../../derive/catalog.ts';
import { nameIn } from '../../../model/labelled.ts';
import type { Note, NoteItem } from '../../../model/note.ts';
import { type Time, timeOf } from '../../words/dates.ts';
import { type PublicActor, sealedActor } from '../actors.ts';
import { type Reference, referenceTo } from '../reference.ts';
import { type Affected, affectedBy, type Choices, choicesOf } from '../affected.ts';
import { issueOf, type NoteIssueModel } from './issues.ts';

/** What a note says it changes: versions, items, the differences from the note before, and what is left open. */
export type NoteChanges = {
  previous?: Reference | undefined;
  versions: NoteVersionModel[];
  items: NoteItemModel[];
  /** What the items can be filtered by. */
  choices: Choices;
  dropped: { item: Reference; reason: string; target: string }[];
  added: { item: Reference; agreedBy: PublicActor[] }[];
  changed: NoteChangeModel[];
  relisted: { release: Reference; deployedAt: Time; items: { item: Reference; note: string }[] }[];
  bau: { component: string; drop: string; decision: string; reason: string }[];
  knownIssues: NoteIssueModel[];
};

/** A field that differs from the note before; of a known issue that came or went only that. */
export type NoteChangeModel = {
  part?: Note['changed'][number]['part'];
  item?: Reference | undefined;
  what?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  issue?: 'new' | 'gone' | undefined;
};

export type NoteVersionModel = {
  component: Reference;
  from?: string | undefined;
  to?: string | undefined;
  lines: string[];
  /** What the items of the note are that change it. */
  kinds: string[];
};

export type NoteItemModel = Pick<
  NoteItem,
  'record' | 'kind' | 'severity' | 'priority' | 'raised' | 'line' | 'summary' | 'note' | 'retest' | 'reason'
> &
  Affected & {
    item: Reference;
    /** Absent where the programme has no file formats. */
    fileFormat?: { name: string; isChange: boolean } | undefined;
    actions: NoteActionModel[];
    result?: { outcome: string; at: Time } | undefined;
  };

/** What participants must do, and until when. */
export type NoteActionModel = { name: string; text?: string | undefined; by?: Time | undefined };

export function noteChanges(catalog: Catalog, note: Note): NoteChanges {
  const { components } = catalog.policy;
  const items = note.items.map((entry) => itemOf(catalog, entry));
  const item = (id: string, title?: string) => referenceTo(catalog, 'item', id, title);
  return {
    previous: note.previous === undefined ? undefined : referenceTo(catalog, 'release', note.previous),
    versions: note.versions.map((version) => versionOf(catalog, note, version)),
    items,
    choices: choicesOf(items, catalog.policy),
    dropped: note.dropped.map(({ id, title, reason, target }) => ({ item: item(id, title), reason, target })),
    added: note.added.map(({ id, title, agreedBy }) => ({
      item: item(id, title),
      agreedBy: agreedBy.map((actor) => sealedActor(catalog, actor)),
    })),
    changed: note.changed.map(({ item: about, ...change }) =>
      changeOf(
        change,
        about === undefined ? undefined : item(about, note.knownIssues.find(({ id }) => id === about)?.title),
      ),
    ),
    relisted: note.relisted.map(({ release, title, deployedAt, items }) => ({
      release: referenceTo(catalog, 'release', release, title),
      deployedAt: timeOf(deployedAt, catalog.policy.programme.zone),
      items: items.map((entry) => ({ item: item(entry.id, entry.title), note: entry.note })),
    })),
    bau: note.bau.map(({ component, drop, decision, reason }) => ({
      component: nameIn(components, component),
      drop,
      decision,
      reason,
    })),
    knownIssues: note.knownIssues.map((issue) => issueOf(catalog, issue)),
  };
}

function changeOf(change: Omit<Note['changed'][number], 'item'>, item: Reference | undefined): NoteChangeModel {
  const { part, what, from, to } = change;
  if (part !== 'issues' || (from !== undefined && to !== undefined)) return { part, item, what, from, to };
  return { part, item, issue: from === undefined ? 'new' : 'gone' };
}

function versionOf(catalog: Catalog, { items }: Note, version: Note['versions'][number]): NoteVersionModel {
  const { component, name, from, to, lines } = version;
  const own = items.filter(({ components }) => components.some(({ id }) => id === component));
  return {
    component: referenceTo(catalog, 'component', component, name),
    from,
    to,
    lines: lines.map((line) => nameIn(catalog.policy.programme.codeLines, line)),
    kinds: [...new Set(own.map(({ kind }) => kind))],
  };
}

function itemOf(catalog: Catalog, entry: NoteItem): NoteItemModel {
  const { fileFormat, actions, result } = entry;
  const { zone, severities } = catalog.policy.programme;
  return {
    ...affectedBy(catalog, entry),
    item: referenceTo(catalog, 'item', entry.id, entry.title),
    record: entry.record,
    kind: entry.kind,
    severity: nameIn(severities, entry.severity),
    priority: entry.priority,
    raised: entry.raised,
    line: nameIn(catalog.policy.programme.codeLines, entry.line),
    summary: entry.summary,
    note: entry.note,
    retest: entry.retest,
    reason: entry.reason,
    fileFormat: fileFormat && { name: fileFormat.name, isChange: fileFormat.id !== 'none' },
    actions: actions.map(({ name, text, by }) => ({ name, text, by: by === undefined ? undefined : timeOf(by, zone) })),
    result: result && { outcome: result.outcome, at: timeOf(result.at, zone) },
  };
}
