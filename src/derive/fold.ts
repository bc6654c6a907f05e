import { type Entry, isBefore, isEntry } from './entry.ts';
import { type Arrival, type FoldContext, type ItemResult, sameSet, sameVersions, type Snapshot } from './snapshot.ts';
import { environmentsFor, isFor } from './environments.ts';
import { lackingIn, strangersAt } from './presence.ts';
import { versionsOf } from './timeline.ts';
import { isAgreedByManagers } from './release-state.ts';
import { accountableFor, quorumFor } from './roles.ts';
import { actsAs } from './actors.ts';

/** One line of the log applied to a snapshot; the snapshot before is left as it was. */
export function step(before: Snapshot, entry: Entry, context: FoldContext): Snapshot {
  const applied = apply(before, entry, context);
  const bundle = bundleOf(applied, entry, context, before);
  const isChange = !sameSet(bundle, before.bundle) || !sameVersions(applied.versions, before.versions);
  const asksAgain = entry.line.did === 'request';
  const kept = isChange || asksAgain ? [] : before.approvers;
  const approvers = isEntry(entry, 'approve') ? approversAfter(kept, entry, context) : kept;
  const isApproved = isEntry(entry, 'approve')
    ? entry.line.decision === 'approved' && approvers.length >= quorumFor(context.policy, 'approve')
    : before.approvalValid && !isChange && !asksAgain;
  const changed = isChange ? { contentChange: entry } : {};
  const now: Snapshot = { ...applied, bundle, approvers, approvalValid: isApproved, ...changed };
  now.contents = contentsOf(now, before, entry);
  if (isEntry(entry, 'publish') && entry.line.note !== 'provisional') {
    now.note = { entry, bundle, versions: now.versions };
  }
  now.noteCurrent =
    now.note !== undefined && sameSet(now.note.bundle, bundle) && sameVersions(now.note.versions, now.versions);
  now.lacking = lackingIn(now, context, entry.counts);
  now.proved = bundle.filter((item) => isProved(item, now, context));
  return now;
}

/**
 * Where an approval needs several, each counts once, together or in lines of their own, and a refusal takes all back.
 * Who may not approve is a finding elsewhere, and counts where one approval is enough.
 */
function approversAfter(
  kept: readonly string[],
  { line, actors }: Entry<'approve'>,
  { policy }: FoldContext,
): string[] {
  if (line.decision !== 'approved') return [];
  const roles = accountableFor(policy, 'approve');
  const isOne = quorumFor(policy, 'approve') === 1;
  const counting = actors.filter((actor) => isOne || actsAs(actor, roles));
  return union(
    kept,
    counting.map(({ id }) => id),
  );
}

function apply(before: Snapshot, entry: Entry, context: FoldContext): Snapshot {
  if (isEntry(entry, 'propose')) return propose(before, entry);
  if (isEntry(entry, 'agree')) return { ...before, agreed: agree(before, entry, context) };
  if (isEntry(entry, 'withdraw')) return withdraw(before, entry);
  if (isEntry(entry, 'review')) return { ...before, review: entry };
  if (isEntry(entry, 'request')) return { ...before, request: entry };
  if (isEntry(entry, 'approve')) return { ...before, approval: entry };
  if (isEntry(entry, 'deliver')) return deliver(before, entry, context);
  if (isEntry(entry, 'deploy')) return deploy(before, entry, context);
  if (isEntry(entry, 'test')) return test(before, entry, context);
  return before;
}

function propose(before: Snapshot, { line: { items } }: Entry<'propose'>): Snapshot {
  return {
    ...before,
    candidates: union(before.candidates, items),
    live: union(before.live, items),
    withdrawn: without(before.withdrawn, items),
  };
}

function withdraw(before: Snapshot, entry: Entry<'withdraw'>): Snapshot {
  const { items } = entry.line;
  const isKept = (item: string) => !items.includes(item);
  return {
    ...before,
    live: before.live.filter(isKept),
    agreed: Object.fromEntries(Object.entries(before.agreed).map(([role, agreed]) => [role, agreed.filter(isKept)])),
    withdrawn: { ...before.withdrawn, ...each(items, () => entry) },
  };
}

/** The two managers of the agreeing process commit items; a party's agreement commits none. */
function agree(before: Snapshot, entry: Entry<'agree'>, { managersAt }: FoldContext): Record<string, string[]> {
  const { line, actors } = entry;
  const managers = managersAt(entry);
  const items = line.items ?? before.live;
  const agreed = { ...before.agreed };
  for (const { role } of actors.flatMap(({ roles }) => roles)) {
    if (managers.includes(role)) agreed[role] = union(agreed[role] ?? [], items);
  }
  return agreed;
}

/**
 * Committed are the items all managers agreed to, and stay so when other roles agree to what follows; in an emergency,
 * the candidates of an approving review; and where no managers agree to a release of the type, all candidates.
 */
