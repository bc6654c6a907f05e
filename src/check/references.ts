import type { Path, Place } from '../diagnostic.ts';
import type { Catalog } from '../derive/catalog.ts';
import { policiesBy } from '../derive/policy-at.ts';
import type { LogLine } from '../model/log.ts';
import { actionsOf, type ReleaseItem } from '../model/release.ts';
import { unchanged, unrated } from '../model/profile.ts';
import { at, atKey } from './rule.ts';

/** A place that names something else by its id, and what kinds of thing it may name. */
export type Reference = {
  id: string;
  kinds: readonly string[];
  /** Ids that were probably meant before any other: the items of the same release. */
  likely?: readonly string[];
  /** The list that it stands in, which names each once. */
  beside?: readonly string[] | undefined;
};
type Placed = Reference & { place: Place };

/** Every reference of every record. */
export function* referencesOf(catalog: Catalog): Generator<Placed> {
  yield* ofPolicy(catalog);
  for (const { record } of catalog.releases) yield* ofRelease(record);
  for (const defect of catalog.defects) {
    const { tracker } = defect;
    if (tracker.severity) yield one(defect, ['severity'], tracker.severity, 'tracker', 'severity');
    yield one(defect, ['status'], tracker.status, 'tracker', 'status');
    if (tracker.component) yield one(defect, ['component'], tracker.component, 'tracker', 'component');
    yield* many(defect, ['market role'], defect.impact, 'impact');
    if (defect.fuel) yield one(defect, ['fuel'], defect.fuel, 'fuel');
    const others = { beside: [defect.id] };
    if (defect.duplicateOf) yield { ...one(defect, ['defect'], defect.duplicateOf, 'duplicateOf'), ...others };
  }
  for (const change of catalog.changes) {
    yield* many(change, ['component'], change.components, 'components');
    yield* many(change, ['market role'], change.impact, 'impact');
    yield* many(change, ['business process'], change.businessProcesses, 'businessProcesses');
    if (change.fuel) yield one(change, ['fuel'], change.fuel, 'fuel');
  }
  for (const waiver of catalog.waivers) {
    if (waiver.release) yield one(waiver, ['release'], waiver.release, 'release');
    if (waiver.item) yield one(waiver, ['defect', 'change'], waiver.item, 'item');
    yield one(waiver, ['person', 'party', 'role'], waiver.by, 'by');
  }
  for (const profile of catalog.profiles) yield* ofProfile(profile);
}

function* ofRelease(record: Catalog['releases'][number]['record']): Generator<Placed> {
  yield one(record, ['release type'], record.type, 'type');
  yield one(record, ['phase'], record.phase, 'phase');
  for (const [index, item] of record.items.entries()) {
    yield one(record, ['defect', 'change'], item.id, 'items', index, 'id');
    yield* ofActions(record, item, index);
    if (item.fileFormat) yield one(record, ['file format'], item.fileFormat, 'items', index, 'fileFormat');
    yield* many(record, ['market role'], item.impact, 'items', index, 'impact');
    yield* many(record, ['component'], item.components, 'items', index, 'components');
    if (item.line) yield one(record, ['code line'], item.line, 'items', index, 'line');
  }
  for (const component of Object.keys(record.bau ?? {})) yield key(record, ['component'], component, 'bau', component);
  const listed = record.items.map(({ id }) => id);
  for (const [index, line] of record.log.entries()) yield* ofLine(record, line, index, listed);
  for (const { kind, id, position } of record.body.references)
    yield { id, kinds: [kind], place: { file: record.file, position } };
}

/** Each action of an item, which may stand alone, in a record of its own, or in a list of either. */
function* ofActions(record: { file: string }, item: ReleaseItem, index: number): Generator<Placed> {
  const isList = Array.isArray(item.action);
  for (const [order, { id }] of actionsOf(item).entries()) {
    const path: Path = ['items', index, 'action', ...(isList ? [order] : [])];
    const written = isList ? (item.action as unknown[])[order] : item.action;
    yield one(record, ['action'], id, ...path, ...(typeof written === 'string' ? [] : ['id']));
  }
}

