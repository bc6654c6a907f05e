import type { Catalog } from '../../derive/catalog.ts';
import type { ReleaseHistory } from '../../derive/history.ts';
import { titleOf } from '../../derive/lookup.ts';
import { type Membership, membershipOf, type Withdrawal, withdrawalOf } from '../../derive/membership.ts';
import type { ReleaseState } from '../../derive/release-state.ts';
import { slotOf } from '../../derive/slots.ts';
import { windowOf } from '../../derive/step-deadlines.ts';
import { compareText } from '../../diagnostic.ts';
import type { ReleaseKind } from '../../model/index.ts';
import type { Instant } from '../../model/time.ts';
import { environmentsOf, plannedEnvironments } from '../../derive/environments.ts';
import { isAbsent } from '../../derive/snapshot.ts';
import { labelled, type Labelled, nameIn } from '../../model/labelled.ts';
import type { PublicWaiver } from './coverage.ts';
import { projectGates, type PublicGate } from './duties.ts';
import { projectLive, type PublicLive } from './live.ts';
import { projectLog, type PublicLine } from './log.ts';

/** A release as it stands at the moment of looking. What was published about it stands in its notes. */
export type PublicRelease = {
  id: string;
  title: string;
  summary: string;
  type: string;
  typeMeaning: string;
  kind: ReleaseKind;
  phase: Labelled;
  state: ReleaseState;
  nextAttempt?: ReleaseState | undefined;
  slot?: { date: string; day: string; reason?: string | undefined } | undefined;
  window?: { from: Instant; until: Instant; effect: string } | undefined;
  items: PublicReleaseItem[];
  versions: { component: string; name: string; version: string }[];
  progress: { environment: string; at?: Instant | undefined }[];
  gates: PublicGate[];
  procedure: string[];
  checklist: { task: string; done?: string | undefined }[];
  log: PublicLine[];
  live: PublicLive;
  waivers: PublicWaiver[];
};

export type PublicReleaseItem = {
  id: string;
  title: string;
  note: string;
  membership: Membership;
  isProved: boolean;
  action: Labelled;
  withdrawn?: Withdrawal | undefined;
};

export function projectReleases(catalog: Catalog, waivers: readonly PublicWaiver[]): PublicRelease[] {
  return catalog.releases
    .filter((release) => release.entries.length > 0)
    .map((release) => projectRelease(catalog, release, waivers));
}

function projectRelease(catalog: Catalog, release: ReleaseHistory, waivers: readonly PublicWaiver[]): PublicRelease {
  const { record, now, type } = release;
  const { programme } = catalog.policy;
  return {
    id: release.id,
    title: record.title,
    summary: record.summary,
    type: record.type,
    typeMeaning: type.meaning,
    kind: release.kind,
    phase: labelled(record.phase, programme.phases),
    state: release.state,
    nextAttempt: release.nextAttempt,
    slot: slotOf(release, catalog.policy),
    window: windowOf(release, catalog.policy),
    items: now.candidates.map((id) => releaseItem(catalog, release, id)),
    versions: Object.entries(now.versions).map(([component, version]) => ({
      component,
      name: nameIn(catalog.policy.components, component),
      version,
    })),
    progress: progressOf(catalog, release),
    gates: projectGates(catalog, release),
    procedure: procedureOf(catalog, release),
    checklist: (record.checklist ?? []).map(({ task, done }) => ({ task, done })),
    log: projectLog(catalog, release),
    live: projectLive(catalog, release),
    waivers: waivers.filter((waiver) => waiver.release === release.id),
  };
}

function releaseItem(catalog: Catalog, { record, now }: ReleaseHistory, id: string): PublicReleaseItem {
  const listed = record.items.find((item) => item.id === id);
  return {
    id,
    title: titleOf(catalog, id),
    note: listed?.note ?? '',
    membership: membershipOf(now, id),
    isProved: now.proved.includes(id),
    action: labelled(listed?.action ?? 'none', catalog.policy.programme.actions),
    withdrawn: withdrawalOf(now, id),
  };
}

/** When all current versions were in each environment; absent while some are not (C-036). */
function progressOf(catalog: Catalog, { now }: ReleaseHistory): PublicRelease['progress'] {
  return plannedEnvironments(catalog.policy).map(({ id, name }) => {
    const wanted = Object.keys(now.versions).filter((component) => !isAbsent(catalog.policy, component, id));
    const arrivals = wanted.map((component) => now.deployed[id]?.[component]);
    const isWhole =
      wanted.length > 0 && wanted.every((component, index) => arrivals[index]?.version === now.versions[component]);
    const last = arrivals
      .flatMap((arrival) => arrival?.entry.counts ?? [])
      .sort(compareText)
      .at(-1);
    return { environment: name, at: isWhole ? last : undefined };
  });
}

function procedureOf({ policy }: Catalog, { now }: ReleaseHistory): string[] {
  const steps = now.request?.line.steps;
  return steps ?? environmentsOf(policy, 'market').flatMap(({ procedure }) => procedure ?? []);
}
