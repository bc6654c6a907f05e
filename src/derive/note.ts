import { hasVersion } from '../model/release.ts';
import type { Terms } from '../model/terms.ts';
import { capital } from '../model/wording.ts';
import { environmentName, environmentsFor, environmentsOf } from './environments.ts';
import type { Stage } from '../model/log.ts';
import { nameIn, labelledAmong } from '../model/labelled.ts';
import type { Note, NoteItem } from '../model/note.ts';
import { type Instant, toInstant } from '../model/time.ts';
import { actorAt } from './actors.ts';
import type { Catalog } from './catalog.ts';
import { owedAt } from './carry-forward.ts';
import type { Entry } from './entry.ts';
import { entriesOf, type ReleaseHistory } from './history.ts';
import { knownIssues, valueAt } from './known-issues.ts';
import { eventsBefore, releaseBefore } from './note-start.ts';
import { defectOf } from './lookup.ts';
import { matrixAt } from './matrix.ts';
import { actorIn, partyName, publicNames } from './names.ts';
import { windowOf } from './window.ts';
import { addedSince, changedSince, droppedSince } from './note-differences.ts';
import { itemOf, ownPart } from './note-item.ts';

/** Which note is built: the release as its log stands, the stage, and what only the publisher knows. */
export type NoteRequest = {
  release: ReleaseHistory;
  stage: Stage;
  number: number;
  publishedAt: Instant;
  publishedBy: string[];
  /** The parties and roles that are told of it. */
  informed: string[];
  reason?: string | undefined;
  /** The note before, which dropped, added and changed are measured against. */
  before?: Note | undefined;
  /** The clause of a rule, for the waivers. */
  clauseOf: (rule: string) => string | undefined;
};

function meaningOf(stage: Stage, { provisional, final }: Terms): string {
  const meanings: Record<Stage, string> = {
    provisional: `${capital(provisional)}: the contents may change until the ${final} note is published.`,
    final: `${capital(final)}: the contents are confirmed and will be deployed as listed.`,
    erratum: 'Erratum: this note replaces the one before it.',
  };
  return meanings[stage];
}

/** True for the sentence of a stage, whatever the programme called its stages then. */
export function isMeaningOf(stage: Stage, sentence: string): boolean {
  const any = { provisional: 'Early', final: 'Last' } as Terms;
  const [, rest = ''] = /^[^:]+: (.+)$/.exec(sentence) ?? [];
  const [, own = ''] = /^[^:]+: (.+)$/.exec(meaningOf(stage, any)) ?? [];
  const [start, end] = own.split('Last');
  return end === undefined ? rest === own : rest.startsWith(start as string) && rest.endsWith(end);
}

/**
 * The note of a release as readers see it, at the moment of the catalog. Only what is public goes in: every field is
 * taken by name, never by copying a record.
 */
export function buildNote(catalog: Catalog, request: NoteRequest): Note {
  const note = wholeNote(catalog, request);
  return { ...note, changed: request.before ? changedSince(note, request.before, catalog.policy.programme) : [] };
}

/** Everything but what changed since the note before. */
function wholeNote(catalog: Catalog, request: NoteRequest): Omit<Note, 'changed'> {
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
    stageMeaning: meaningOf(stage, programme.terms),
    reason: request.reason,
    programme: programme.programme,
    changeOrder: programme.changeOrder,
    illustrative: programme.illustrative,
    marking: programme.classification.marking,
    environments: environmentsOf(release.policy, 'market').map(({ id, name }) => ({ id, name })),
    window: windowOf(release, catalog.policy),
    publishedAt: request.publishedAt,
    publishedBy: request.publishedBy.map((id) =>
      actorIn(
        catalog,
        actorAt(catalog.offices, id, { at: request.publishedAt, kind: 'publish', phase: release.record.phase }),
      ),
    ),
    informed: request.informed.map((id) => partyName(catalog, id)),
    previous: releaseBefore(catalog, release, request.publishedAt),
    versions: versionsOf(catalog, release, request.publishedAt),
    items: own.items.map((item) => withResult(release, item)),
    dropped: isAmending ? droppedSince(release, before) : [],
    added: isAmending ? addedSince(catalog, release, before) : [],
    relisted: release.kind === 'regular' ? relisted(catalog, release, request.publishedAt) : [],
    emergency: release.kind === 'emergency' ? emergencyOf(catalog, release) : undefined,
    review: decisionOf(catalog, release.now.review),
    tests: testsOf(catalog, release),
    approval: stage === 'provisional' ? undefined : decisionOf(catalog, release.now.approval),
    contacts: contactsOf(catalog, release),
    knownIssues: issuesOf(catalog, release, request.publishedAt),
    waivers: waiversOf(catalog, release, request.clauseOf),
    contact: programme.contact,
    nextSlot: nextSlot(catalog, release),
  };
}

/** The last internal test of an item: of the environments that prove, the one nearest to the market. */
function withResult(release: ReleaseHistory, item: NoteItem): NoteItem {
  const proving = environmentsOf(release.policy, 'proving').at(-1);
  const result = proving && release.now.results[proving.id]?.[item.id];
  if (!result) return item;
  return { ...item, result: { outcome: result.outcome, at: result.entry.at } };
}