function* ofLine(record: { file: string }, line: LogLine, index: number, listed: readonly string[]): Generator<Placed> {
  const told = ['role', 'party'];
  const path: Path = ['log', index];
  if (typeof line.by === 'string') yield one(record, ['person', 'party'], line.by, ...path, 'by');
  else yield* many(record, ['person', 'party'], line.by, ...path, 'by');
  if (line.as) yield one(record, ['role'], line.as, ...path, 'as');
  yield* many(record, told, line.consulted, ...path, 'consulted');
  yield* many(record, told, line.informed, ...path, 'informed');
  if ('items' in line)
    for (const reference of many(record, ['defect', 'change'], line.items, ...path, 'items'))
      yield { ...reference, likely: listed };
  if (line.did === 'deploy') yield one(record, ['environment'], line.to, ...path, 'to');
  if (line.did === 'deploy') yield* many(record, ['component'], line.components, ...path, 'components');
  if (line.did === 'test') yield one(record, ['environment'], line.in, ...path, 'in');
  if (line.did === 'deliver')
    for (const component of Object.keys(line.versions ?? {}))
      yield key(record, ['component'], component, ...path, 'versions', component);
}

/**
 * What a profile turns the cells of an export into. `unchanged` and `unrated` stand for no value of ours, each in its
 * own place only.
 */
function* ofProfile(profile: Catalog['profiles'][number]): Generator<Placed> {
  const { status, severity, component } = profile.fields;
  yield* mapped(profile, ['status'], status, undefined, 'fields', 'status');
  if (status.refine) yield* mapped(profile, ['status'], status.refine, unchanged, 'fields', 'status', 'refine');
  if (severity) yield* mapped(profile, ['severity'], severity, unrated, 'fields', 'severity');
  if (component) yield* mapped(profile, ['component'], component, undefined, 'fields', 'component');
}

function* ofPolicy(catalog: Catalog): Generator<Placed> {
  const { programme, components, environments, obligations, versions } = catalog.policy;
  const programmeFile = { file: 'programme.yaml' };
  yield* many(programmeFile, ['party', 'role'], programme.audience, 'audience');
  for (const [index, { includes }] of programme.fuels.entries())
    yield* many(programmeFile, ['fuel'], includes, 'fuels', index, 'includes');
  yield* ofVersions(catalog);
  for (const { file, path, version } of versions) yield one({ file }, ['version of the plan'], version, ...path);
  for (const [index, phase] of programme.phases.entries()) {
    yield* many(programmeFile, ['environment'], phase.environments, 'phases', index, 'environments');
    yield* many(programmeFile, ['party', 'role'], phase.agreement?.by, 'phases', index, 'agreement', 'by');
    for (const [order, { versions: brought }] of phase.earlier.entries()) {
      for (const component of Object.keys(brought))
        yield key(programmeFile, ['component'], component, 'phases', index, 'earlier', order, 'versions', component);
    }
  }
  for (const [index, { absentFrom }] of components.entries()) {
    for (const [order, absence] of absentFrom.entries()) {
      const [id, ...field] = typeof absence === 'string' ? [absence] : [absence.environment, 'environment'];
      yield one({ file: 'components.yaml' }, ['environment'], id as string, index, 'absentFrom', order, ...field);
    }
  }
  for (const [index, { after }] of environments.entries())
    yield* many({ file: 'environments.yaml' }, ['environment'], after, index, 'after');
  const file = { file: 'plan/obligations.yaml' };
  for (const [index, obligation] of obligations.entries()) {
    yield one(file, ['obligation'], obligation.id, index, 'id');
    if (!('clause' in obligation)) continue;
    yield* many(file, ['release type'], obligation.types, index, 'types');
    yield* many(file, ['phase'], obligation.phases, index, 'phases');
  }
  yield* ofPeople(catalog.policy);
  yield* ofSchedule(catalog.policy);
}

function* ofPeople({ people }: Catalog['policy']): Generator<Placed> {
  const peopleFile = { file: 'people.yaml' };
  for (const list of ['assignments', 'delegations'] as const) {
    for (const [index, office] of people[list].entries()) {
      yield one(peopleFile, ['role'], office.role, list, index, 'role');
      if (office.person) yield one(peopleFile, ['person'], office.person, list, index, 'person');
      if ('party' in office && office.party) yield one(peopleFile, ['party'], office.party, list, index, 'party');
      if ('phase' in office && office.phase) yield one(peopleFile, ['phase'], office.phase, list, index, 'phase');
      if ('grantedBy' in office) yield one(peopleFile, ['person'], office.grantedBy, list, index, 'grantedBy');
    }
  }
  for (const [index, party] of people.parties.entries())
    yield* many(peopleFile, ['party', 'role'], party.includes, 'parties', index, 'includes');
}