function bundleOf(now: Snapshot, entry: Entry, { kind, type, managersAt }: FoldContext, before: Snapshot): string[] {
  if (kind === 'emergency') {
    const isApproved =
      entry.line.did === 'review'
        ? entry.line.decision === 'approved' && entry.line.immediate !== false
        : before.bundle.length > 0;
    return isApproved ? now.live : [];
  }
  if (!isAgreedByManagers(type)) return now.live;
  const managers = managersAt(entry);
  const areAgreed = (item: string) => managers.length > 0 && managers.every((role) => now.agreed[role]?.includes(item));
  return now.live.filter((item) => before.bundle.includes(item) || areAgreed(item));
}

function deliver(before: Snapshot, entry: Entry<'deliver'>, { policy }: FoldContext): Snapshot {
  const given = Object.entries(entry.line.versions ?? {});
  const left = given.flatMap(([component, version]) => (version === 'none' ? [component] : []));
  const brought = given.filter(([, version]) => version !== 'none');
  const names = brought.map(([component]) => component);
  const arrivals = Object.fromEntries(brought.map(([component, version]) => [component, { version, entry }]));
  const delivery = environmentsFor(policy, 'delivery');
  return {
    ...before,
    delivery: entry,
    versions: { ...without(before.versions, left), ...Object.fromEntries(brought) },
    deliveredBy: { ...without(before.deliveredBy, left), ...each(names, () => entry) },
    deployed: { ...before.deployed, ...each(delivery, (id) => ({ ...before.deployed[id], ...arrivals })) },
    arrived: { ...before.arrived, ...each(delivery, () => entry) },
  };
}

function deploy(before: Snapshot, entry: Entry<'deploy'>, { entries }: FoldContext): Snapshot {
  const { to, outcome } = entry.line;
  const versions = versionsOf(entries, entry);
  const components = Object.keys(versions);
  const touched = { ...before.touched, [to]: { ...before.touched[to], ...each(components, () => entry) } };
  const now = { ...before, touched, last: { ...before.last, [to]: entry } };
  if (outcome === 'failed') return now;
  const arrivals = each(components, (component): Arrival => ({ version: versions[component] as string, entry }));
  return {
    ...now,
    deployed: { ...before.deployed, [to]: { ...before.deployed[to], ...arrivals } },
    arrived: { ...before.arrived, [to]: entry },
  };
}

/** In front of participants a failed test is undone by a deployment only: a pass without one proves nothing. */
function test(before: Snapshot, entry: Entry<'test'>, { policy }: FoldContext): Snapshot {
  const { in: environment, outcome } = entry.line;
  const named = entry.line.items ?? union(before.bundle, before.contents);
  const unrepaired =
    isFor(policy, 'market', environment) && outcome === 'passed' ? stillFailed(before, environment) : [];
  const items = named.filter((item) => !unrepaired.includes(item));
  const results = { ...before.results[environment], ...each(items, (): ItemResult => ({ outcome, entry })) };
  const now = { ...before, results: { ...before.results, [environment]: results } };
  if (unrepaired.length > 0) return now;
  const components = Object.keys(before.deployed[environment] ?? {});
  const touched = { ...before.touched[environment], ...each(components, () => entry) };
  return {
    ...now,
    touched: { ...before.touched, [environment]: touched },
    last: { ...before.last, [environment]: entry },
  };
}

/** The items whose last test in an environment failed, where this release was not deployed again since. */
export function stillFailed({ results, arrived }: Snapshot, environment: string): string[] {
  const arrival = arrived[environment];
  return Object.entries(results[environment] ?? {}).flatMap(([item, { outcome, entry }]) =>
    outcome === 'failed' && !(arrival && isBefore(entry, arrival)) ? [item] : [],
  );
}

/**
 * What the delivered versions hold: withdrawn items leave only with a later delivery of versions that leaves them out.
 */
function contentsOf(now: Snapshot, before: Snapshot, { line }: Entry): string[] {
  if (line.did !== 'deliver') return before.contents;
  const items = line.items ?? now.bundle;
  const kept = line.versions ? before.contents.filter((item) => now.withdrawn[item] === undefined) : before.contents;
  return union(kept, items);
}

/**
 * Proved: in each proving environment the last test passed, and when it was made, the environment held this release's
 * versions of the item's components. What is deployed there afterwards changes nothing.
 */
function isProved(item: string, now: Snapshot, context: FoldContext): boolean {
  return environmentsFor(context.policy, 'proving').every((id) => {
    const result = now.results[id]?.[item];
    return result?.outcome === 'passed' && isOfThis(item, result.entry, now, context);
  });
}

/** A release without versions has nothing to be replaced: it is tested once it was deployed after its delivery. */
function isOfThis(item: string, test: Entry<'test'>, now: Snapshot, context: FoldContext): boolean {
  if (Object.keys(now.versions).length > 0) return strangersAt(item, test, now, context).length === 0;
  const { delivery, arrived } = now;
  const arrival = arrived[test.line.in];
  return delivery !== undefined && arrival !== undefined && isBefore(delivery, arrival) && isBefore(arrival, test);
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}

function each<Value>(keys: readonly string[], value: (key: string) => Value): Record<string, Value> {
  return Object.fromEntries(keys.map((key) => [key, value(key)]));
}

function without<Value>(record: Record<string, Value>, keys: readonly string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