function versionsOf(catalog: Catalog, release: ReleaseHistory, moment: Instant): Note['versions'] {
  const market = environmentsFor(release.policy, 'market')[0];
  const events = eventsBefore(catalog, release, moment);
  const present = matrixAt(events, catalog.policy, catalog.releases, moment).filter(
    ({ environment }) => environment === market,
  );
  const touched = new Set(
    release.now.bundle
      .map((id) => itemOf(catalog, release, id))
      .flatMap(({ kind, components }) => (hasVersion(kind) ? components.map(({ id }) => id) : [])),
  );
  return catalog.policy.components
    .filter(({ id }) => release.now.versions[id] !== undefined || touched.has(id))
    .map(({ id, name, lines }) => {
      const from = present.find(({ component }) => component === id)?.version;
      const own = release.now.bundle
        .map((item) => itemOf(catalog, release, item))
        .filter(({ components }) => components.some((component) => component.id === id));
      const held = [...new Set(own.map(({ line }) => line ?? (lines[0] as string)))];
      return {
        component: id,
        name,
        from,
        to: release.now.versions[id],
        lines: held.length > 0 ? held : [lines[0] as string],
      };
    });
}

function relisted(catalog: Catalog, release: ReleaseHistory, moment: Instant): Note['relisted'] {
  return owedAt(catalog.carryForward, release.id, moment).map(({ emergency, deployedAt, items }) => {
    const owing = catalog.releases.find(({ id }) => id === emergency) as ReleaseHistory;
    return {
      release: emergency,
      title: owing.record.title,
      deployedAt,
      items: items.map((id) => itemOf(catalog, owing, id)).map(({ id, title, note }) => ({ id, title, note })),
    };
  });
}

function emergencyOf(catalog: Catalog, release: ReleaseHistory): NonNullable<Note['emergency']> {
  const { zone } = catalog.policy.programme;
  const entry = release.now.review;
  const moment = entry?.at ?? catalog.asOf;
  const stopped = release.now.bundle.flatMap((id) => {
    const defect = defectOf(catalog, id);
    if (!defect?.stopsTestPhase) return [];
    return [
      {
        id,
        title: defect.tracker.title,
        severity: valueAt(defect, 'severity', moment, zone),
        what: defect.stopsTestPhase,
      },
    ];
  });
  if (!entry) return { stopped };
  const { line } = entry;
  const review = {
    at: entry.at,
    attendees: [...(line.consulted ?? [])].map((id) => partyName(catalog, id)),
    immediate: line.immediate ?? false,
    from: line.from && toInstant(line.from, zone),
    until: line.until && toInstant(line.until, zone),
    decision: line.decision,
    reason: line.reason,
  };
  return { stopped, review };
}

function decisionOf(catalog: Catalog, entry: Entry<'review' | 'approve'> | undefined): Note['review'] {
  if (!entry) return undefined;
  return { at: entry.at, by: entry.actors.map((actor) => actorIn(catalog, actor)), decision: entry.line.decision };
}

function testsOf(catalog: Catalog, release: ReleaseHistory): Note['tests'] {
  const market = new Set(environmentsFor(catalog.policy, 'market'));
  return entriesOf(release, 'test')
    .filter(({ line }) => !market.has(line.in))
    .map(({ at, line }) => ({
      at,
      environment: environmentName(catalog.policy, line.in),
      outcome: line.outcome,
      items: line.items ?? [],
    }));
}

/** Who was consulted and told in the lines so far; the one that publishes the note is not among them. */
function contactsOf(catalog: Catalog, release: ReleaseHistory): Note['contacts'] {
  return release.entries.flatMap(({ at, line }) => {
    const [consulted, informed] = [publicNames(catalog, line.consulted), publicNames(catalog, line.informed)];
    if (consulted.length + informed.length === 0) return [];
    return [{ at, did: line.did, about: line.did === 'contact' ? line.about : undefined, consulted, informed }];
  });
}

function issuesOf(catalog: Catalog, release: ReleaseHistory, moment: Instant): Note['knownIssues'] {
  const { programme, components } = catalog.policy;
  const owed = owedAt(catalog.carryForward, release.id, moment).flatMap(({ items }) => items);
  return knownIssues(catalog, moment, [...release.now.bundle, ...owed]).map(({ defect, planned }) => ({
    id: defect.id,
    title: defect.tracker.title,
    severity: valueAt(defect, 'severity', moment, programme.zone),
    component: defect.tracker.component && nameIn(components, defect.tracker.component),
    summary: defect.summary as string,
    impact: labelledAmong(defect.impact, programme.marketRoles),
    workaround: defect.workaround,
    raised: defect.tracker.raised.slice(0, 10),
    planned,
  }));
}

function waiversOf(catalog: Catalog, release: ReleaseHistory, clauseOf: NoteRequest['clauseOf']): Note['waivers'] {
  const { zone } = catalog.policy.programme;
  return catalog.waivers
    .filter((waiver) => waiver.release === release.id && toInstant(waiver.at, zone) <= catalog.asOf)
    .map(({ id, rule, reason, by, at, expires }) => ({
      id,
      rule,
      clause: clauseOf(rule),
      reason,
      by: actorIn(catalog, { id: by, kind: 'party', roles: [] }).initials,
      at: toInstant(at, zone),
      expires,
    }));
}

/** The release whose versions were last put in front of participants before this one was. */
function nextSlot({ slots }: Catalog, { record }: ReleaseHistory): string | undefined {
  return slots.find(
    ({ date, phase, outcome }) =>
      phase === record.phase &&
      outcome !== 'none' &&
      date > (record.slot ?? '') &&
      (outcome === 'planned' || outcome === 'open'),
  )?.day;
}
