import { environmentsFor, nameOf } from './environments.ts';
import type { Instant } from '../model/time.ts';
import { endOfDay, toInstant } from '../model/time.ts';
import type { Catalog } from './catalog.ts';
import { inWords, windowStart } from './duties.ts';
import type { ReleaseHistory } from './history.ts';
import { defectOf } from './lookup.ts';
import { deadlinesOf, effectiveDay } from './slots.ts';
import { stepsOf } from './steps.ts';

/**
 * Something that has to be so before a defect or release can go on: whether it is, since when, and when it can be: by
 * its deadline, or on the day that is next for it.
 */
export type Gate = { gate: string; isMet: boolean; at?: Instant; note?: string; due?: Instant; day?: string };

/** The gates of a release in the order of its steps. */
export function gatesOfRelease(catalog: Catalog, release: ReleaseHistory): Gate[] {
  const { policy } = catalog;
  const market = environmentsFor(policy, 'market');
  return stepsOf(release, policy).map(({ step, isDone }) => {
    const entry = lastEntryOf(release, step);
    return {
      gate: inWords(step, catalog),
      isMet: isDone,
      ...(isDone && entry ? { at: entry.counts } : {}),
      ...(!isDone && entry ? { note: whyOpen(release, step, entry) } : {}),
      ...(isDone ? {} : nextFor(catalog, release, step, market)),
    };
  });
}

/**
 * The gates of a defect on its way to the participants: of the release that holds it, and before that of the register.
 */
export function gatesOfDefect(catalog: Catalog, id: string): { release?: ReleaseHistory; gates: Gate[] } {
  const { policy, releases } = catalog;
  const defect = defectOf(catalog, id);
  const { zone } = policy.programme;
  const holders = releases.filter(({ now }) => now.candidates.includes(id));
  const release = holders.find(({ now, state }) => now.live.includes(id) && state !== 'closed') ?? holders.at(-1);
  const raised: Gate[] = defect
    ? [
        { gate: 'Raised', isMet: true, at: toInstant(defect.tracker.raised, zone) },
        {
          gate: 'Assigned to a team',
          isMet: defect.tracker.team !== undefined || defect.tracker.assigned !== undefined,
          ...(defect.tracker.assigned ? { at: toInstant(defect.tracker.assigned, zone) } : {}),
        },
      ]
    : [];
  if (!release || !release.now.live.includes(id)) {
    const line = release?.now.withdrawn[id]?.line;
    const note = line
      ? `withdrawn from ${release?.id}: ${line.reason}; target ${line.target}`
      : 'no release has proposed it';
    const next = nextOpenSlot(catalog);
    return {
      ...(release ? { release } : {}),
      gates: [...raised, { gate: 'Proposed for a release', isMet: false, note, ...(next ? { day: next } : {}) }],
    };
  }
  return { release, gates: [...raised, ...gatesOfItem(catalog, release, id)] };
}

function gatesOfItem(catalog: Catalog, release: ReleaseHistory, id: string): Gate[] {
  const { policy } = catalog;
  const { now } = release;
  const proving = environmentsFor(policy, 'proving');
  const own: Gate[] = [
    { gate: `Proposed for ${release.id}`, isMet: true, ...since(release, ({ live }) => live.includes(id)) },
    {
      gate: `Committed to ${release.id}`,
      isMet: now.bundle.includes(id),
      ...since(release, ({ bundle }) => bundle.includes(id)),
    },
    { gate: 'Delivered', isMet: now.contents.includes(id), ...since(release, ({ contents }) => contents.includes(id)) },
    ...proving.map((environment): Gate => {
      const result = now.results[environment]?.[id];
      const isMet = now.proved.includes(id);
      const at = result?.entry.at;
      const note =
        result?.outcome === 'failed'
          ? 'its last test failed'
          : result
            ? 'a newer version arrived since its last test'
            : undefined;
      const due =
        release.record.slot && release.type.usesSlot ? deadlinesOf(release.record.slot, policy).tested : undefined;
      return {
        gate: `Passed in ${nameOf(policy, environment)}`,
        isMet,
        ...(isMet && at ? { at } : {}),
        ...(!isMet && note ? { note } : {}),
        ...(!isMet && due && due > catalog.asOf ? { due } : {}),
      };
    }),
  ];
  const market = environmentsFor(policy, 'market');
  const rest = gatesOfRelease(catalog, release).filter((_, index) => {
    const [word, target] = (release.type.steps.flat()[index] as string).split(' ') as [string, string | undefined];
    return ['review', 'request', 'approve', 'publish'].includes(word) || market.includes(target ?? '');
  });
  return [...own, ...rest];
}

/** Since when something holds without a break. */
function since(release: ReleaseHistory, holds: (snapshot: ReleaseHistory['now']) => boolean): { at?: Instant } {
  const last = release.after.findLastIndex((snapshot) => !holds(snapshot));
  const entry = release.entries[last + 1];
  return entry ? { at: entry.counts } : {};
}

function lastEntryOf(release: ReleaseHistory, step: string): ReleaseHistory['entries'][number] | undefined {
  const [word, target] = step.split(' ') as [string, string | undefined];
  return release.entries.findLast(({ line, actors }) => {
    if (line.did !== word) return false;
    if (line.did === 'deploy') return line.to === target;
    if (line.did === 'test') return line.in === target;
    if (line.did === 'publish') return line.note === target;
    if (line.did === 'agree' && target) return actors.some(({ id }) => id === target);
    return true;
  });
}

function whyOpen(release: ReleaseHistory, step: string, { line }: ReleaseHistory['entries'][number]): string {
  if ('outcome' in line && line.outcome === 'failed') return `failed: ${line.error ?? 'no reason given'}`;
  if (line.did === 'test')
    return `not yet passed: ${release.now.bundle.filter((item) => !release.now.proved.includes(item)).join(', ')}`;
  if ('decision' in line && line.decision === 'rejected') return 'rejected';
  return step.startsWith('approve')
    ? 'void: the contents changed, or a new deployment was requested, since'
    : 'no longer holds for the present contents';
}

/** When a step can be: by its deadline, or on the day of the slot for what happens in the market. */
function nextFor(
  { policy, asOf }: Catalog,
  release: ReleaseHistory,
  step: string,
  market: string[],
): Pick<Gate, 'due' | 'day'> {
  const { slot } = release.record;
  if (!slot || !release.type.usesSlot) return {};
  const [word, target = ''] = step.split(' ') as [string, string | undefined];
  const { zone } = policy.programme;
  const day = effectiveDay(slot, policy);
  if (market.includes(target)) return endOfDay(day, zone) > asOf ? { day } : {};
  const deadlines = deadlinesOf(slot, policy);
  const due =
    word === 'publish' && target === 'provisional'
      ? deadlines.provisional
      : word === 'test'
        ? deadlines.tested
        : word === 'publish'
          ? (deadlines.final ?? windowStart(release, policy) ?? endOfDay(day, zone))
          : undefined;
  return due !== undefined && due > asOf ? { due } : {};
}

/** The day of the first slot that something proposed now can still reach: its provisional note is not yet due. */
export function nextOpenSlot({ slots, asOf }: Catalog): string | undefined {
  return slots.find(
    ({ outcome, deadlines }) => (outcome === 'open' || outcome === 'planned') && (deadlines.provisional ?? '9') > asOf,
  )?.day;
}
