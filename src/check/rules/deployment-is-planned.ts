import { environmentName } from '../../derive/environments.ts';
import { deploymentsTo } from '../../derive/market.ts';
import type { Catalog } from '../../derive/catalog.ts';
import type { Entry } from '../../derive/entry.ts';
import { type ReleaseHistory, snapshotBefore } from '../../derive/history.ts';
import { hasStartedAfter } from '../../derive/deployment.ts';
import { isWindowOver } from '../../derive/step-deadlines.ts';
import { isGateOpen } from '../../derive/gate-open.ts';
import { closedAt } from '../../derive/slot-decisions.ts';
import { slotOf } from '../../derive/slots.ts';
import { counted } from '../../model/wording.ts';
import { toDay, toInstant } from '../../model/time.ts';
import { at, defineRule, type RuleFinding } from '../rule.ts';

export const deploymentIsPlanned = defineRule({
  id: 'deployment-is-planned',
  obligations: ['C-039', 'C-127', 'C-021', 'C-038'],
  summary:
    'A deployment to the market-facing environment is requested with its window before it starts, and stays in that window.',
  *check(catalog) {
    for (const release of catalog.releases) {
      const deployments = deploymentsTo(release, catalog.policy, 'market');
      for (const entry of deployments) {
        yield* unrequested(release, entry, catalog);
        yield* ofOthers(release, entry, catalog);
      }
      if (deployments[0]) yield* unprepared(release, deployments[0], catalog);
      yield* unused(release, catalog);
    }
  },
});

/** A window that passed without a deployment; that of a slot is told with the slot. */
function* unused(release: ReleaseHistory, catalog: Catalog): Generator<RuleFinding> {
  const { request, live } = release.now;
  if (!request || release.type.usesSlot || live.length === 0 || !isWindowOver(catalog, release)) return;
  if (hasStartedAfter(release, request.at, catalog) || ['closed', 'complete'].includes(release.state)) return;
  const until = toInstant(request.line.until, catalog.policy.programme.zone);
  yield {
    at: at(release.record, 'log', request.index, 'until'),
    message: `The window of ${release.id} passed, and nothing was deployed in it.`,
    hint: 'Request a new window and have it approved, or withdraw the items with a target.',
    level: 'overdue',
    obligation: 'C-127',
    since: 2,
    when: until,
    release: release.id,
  };
}

function* unrequested(release: ReleaseHistory, entry: Entry<'deploy'>, { policy }: Catalog): Generator<RuleFinding> {
  const { zone } = policy.programme;
  const before = snapshotBefore(release, entry.at);
  const { request, review } = before;
  const shared = { when: entry.at, release: release.id };
  if (request === undefined) {
    if (isGateOpen(before, release.type, 'request')) return;
    yield {
      ...shared,
      at: at(release.record, 'log', entry.index, 'at'),
      message: `The deployment to ${environmentName(policy, entry.line.to)} was not requested before it started.`,
      hint: 'Record a "request" line with the window before this one, and an "approve" line after it.',
    };
    return;
  }
  const { line, index } = request;
  const [from, until] = [toInstant(line.from, zone), toInstant(line.until, zone)];
  const isOutside = entry.at < from || entry.at >= until;
  const agreed = review?.line;
  // A window on another day than the slot is a finding itself: the deployment kept to the slot.
  const slot = release.type.usesSlot ? slotOf(release, policy)?.day : undefined;
  const day = toDay(entry.at, zone);
  if (isOutside && slot === day && toDay(from, zone) !== day) return;
  // The window that an emergency's review agreed is judged there, and as an error.
  if (isOutside && agreed?.from === line.from && agreed.until === line.until) return;
  if (!isOutside && entry.counts <= until) return;
  yield {
    ...shared,
    at: at(release.record, 'log', entry.index, isOutside ? 'at' : 'until'),
    message: `The deployment ${isOutside ? 'started outside' : 'went on beyond the end of'} the window that was requested.`,
    hint: 'Request a new window, and have it approved, before a deployment leaves the one it has.',
    obligation: 'C-127',
    related: [
      { at: at(release.record, 'log', index, isOutside && entry.at < from ? 'from' : 'until'), message: 'the window' },
    ],
  };
}

/** What the schedule announces for that time: a closed period, an outage, or a day on which nobody works. */
function* ofOthers(release: ReleaseHistory, entry: Entry<'deploy'>, { policy }: Catalog): Generator<RuleFinding> {
  const { zone } = policy.programme;
  const { outages, holidays } = policy.schedule;
  const name = environmentName(policy, entry.line.to);
  const shared = {
    at: at(release.record, 'log', entry.index, 'at'),
    level: 'warning' as 'warning' | 'error',
    when: entry.at,
    release: release.id,
    since: 2,
  };
  const closed = closedAt(entry.at, policy, release.record.type);
  if (closed)
    yield {
      ...shared,
      level: 'error',
      message: `The deployment to ${name} started in a closed period: ${closed.period.reason}.`,
      hint: `Wait for its end, or name the type in "except" of the period: except: [${[...closed.period.except, release.record.type].join(', ')}].`,
      related: [{ at: at({ file: 'schedule.yaml' }, 'closed', closed.index, 'from'), message: 'the closed period' }],
    };
  const index = outages.findIndex(
    ({ environment, from, until }) =>
      environment === entry.line.to && entry.at >= toInstant(from, zone) && entry.at < toInstant(until, zone),
  );
  if (index !== -1)
    yield {
      ...shared,
      message: `The deployment to ${name} started in an outage that was announced for another reason.`,
      hint: 'Move one of the two, or correct the times of the outage in schedule.yaml.',
      related: [{ at: at({ file: 'schedule.yaml' }, 'outages', index, 'from'), message: 'the outage' }],
    };
  const holiday =
    release.kind === 'emergency' ? undefined : holidays.find(({ date }) => date === toDay(entry.at, zone));
  if (holiday)
    yield {
      ...shared,
      message: `The deployment to ${name} is on a holiday: ${holiday.name}.`,
      hint: 'Move the slot to another day, or leave it out.',
    };
}

function* unprepared(release: ReleaseHistory, first: Entry<'deploy'>, { policy }: Catalog): Generator<RuleFinding> {
  const asked = snapshotBefore(release, first.at).request;
  const shared = { when: first.at, release: release.id };
  const isDescribed =
    policy.environments.some(({ id, procedure }) => id === first.line.to && procedure) ||
    asked?.line.steps !== undefined;
  if (asked && !isDescribed)
    yield {
      ...shared,
      at: at(release.record, 'log', asked.index),
      message: `Nothing says how the release is put into ${environmentName(policy, first.line.to)}.`,
      hint: 'Give the environment a "procedure", or this request its "steps".',
      obligation: 'C-021',
    };
  const day = toDay(first.at, policy.programme.zone);
  const tasks = release.record.checklist ?? [];
  const open = tasks.filter(({ done }) => done === undefined || done > day);
  if (open[0])
    yield {
      ...shared,
      at: at(release.record, 'checklist', tasks.indexOf(open[0])),
      message: `The release was deployed with ${counted(open.length, 'task')} of its checklist open: ${open.map(({ task }) => task).join('; ')}.`,
      hint: 'Add "done" with the day to each task that was finished before.',
      obligation: 'C-038',
    };
}