function* ofSchedule({ schedule }: Catalog['policy']): Generator<Placed> {
  const file = { file: 'schedule.yaml' };
  for (const [phase, { entry }] of Object.entries(schedule.slotsOfPhases))
    yield one(file, ['phase'], phase, 'slot', entry, 'phase');
  for (const [index, outage] of schedule.outages.entries())
    yield one(file, ['environment'], outage.environment, 'outages', index, 'environment');
  for (const [index, slot] of schedule.slots.entries()) {
    yield* many(file, ['person', 'party'], [slot.by].flat(), 'slots', index, 'by');
    if (slot.phase) yield one(file, ['phase'], slot.phase, 'slots', index, 'phase');
  }
  for (const [index, closed] of schedule.closed.entries()) {
    yield* many(file, ['person', 'party'], [closed.by].flat(), 'closed', index, 'by');
    yield* many(file, ['release type'], closed.except, 'closed', index, 'except');
  }
}

/** What may change with the plan, each entry once. */
function* ofVersions(catalog: Catalog): Generator<Placed> {
  const programmeFile = { file: 'programme.yaml' };
  for (const { programme, places } of policiesBy(catalog, 'types')) {
    for (const [type, { steps }] of Object.entries(programme.types)) {
      for (const [index, { did, target }] of steps.flat().entries()) {
        const place = [...places.types, type, 'steps', ...(steps.some(Array.isArray) ? [] : [index])];
        if (target && (did === 'deploy' || did === 'test')) yield one(programmeFile, ['environment'], target, ...place);
        if (target && did === 'agree') yield one(programmeFile, ['party'], target, ...place);
      }
    }
  }
  for (const { programme, places } of policiesBy(catalog, 'limits')) {
    for (const role of Object.keys(programme.limits.holders))
      yield key(programmeFile, ['role'], role, ...places.limits, 'holders', role);
  }
  for (const { programme, places } of policiesBy(catalog, 'waiversBy'))
    yield* many(programmeFile, ['party', 'role'], programme.waiversBy, ...places.waiversBy);
  const raciFile = { file: 'raci.yaml' };
  for (const { raci, places } of policiesBy(catalog, 'processes')) {
    for (const [index, process] of raci.processes.entries()) {
      for (const role of Object.keys(process.letters))
        yield key(raciFile, ['role'], role, ...places.processes, index, 'letters', role);
    }
  }
  for (const { raci, places } of policiesBy(catalog, 'kinds')) {
    for (const [kind, owner] of Object.entries(raci.kinds)) {
      if (Array.isArray(owner)) yield* many(raciFile, ['role', 'party'], owner, ...places.kinds, kind);
      else yield one(raciFile, ['process', 'role'], owner, ...places.kinds, kind);
    }
  }
  for (const { raci, places } of policiesBy(catalog, 'informedBySite'))
    yield* many(raciFile, ['role', 'party'], raci.informedBySite, ...places.informedBySite);
  for (const { schedule, places } of policiesBy(catalog, 'pattern')) {
    for (const [index, { of }] of schedule.pattern.entries()) {
      const kinds = ['environment', 'stage of a note'];
      if (of) yield one({ file: 'schedule.yaml' }, kinds, of, ...places.pattern, index, 'of');
    }
  }
}

function one(record: { file: string }, kinds: readonly string[], id: string, ...path: Path): Placed {
  return { id, kinds, place: at(record, ...path) };
}

/** A name that stands before a colon. */
function key(record: { file: string }, kinds: readonly string[], id: string, ...path: Path): Placed {
  return { id, kinds, place: atKey(record, ...path) };
}

function* many(
  record: { file: string },
  kinds: readonly string[],
  ids: readonly string[] | undefined,
  ...path: Path
): Generator<Placed> {
  for (const [index, id] of (ids ?? []).entries()) yield { ...one(record, kinds, id, ...path, index), beside: ids };
}

function* mapped(
  record: { file: string },
  kinds: readonly string[],
  { map, empty }: { map: Record<string, string>; empty?: string | undefined },
  word: string | undefined,
  ...path: Path
): Generator<Placed> {
  for (const [cell, id] of Object.entries(map)) if (id !== word) yield one(record, kinds, id, ...path, 'map', cell);
  if (empty && empty !== word) yield one(record, kinds, empty, ...path, 'empty');
}
