import type { Stage } from '../model/index.ts';
import type { Note, NoteItem } from '../model/note.ts';
import { type Instant, toInstant } from '../model/time.ts';
import { type Actor, actorAt } from './actors.ts';
import type { Catalog } from './catalog.ts';
import { owedAt } from './carry-forward.ts';
import type { Snapshot } from './fold.ts';
import { entriesOf, type Entry, type ReleaseHistory } from './history.ts';
import { knownIssues, valueAt } from './known-issues.ts';
import { matrixAt } from './matrix.ts';
import { effectiveDay } from './slots.ts';

/** Which note is built: the release as its log stands, the stage, and what only the publisher knows. */
export type NoteRequest = {
  release: ReleaseHistory;
  stage: Stage;
  number: number;
  publishedAt: Instant;
  publishedBy: string[];
  reason?: string | undefined;
  /** The note before, which dropped, added and changed are measured against. */
  before?: Note | undefined;
  /** The clause of a rule, for the waivers. */
  clauseOf: (rule: string) => string | undefined;
};

const stageMeanings: Record<Stage, string> = {
  provisional: 'Provisional: the contents may change until the final note is published.',
  final: 'Final: the contents are confirmed and will be deployed as listed.',
  erratum: 'Erratum: this note replaces the one before it.',
};

/**
 * The note of a release as readers see it, at the moment of the catalog. Only what is public goes in: every field is taken by
 * name, never by copying a record.
 */
export function buildNote(catalog: Catalog, request: NoteRequest): Note {
  const { release, stage, before } = request;
  const { programme } = catalog.policy;
  const own = ownPart(catalog, release, release.now);
  const isAmending = before !== undefined && release.kind !== 'emergency' && stage !== 'provisional';
  return {
    ...own,
    typeMeaning: release.type.meaning,
    kind: release.kind,
    stage,
    number: request.number,
    stageMeaning: stageMeanings[stage],
    ...optional('reason', request.reason),
    programme: programme.programme,
    changeOrder: programme.changeOrder,
    ...optional('illustrative', programme.illustrative),
    marking: programme.classification.marking,
    environments: marketEnvironments(catalog).map(({ id, name }) => ({ id, name })),
    ...optional('window', windowOf(catalog, release)),
    publishedAt: request.publishedAt,
    publishedBy: request.publishedBy.map((id) => actorIn(catalog, actorAt(catalog.offices, id, request.publishedAt, 'publish'))),
    audience: programme.audience.map((id) => partyName(catalog, id)),
    ...optional('previous', previousRelease(catalog, release)),
    versions: versionsOf(catalog, release, request.publishedAt),
    items: own.items.map((item) => withResult(catalog, release, item)),
    dropped: isAmending ? droppedSince(release, before) : [],
    added: isAmending ? addedSince(catalog, release, before) : [],
    changed: before && stage !== 'provisional' ? changedSince(own, before) : [],
    relisted: release.kind === 'regular' ? relisted(catalog, release, request.publishedAt) : [],
    ...optional('emergency', release.kind === 'emergency' ? emergencyOf(catalog, release) : undefined),
    ...optional('review', decisionOf(catalog, release, release.now.review)),
    tests: testsOf(catalog, release),
    ...optional('approval', stage === 'provisional' ? undefined : decisionOf(catalog, release, release.now.approval)),
    knownIssues: issuesOf(catalog, release, request.publishedAt),
    waivers: waiversOf(catalog, release, request.clauseOf),
    contact: programme.contact,
    ...optional('nextSlot', nextSlot(catalog, release)),
  };
}

/** The part of a note that the release's own file decides; an edit to it after publication needs an erratum (C-138). */
export type OwnPart = Pick<Note, 'release' | 'title' | 'summary' | 'type' | 'phase' | 'slot' | 'items' | 'bau' | 'requires' | 'documents' | 'body'>;

