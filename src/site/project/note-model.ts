import type { Catalog } from '../../derive/catalog.ts';
import { nameIn } from '../../model/labelled.ts';
import type { Note, NoteItem } from '../../model/note.ts';
import type { Instant } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';
import type { PublicActor } from './actors.ts';
import { type Reference, referenceTo } from './reference.ts';

/**
 * What a page shows of a published note. The sealed note holds instants and ids; here stand moments as they are read,
 * and references to the pages of today. An action or file format that is `none` is absent.
 */
export type NoteModel = Pick<
  Note,
  | 'release'
  | 'title'
  | 'summary'
  | 'type'
  | 'typeMeaning'
  | 'kind'
  | 'stage'
  | 'number'
  | 'stageMeaning'
  | 'reason'
  | 'programme'
  | 'changeOrder'
  | 'marking'
  | 'slot'
  | 'audience'
  | 'changed'
  | 'requires'
  | 'documents'
  | 'contact'
  | 'nextSlot'
  | 'body'
> & {
  phase: string;
  environments: string[];
  window?: { from: Time; until: Time; effect: string } | undefined;
  publishedAt: Time;
  publishedBy: PublicActor[];
  previous?: Reference | undefined;
  versions: NoteVersionModel[];
  items: NoteItemModel[];
  dropped: { item: Reference; reason: string; target: string }[];
  added: { item: Reference; agreedBy: PublicActor[] }[];
  relisted: { release: Reference; deployedAt: Time; items: { item: Reference; note: string }[] }[];
  emergency?: NoteEmergencyModel | undefined;
  review?: NoteDecision | undefined;
  approval?: NoteDecision | undefined;
  tests: { at: Time; environment: string; outcome: string; items: string[] }[];
  bau: { component: string; drop: string; decision: string; reason: string }[];
  knownIssues: NoteIssueModel[];
  waivers: {
    id: string;
    rule: string;
    clause?: string | undefined;
    reason: string;
    by: string;
    at: Time;
    expires: string;
  }[];
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
  | 'record'
  | 'kind'
  | 'severity'
  | 'priority'
  | 'raised'
  | 'line'
  | 'summary'
  | 'note'
  | 'interfaces'
  | 'retest'
  | 'reason'
> & {
  item: Reference;
  components: string[];
  impact: string[];
  fuel?: string | undefined;
  fileFormat?: string | undefined;
  action?: string | undefined;
  result?: { outcome: string; at: Time } | undefined;
};

export type NoteEmergencyModel = {
  stopped: { item: Reference; severity?: string | undefined; what: string }[];
  review?:
    | {
        at: Time;
        attendees: string[];
        immediate: boolean;
        window?: { from: Time; until: Time } | undefined;
        decision: string;
        reason?: string | undefined;
      }
    | undefined;
};

export type NoteIssueModel = {
  item: Reference;
  summary: string;
  severity?: string | undefined;
  component?: string | undefined;
  impact: string[];
  workaround?: string | undefined;
  raised: string;
  planned?: Reference | undefined;
};

type NoteDecision = { at: Time; by: PublicActor[]; decision: string };

/** What a page shows of a note, field by field. */
export function noteModel(catalog: Catalog, note: Note): NoteModel {
  return { ...wordsOf(note), ...changesOf(catalog, note), ...evidenceOf(catalog, note) };
}

/** What is shown as it was sealed. */
function wordsOf(note: Note) {
  return {
    release: note.release,
    title: note.title,
    summary: note.summary,
    type: note.type,
    typeMeaning: note.typeMeaning,
    kind: note.kind,
    stage: note.stage,
    number: note.number,
    stageMeaning: note.stageMeaning,
    reason: note.reason,
    programme: note.programme,
    changeOrder: note.changeOrder,
    marking: note.marking,
    phase: note.phase.name,
    environments: note.environments.map(({ name }) => name),
    slot: note.slot && { date: note.slot.date, day: note.slot.day, reason: note.slot.reason },
    audience: note.audience,
    changed: note.changed.map(({ what, from, to }) => ({ what, from, to })),
    requires: note.requires,
    documents: note.documents,
    contact: note.contact,
    nextSlot: note.nextSlot,
    body: note.body,
  };
}

function changesOf(catalog: Catalog, note: Note) {
  const { components } = catalog.policy;
  const item = (id: string, title?: string) => referenceTo(catalog, 'item', id, title);
  return {
    previous: note.previous === undefined ? undefined : referenceTo(catalog, 'release', note.previous),
    versions: note.versions.map((version) => versionOf(catalog, note, version)),
    items: note.items.map((entry) => itemOf(catalog, entry)),
    dropped: note.dropped.map(({ id, title, reason, target }) => ({ item: item(id, title), reason, target })),
    added: note.added.map(({ id, title, agreedBy }) => ({ item: item(id, title), agreedBy: agreedBy.map(actorOf) })),
    relisted: note.relisted.map(({ release, title, deployedAt, items }) => ({
      release: referenceTo(catalog, 'release', release, title),
      deployedAt: timeIn(catalog, deployedAt),
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

function evidenceOf(catalog: Catalog, note: Note) {
  const { window, review, approval, emergency } = note;
  const at = (instant: Instant) => timeIn(catalog, instant);
  const decided = (given: NonNullable<Note['review']>): NoteDecision => ({
    at: at(given.at),
    by: given.by.map(actorOf),
    decision: given.decision,
  });
  return {
    window: window && { from: at(window.from), until: at(window.until), effect: window.effect },
    publishedAt: at(note.publishedAt),
    publishedBy: note.publishedBy.map(actorOf),
    emergency: emergency && emergencyOf(catalog, emergency),
    review: review && decided(review),
    approval: approval && decided(approval),
    tests: note.tests.map((entry) => ({
      at: at(entry.at),
      environment: entry.environment,
      outcome: entry.outcome,
      items: entry.items,
    })),
    waivers: note.waivers.map(({ id, rule, clause, reason, by, at: granted, expires }) => ({
      id,
      rule,
      clause,
      reason,
      by,
      at: at(granted),
      expires,
    })),
  };
}

function versionOf(catalog: Catalog, { items }: Note, version: Note['versions'][number]): NoteVersionModel {
  const { component, name, from, to, lines } = version;
  const own = items.filter(({ components }) => components.some(({ id }) => id === component));
  return {
    component: referenceTo(catalog, 'component', component, name),
    from,
    to,
    lines,
    kinds: [...new Set(own.map(({ kind }) => kind))],
  };
}

function itemOf(catalog: Catalog, entry: NoteItem): NoteItemModel {
  const { fuel, fileFormat, action, result } = entry;
  return {
    item: referenceTo(catalog, 'item', entry.id, entry.title),
    record: entry.record,
    kind: entry.kind,
    severity: entry.severity,
    priority: entry.priority,
    raised: entry.raised,
    line: entry.line,
    summary: entry.summary,
    note: entry.note,
    interfaces: entry.interfaces,
    retest: entry.retest,
    reason: entry.reason,
    components: entry.components.map(({ name }) => name),
    impact: entry.impact.map(({ name }) => name),
    fuel: fuel?.name,
    fileFormat: fileFormat.id === 'none' ? undefined : fileFormat.name,
    action: action.id === 'none' ? undefined : action.name,
    result: result && { outcome: result.outcome, at: timeIn(catalog, result.at) },
  };
}

function emergencyOf(catalog: Catalog, { stopped, review }: NonNullable<Note['emergency']>): NoteEmergencyModel {
  return {
    stopped: stopped.map(({ id, title, severity, what }) => ({
      item: referenceTo(catalog, 'item', id, title),
      severity,
      what,
    })),
    review: review && {
      at: timeIn(catalog, review.at),
      attendees: review.attendees,
      immediate: review.immediate,
      window:
        review.from && review.until
          ? { from: timeIn(catalog, review.from), until: timeIn(catalog, review.until) }
          : undefined,
      decision: review.decision,
      reason: review.reason,
    },
  };
}

function issueOf(catalog: Catalog, issue: Note['knownIssues'][number]): NoteIssueModel {
  return {
    item: referenceTo(catalog, 'item', issue.id),
    summary: issue.summary,
    severity: issue.severity,
    component: issue.component,
    impact: issue.impact.map(({ name }) => name),
    workaround: issue.workaround,
    raised: issue.raised,
    planned: issue.planned === undefined ? undefined : referenceTo(catalog, 'release', issue.planned),
  };
}

function actorOf({ initials, role, for: grantor }: Note['publishedBy'][number]): PublicActor {
  return { initials, role, for: grantor };
}

function timeIn({ policy }: Catalog, instant: Instant): Time {
  return timeOf(instant, policy.programme.zone);
}
