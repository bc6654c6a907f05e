import { typeName } from '../../derive/names.ts';
import { isWhole as isWholeIn } from '../../derive/presence.ts';
import type { Catalog } from '../../derive/catalog.ts';
import { entriesOf, type ReleaseHistory } from '../../derive/history.ts';
import { titleOf } from '../../derive/lookup.ts';
import { type Membership, membershipOf, withdrawalOf } from '../../derive/membership.ts';
import type { ReleaseState } from '../../derive/release-state.ts';
import { slotOf } from '../../derive/slots.ts';
import { windowOf } from '../../derive/window.ts';
import { compareText } from '../../diagnostic.ts';
import type { ReleaseKind } from '../../model/programme.ts';
import { toInstant } from '../../model/time.ts';
import { type Time, timeOf } from '../words/dates.ts';
import { environmentsOf, isFor, plannedEnvironments } from '../../derive/environments.ts';
import { isAbsent } from '../../derive/snapshot.ts';
import { nameIn } from '../../model/labelled.ts';
import type { PublicWaiver } from './coverage.ts';
import { projectGates, type PublicGate } from './duties.ts';
import { projectLive, type PublicLive } from './live.ts';
import { projectLog, type PublicLine } from './log.ts';
import { type Reference, referenceTo, releasesWithPage } from './reference.ts';

/** A release as it stands at the moment of looking. What was published about it stands in its notes. */
export type PublicRelease = {
  id: string;
  reference: Reference;
  title: string;
  summary: string;
  type: string;
  /** What readers call the type. */
  typeName: string;
  typeMeaning: string;
  kind: ReleaseKind;
  phase: string;
  state: ReleaseState;
  nextAttempt?: ReleaseState | undefined;
  slot?: { date: string; day: string; reason?: string | undefined } | undefined;
  window?: PublicWindow | undefined;
  /** What releases are listed by: the moment or day at which it began, or is planned to. */
  starts: string;
  items: PublicReleaseItem[];
  versions: { name: string; version: string }[];
  progress: { environment: string; at?: Time | undefined }[];
  gates: PublicGate[];
  procedure: string[];
  checklist: { task: string; done?: string | undefined }[];
  log: PublicLine[];
  live: PublicLive;
  waivers: PublicWaiver[];
};

/** When it is planned to be deployed, and what that does to those who use the environment. */
export type PublicWindow = { from: Time; until: Time; effect: string };

export type PublicReleaseItem = {
  item: Reference;
  note: string;
  membership: Membership;
  isProved: boolean;
  /** Why it was withdrawn. */
  withdrawn?: string | undefined;
};

export function projectReleases(catalog: Catalog, waivers: readonly PublicWaiver[]): PublicRelease[] {
  return releasesWithPage(catalog).map((release) => projectRelease(catalog, release, waivers));
}

function projectRelease(catalog: Catalog, release: ReleaseHistory, waivers: readonly PublicWaiver[]): PublicRelease {
  const { record, now, type } = release;
  const slot = slotOf(release, catalog.policy);
  const { programme } = catalog.policy;
  return {
    id: release.id,
    reference: referenceTo(catalog, 'release', release.id, record.title),
    title: record.title,
    summary: record.summary,
    type: record.type,
    typeName: typeName(catalog.policy, record.type),
    typeMeaning: type.meaning,
    kind: release.kind,
    phase: nameIn(programme.phases, record.phase),
    state: release.state,
    nextAttempt: release.nextAttempt,
    slot: slot && { date: slot.date, day: slot.day, reason: slot.reason },
    window: publicWindow(catalog, release),
    starts: startOf(catalog, release),
    items: now.candidates.map((id) => releaseItem(catalog, release, id)),
    versions: Object.entries(now.versions).map(([component, version]) => ({
      name: nameIn(catalog.policy.components, component),
      version,
    })),
    progress: progressOf(catalog, release),
    gates: projectGates(catalog, release),
    procedure: procedureOf(release),
    checklist: (record.checklist ?? []).map(({ task, done }) => ({ task, done })),
    log: projectLog(catalog, release),
    live: projectLive(catalog, release),
    waivers: waivers.filter((waiver) => waiver.release?.id === release.id),
  };
}

function releaseItem(catalog: Catalog, { record, now }: ReleaseHistory, id: string): PublicReleaseItem {
  return {
    item: referenceTo(catalog, 'item', id, titleOf(catalog, id)),
    note: record.items.find((item) => item.id === id)?.note ?? '',
    membership: membershipOf(now, id),
    isProved: now.proved.includes(id),
    withdrawn: withdrawalOf(now, id)?.reason,
  };
}

function publicWindow({ policy }: Catalog, release: ReleaseHistory): PublicWindow | undefined {
  const { zone } = policy.programme;
  const window = windowOf(release, policy);
  return window && { from: timeOf(window.from, zone), until: timeOf(window.until, zone), effect: window.effect };
}

/** The first deployment to the participants, else the window, the day of the slot, or the first line of the log. */
function startOf({ policy, asOf }: Catalog, release: ReleaseHistory): string {
  const deployment = entriesOf(release, 'deploy').find(({ line }) => isFor(policy, 'market', line.to));
  const first = release.record.log.map(({ at }) => toInstant(at, policy.programme.zone)).find((at) => at <= asOf);
  return deployment?.at ?? windowOf(release, policy)?.from ?? slotOf(release, policy)?.day ?? first ?? '';
}

/** When all current versions were in each environment; absent while some are not (C-036). */
function progressOf(catalog: Catalog, { now, entries, policy }: ReleaseHistory): PublicRelease['progress'] {
  const moment = entries.at(-1)?.counts ?? catalog.asOf;
  return plannedEnvironments(policy).map(({ id, name }) => {
    const wanted = Object.keys(now.versions).filter((component) => !isAbsent(catalog.policy, component, id, moment));
    const arrivals = wanted.map((component) => now.deployed[id]?.[component]);
    const isWhole =
      wanted.length > 0 && wanted.every((component, index) => arrivals[index]?.version === now.versions[component]);
    // What has no version is followed as a whole.
    const arrived = wanted.length === 0 && isWholeIn(now, id, policy, moment) ? now.arrived[id] : undefined;
    const last = [...arrivals.map((arrival) => arrival?.entry), arrived]
      .flatMap((entry) => entry?.counts ?? [])
      .sort(compareText)
      .at(-1);
    return {
      environment: name,
      at: (isWhole || arrived) && last ? timeOf(last, catalog.policy.programme.zone) : undefined,
    };
  });
}

function procedureOf({ now, policy }: ReleaseHistory): string[] {
  const steps = now.request?.line.steps;
  return steps ?? environmentsOf(policy, 'market').flatMap(({ procedure }) => procedure ?? []);
}