export function ownPart(catalog: Catalog, release: ReleaseHistory, snapshot: Snapshot): OwnPart {
  const { record } = release;
  const { programme } = catalog.policy;
  return {
    release: release.id,
    title: record.title,
    summary: record.summary,
    type: record.type,
    phase: { id: record.phase, name: programme.phases.find(({ id }) => id === record.phase)?.name ?? record.phase },
    ...optional('slot', slotOf(catalog, release)),
    items: snapshot.bundle.map((id) => itemOf(catalog, release, id)),
    bau: Object.entries(record.bau ?? {}).map(([component, { drop, decision, reason }]) => ({ component, drop, decision, reason })),
    requires: record.requires ?? [],
    documents: record.documents ?? [],
    body: record.body.tree as unknown as Note['body'],
  };
}

function itemOf(catalog: Catalog, release: ReleaseHistory, id: string): NoteItem {
  const { programme, components } = catalog.policy;
  const listed = release.record.items.find((item) => item.id === id);
  const defect = catalog.defects.find((candidate) => candidate.id === id);
  const change = catalog.changes.find((candidate) => candidate.id === id);
  const componentIds = listed?.components ?? (defect ? [defect.tracker.component] : change?.components) ?? [];
  const impact = listed?.impact ?? defect?.impact ?? change?.impact ?? [];
  const fuel = defect?.fuel ?? change?.fuel;
  return {
    id,
    record: change ? 'change' : 'defect',
    title: defect?.tracker.title ?? change?.title ?? id,
    kind: listed?.kind ?? 'code',
    ...(defect ? { severity: valueAt(defect, 'severity', catalog.asOf, programme.zone), ...optional('priority', defect.tracker.priority), raised: defect.tracker.raised.slice(0, 10) } : {}),
    components: named(componentIds, components),
    ...optional('line', listed?.line),
    ...optional('summary', defect?.summary ?? change?.summary),
    note: listed?.note ?? '',
    impact: named(impact, programme.marketRoles),
    ...optional('fuel', fuel === undefined ? undefined : named([fuel], programme.fuels)[0]),
    fileFormat: named([listed?.fileFormat ?? 'none'], programme.fileFormats)[0] as { id: string; name: string },
    interfaces: listed?.interfaces ?? [],
    action: named([listed?.action ?? 'none'], programme.actions)[0] as { id: string; name: string },
    ...optional('retest', listed?.retest),
    ...optional('reason', listed?.reason),
  };
}

/** The last internal test of an item: of the environments that prove, the one nearest to the market. */
function withResult(catalog: Catalog, release: ReleaseHistory, item: NoteItem): NoteItem {
  const proving = catalog.policy.environments.filter(({ use }) => use === 'proving').at(-1);
  const result = proving && release.now.results[proving.id]?.[item.id];
  if (!result) return item;
  return { ...item, result: { outcome: result.outcome, at: (release.entries[result.order] as Entry).at } };
}

function versionsOf(catalog: Catalog, release: ReleaseHistory, moment: Instant): Note['versions'] {
  const market = marketEnvironments(catalog)[0]?.id;
  const present = matrixAt(catalog.events, catalog.policy, catalog.releases, moment).filter(({ environment }) => environment === market);
  const touched = new Set(release.now.bundle.flatMap((id) => itemOf(catalog, release, id).components.map((component) => component.id)));
  return catalog.policy.components
    .filter(({ id }) => release.now.versions[id] !== undefined || touched.has(id))
    .map(({ id, name, lines }) => {
      const from = present.find(({ component }) => component === id)?.version;
      const own = release.now.bundle.map((item) => itemOf(catalog, release, item)).filter(({ components }) => components.some((component) => component.id === id));
      const held = [...new Set(own.map(({ line }) => line ?? (lines[0] as string)))];
      return { component: id, name, ...optional('from', from), ...optional('to', release.now.versions[id]), lines: held.length > 0 ? held : [lines[0] as string] };
    });
}

function droppedSince(release: ReleaseHistory, before: Note): Note['dropped'] {
  return before.items
    .filter(({ id }) => !release.now.bundle.includes(id))
    .map(({ id, title }) => {
      const order = release.now.withdrawn[id];
      const line = order === undefined ? undefined : release.entries[order]?.line;
      return { id, title, reason: line?.did === 'withdraw' ? line.reason : '', target: line?.did === 'withdraw' ? line.target : 'none' };
    });
}

function addedSince(catalog: Catalog, release: ReleaseHistory, before: Note): Note['added'] {
  const known = new Set(before.items.map(({ id }) => id));
  return release.now.bundle
    .filter((id) => !known.has(id))
    .map((id) => {
      const agreement = release.entries.findLast(({ line }) => line.did === 'agree' && (line.items?.includes(id) ?? true));
      return { id, title: itemOf(catalog, release, id).title, agreedBy: agreement?.actors.map((actor) => actorIn(catalog, actor)) ?? [] };
    });
}

/** Items whose words changed: the one field that readers would miss most, told as before and after. */
function changedSince(own: OwnPart, before: Note): Note['changed'] {
  return own.items.flatMap((item) => {
    const earlier = before.items.find(({ id }) => id === item.id);
    if (!earlier) return [];
    const fields = [
      ['what it does', earlier.note, item.note],
      ['action', earlier.action.name, item.action.name],
      ['file format', earlier.fileFormat.name, item.fileFormat.name],
      ['severity', earlier.severity, item.severity],
    ] as const;
    return fields.filter(([, from, to]) => from !== to).map(([what, from, to]) => ({ what: `${item.id}, ${what}`, ...optional('from', from), ...optional('to', to) }));
  });
}

function relisted(catalog: Catalog, release: ReleaseHistory, moment: Instant): Note['relisted'] {
  return owedAt(catalog.carryForward, release.id, moment).map(({ emergency, deployedAt, items }) => {
    const owing = catalog.releases.find(({ id }) => id === emergency) as ReleaseHistory;
    return { release: emergency, title: owing.record.title, deployedAt, items: items.map((id) => itemOf(catalog, owing, id)).map(({ id, title, note }) => ({ id, title, note })) };
  });
}

function emergencyOf(catalog: Catalog, release: ReleaseHistory): NonNullable<Note['emergency']> {
  const { zone } = catalog.policy.programme;
  const entry = release.now.review === undefined ? undefined : (release.entries[release.now.review] as Entry<'review'>);
  const moment = entry?.at ?? catalog.asOf;
  const stopped = release.now.bundle.flatMap((id) => {
    const defect = catalog.defects.find((candidate) => candidate.id === id);
    if (!defect?.stopsTestPhase) return [];
    return [{ id, title: defect.tracker.title, severity: valueAt(defect, 'severity', moment, zone), what: defect.stopsTestPhase }];
  });
  if (!entry) return { stopped };
  const { line } = entry;
  const review = {
    at: entry.at,
    attendees: [...(line.consulted ?? [])].map((id) => partyName(catalog, id)),
    immediate: line.immediate ?? false,
    ...optional('from', line.from && toInstant(line.from, zone)),
    ...optional('until', line.until && toInstant(line.until, zone)),
    decision: line.decision,
    ...optional('reason', line.reason),
  };
  return { stopped, review };
}

function decisionOf(catalog: Catalog, release: ReleaseHistory, order: number | undefined): Note['review'] {
  if (order === undefined) return undefined;
  const entry = release.entries[order] as Entry<'review' | 'approve'>;
  return { at: entry.at, by: entry.actors.map((actor) => actorIn(catalog, actor)), decision: entry.line.decision };
}

function testsOf(catalog: Catalog, release: ReleaseHistory): Note['tests'] {
  const market = new Set(marketEnvironments(catalog).map(({ id }) => id));
  return entriesOf(release, 'test')
    .filter(({ line }) => !market.has(line.in))
    .map(({ at, line }) => ({ at, environment: environmentName(catalog, line.in), outcome: line.outcome, items: line.items ?? [] }));
}

function issuesOf(catalog: Catalog, release: ReleaseHistory, moment: Instant): Note['knownIssues'] {
  const { programme, components } = catalog.policy;
  const owed = owedAt(catalog.carryForward, release.id, moment).flatMap(({ items }) => items);
  return knownIssues(catalog, moment, [...release.now.bundle, ...owed]).map(({ defect, planned }) => ({
    id: defect.id,
    title: defect.tracker.title,
    severity: valueAt(defect, 'severity', moment, programme.zone),
    component: components.find(({ id }) => id === defect.tracker.component)?.name ?? defect.tracker.component,
    summary: defect.summary as string,
    impact: named(defect.impact, programme.marketRoles),
    ...optional('workaround', defect.workaround),
    raised: defect.tracker.raised.slice(0, 10),
    ...optional('planned', planned),
  }));
}

function waiversOf(catalog: Catalog, release: ReleaseHistory, clauseOf: NoteRequest['clauseOf']): Note['waivers'] {
  const { zone } = catalog.policy.programme;
  return catalog.waivers
    .filter((waiver) => waiver.release === release.id && toInstant(waiver.at, zone) <= catalog.asOf)
    .map(({ id, rule, reason, by, at, expires }) => ({ id, rule, ...optional('clause', clauseOf(rule)), reason, by: actorIn(catalog, { id: by, kind: 'party', roles: [] }).initials, at: toInstant(at, zone), expires }));
}

function windowOf({ policy }: Catalog, release: ReleaseHistory): Note['window'] {
  if (release.now.request === undefined) return undefined;
  const { line } = release.entries[release.now.request] as Entry<'request'>;
  const { zone } = policy.programme;
  return { from: toInstant(line.from, zone), until: toInstant(line.until, zone), effect: line.effect };
}

function slotOf({ policy }: Catalog, { record }: ReleaseHistory): Note['slot'] {
  if (record.slot === undefined) return undefined;
  const exception = policy.schedule.slots.find(({ date }) => date === record.slot);
  return { date: record.slot, day: effectiveDay(record.slot, policy), ...optional('reason', exception?.reason) };
}

/** The release whose versions were last put in front of participants before this one was. */
function previousRelease(catalog: Catalog, release: ReleaseHistory): string | undefined {
  const market = new Set(marketEnvironments(catalog).map(({ id }) => id));
  return catalog.events.findLast((event) => event.did === 'deploy' && event.outcome === 'succeeded' && market.has(event.environment) && event.release !== release.id)?.release;
}

function nextSlot({ slots }: Catalog, { record }: ReleaseHistory): string | undefined {
  return slots.find(({ date, outcome }) => outcome !== 'none' && date > (record.slot ?? '') && (outcome === 'planned' || outcome === 'open'))?.day;
}

/** A person by initials and role, a party by its name; a delegate names whom he stood in for. */
export function actorIn(catalog: Catalog, { id, roles }: Actor): Note['publishedBy'][number] {
  const { people, raci } = catalog.policy;
  const person = people.people.find((candidate) => candidate.id === id);
  if (!person) return { initials: partyName(catalog, id) };
  const acting = roles[0];
  const grantor = acting?.delegateOf && people.people.find((candidate) => candidate.id === acting.delegateOf);
  return {
    initials: person.initials,
    ...optional('role', acting && (raci.roles.find((role) => role.id === acting.role)?.name ?? acting.role)),
    ...optional('for', grantor ? grantor.initials : undefined),
  };
}

/** The name of a party or role; its id when it has none. */
export function partyName({ policy: { people, raci } }: Catalog, id: string): string {
  return people.parties.find((party) => party.id === id)?.name ?? raci.roles.find((role) => role.id === id)?.name ?? id;
}

function environmentName({ policy }: Catalog, id: string): string {
  return policy.environments.find((environment) => environment.id === id)?.name ?? id;
}

function marketEnvironments({ policy }: Catalog): Catalog['policy']['environments'] {
  return policy.environments.filter(({ use }) => use === 'market');
}

function named(ids: readonly string[], list: readonly { id: string; name: string }[]): { id: string; name: string }[] {
  return ids.map((id) => ({ id, name: list.find((entry) => entry.id === id)?.name ?? id }));
}

/** The field when it has a value, so that absent stays absent in the canonical form. */
function optional<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
